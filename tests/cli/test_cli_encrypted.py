"""`practice backup --encrypt`, and `restore` of what it made (R160)."""

from __future__ import annotations

import base64
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest

from coaching import Coach

PASSPHRASE = "four words that nobody says"
OTHER = pyrage.x25519.Identity.generate()
AGE = shutil.which("age")


@pytest.fixture
def stick(begun: Coach) -> Path:
    folder = begun.home / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def key(begun: Coach) -> str:
    """A file as `age-keygen` writes it."""
    identity = pyrage.x25519.Identity.generate()
    text = f"# created: today\n# public key: {identity.to_public()}\n{identity}\n"
    return begun.write("key.txt", text)


def public_part(coach: Coach, key: str) -> str:
    line = Path(key).read_text("utf-8").splitlines()[1]
    return coach.write("public.txt", line.removeprefix("# public key: ") + "\n")


@pytest.mark.req("R160")
def test_a_copy_for_a_key_comes_back_as_it_was(begun: Coach, stick: Path, key: str) -> None:
    before = begun.export()
    made = begun.json("practice", "backup", str(stick), "--encrypt", "--key", key)
    (copy,) = stick.iterdir()
    assert made["path"] == str(copy) == str(stick / "practice-2027-02-23.sqlite3.age")
    assert (made["encrypted"], made["clients"], made["sessions_held"]) == (True, 1, 0)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert b"Sample" not in copy.read_bytes()
    assert b"SQLite" not in copy.read_bytes()
    begun.do("goals", "add", "Teach people a trade")
    now = begun.export()
    words = ("practice", "restore", str(copy), "--key", key)
    assert "records fewer" in begun.refused(2, *words)
    assert begun.export() == now
    done = begun.json(*words, "--yes")
    assert begun.export() == before
    assert (done["from"], done["now"]["clients"]) == (str(copy), 1)
    begun.do("practice", "restore", Path(done["kept_as_it_was"]).stem, "--yes")
    assert begun.export() == now


@pytest.mark.req("R160")
def test_who_has_only_the_public_key_can_close_a_copy_and_not_open_it(
    begun: Coach, stick: Path, key: str
) -> None:
    before, public, copy = begun.export(), public_part(begun, key), str(stick / "copy.age")
    page = begun.do("practice", "backup", copy, "--key", public).out
    assert "only the secret key can show" in page
    assert f"`trajplan practice restore {copy} --key FILE`" in page
    refused = begun.refused(1, "practice", "restore", copy, "--key", public)
    assert f"no key given opens {copy}; nothing was changed" in refused
    begun.do("practice", "restore", copy, "--key", key)
    assert begun.export() == before


@pytest.mark.req("R160")
@pytest.mark.slow  # a passphrase is slow on purpose: so is each guess at it
def test_a_passphrase_opens_it_and_no_other_does(begun: Coach, stick: Path) -> None:
    before, copy = begun.export(), str(stick / "copy.age")
    kept = begun.write("passphrase", f"\ufeff{PASSPHRASE}\r\nanother line\n")
    page = begun.do("practice", "backup", copy, "--encrypt", "--passphrase-file", kept).out
    assert "decrypted, sound, and the same as the practice" in page
    assert PASSPHRASE not in page
    wrong = begun.run("practice", "restore", copy, "--passphrase-file", "-", stdin="wrong\n")
    assert (wrong.code, wrong.out) == (1, "")
    assert f"this passphrase does not open {copy}; nothing was changed" in wrong.err
    begun.do("goals", "add", "Teach people a trade")
    words = ("practice", "restore", copy, "--passphrase-file", "-", "--yes")
    begun.do(*words, stdin=PASSPHRASE)
    assert begun.export() == before


@pytest.mark.req("R160")
@pytest.mark.slow
def test_whether_a_passphrase_or_a_key_opens_it_is_seen_before_either_is_read(
    begun: Coach, stick: Path, key: str
) -> None:
    for armoured in (False, True):
        copy = stick / "copy.age"
        copy.write_bytes(pyrage.passphrase.encrypt(b"", PASSPHRASE, armored=armoured))
        refused = begun.refused(2, "practice", "restore", str(copy), "--key", key)
        assert "was encrypted with a passphrase, not for a key" in refused


@pytest.mark.req("R160")
@pytest.mark.slow
def test_at_a_terminal_it_is_asked_for_unseen_and_twice(begun: Coach, stick: Path) -> None:
    before, copy = begun.export(), str(stick / "copy.age")
    answers = [
        ("Passphrase: ", f"{PASSPHRASE}\n"),
        ("The same again: ", "with a slip\n"),
        ("do not match", ""),
        ("Passphrase: ", f"{PASSPHRASE}\n"),
        ("The same again: ", f"{PASSPHRASE}\n"),
    ]
    said = begun.at_a_terminal("practice", "backup", copy, "--encrypt", answers=answers)
    assert said.code == 0, said.out
    assert "nobody can open the copy, not even you" in said.out
    assert PASSPHRASE not in said.out
    answers = [("Passphrase: ", f"{PASSPHRASE}\n"), ("practice's place?", "y\n")]
    said = begun.at_a_terminal("practice", "restore", copy, answers=answers)
    assert said.code == 0, said.out
    assert PASSPHRASE not in said.out
    assert begun.export() == before


def cut(data: bytes) -> bytes:
    return data[:-1000]


def changed(data: bytes) -> bytes:
    return data[:-1000] + bytes([data[-1000] ^ 1]) + data[-999:]


@pytest.mark.req("R160")
@pytest.mark.parametrize("spoil", [cut, changed, lambda data: data[:40]])
def test_a_spoilt_copy_is_said_to_be_one(
    begun: Coach, stick: Path, key: str, spoil: Callable[[bytes], bytes]
) -> None:
    begun.do("practice", "backup", str(stick), "--key", key)
    (copy,) = stick.iterdir()
    copy.write_bytes(spoil(copy.read_bytes()))
    before = begun.practice.read_bytes()
    refused = begun.refused(30, "practice", "restore", str(copy), "--key", key)
    assert f"{copy} is damaged or not whole, so it cannot be opened" in refused
    assert begun.practice.read_bytes() == before


@pytest.mark.req("R160")
@pytest.mark.parametrize("work", [23, 64, 999_999_999])
@pytest.mark.parametrize("as_letters", [False, True])
def test_a_file_that_asks_for_all_memory_is_not_opened(
    begun: Coach, work: int, as_letters: bool
) -> None:
    head = f"age-encryption.org/v1\n-> scrypt {'a' * 22} {work}\n".encode() + b"a" * 4000
    if as_letters:
        letters = base64.encodebytes(head).decode()
        head = f"-----BEGIN AGE ENCRYPTED FILE-----\n{letters}".encode()
    copy = begun.home / "hungry.age"
    copy.write_bytes(head)
    refused = begun.run("practice", "restore", str(copy), "--passphrase-file", "-", stdin="x\n")
    assert refused.code == 30
    assert "asks for more memory than it may have" in refused.err


@pytest.mark.req("R160")
@pytest.mark.parametrize("pages", [b"", b"no database", b"SQLite format 3\0" + bytes(200)])
def test_what_was_encrypted_and_is_no_practice_is_refused(
    begun: Coach, key: str, pages: bytes
) -> None:
    secret = pyrage.x25519.Identity.from_str(Path(key).read_text("utf-8").splitlines()[2])
    copy = begun.home / "other.age"
    copy.write_bytes(pyrage.encrypt(pages, [secret.to_public()]))
    before = begun.practice.read_bytes()
    begun.refused(30, "practice", "restore", str(copy), "--key", key, "--yes")
    assert begun.practice.read_bytes() == before


@pytest.mark.req("R160")
def test_words_that_do_not_fit_are_refused_before_anything_is_written(
    begun: Coach, stick: Path, key: str
) -> None:
    back_up = ("practice", "backup")
    copy = str(stick / "copy.age")
    assert "name a FILE or a folder" in begun.refused(2, *back_up, "--encrypt")
    assert "nobody is there to ask" in begun.refused(2, *back_up, copy, "--encrypt")
    both = ("--passphrase-file", key, "--key", key)
    assert "not both" in begun.refused(2, *back_up, copy, *both)
    empty = begun.write("empty", "\n")
    refused = begun.refused(2, *back_up, copy, "--passphrase-file", empty)
    assert "is to be the passphrase, and it is empty" in refused
    nowhere = str(begun.home / "nowhere")
    assert "no file" in begun.refused(20, *back_up, copy, "--passphrase-file", nowhere)
    assert list(stick.iterdir()) == []
    begun.do(*back_up, copy, "--key", key)
    assert "already a file" in begun.refused(1, *back_up, copy, "--key", key)
    restore = ("practice", "restore")
    assert "was encrypted for a key" in begun.refused(2, *restore, copy)
    assert "was encrypted for a key" in begun.refused(2, *restore, copy, *both)
    begun.do(*back_up)
    assert "is not encrypted" in begun.refused(2, *restore, "2027-02-23-1", "--key", key)


@pytest.mark.req("R160")
def test_a_slip_in_a_key_file_is_placed_and_never_repeated(begun: Coach, stick: Path) -> None:
    copy = str(stick / "copy.age")
    slip = str(OTHER)[:-2] + "QQ"
    for text, line in ((f"# mine\n{slip}\n", 2), ("age1nobody\n", 1), ("ssh-ed25519 AAAA\n", 1)):
        refused = begun.refused(2, "practice", "backup", copy, "--key", begun.write("k", text))
        assert f"line {line}: this is no key of age" in refused
        assert slip not in refused
    refused = begun.refused(2, "practice", "backup", copy, "--key", begun.write("k", "# none\n"))
    assert "holds no key" in refused


@pytest.mark.req("R160")
def test_what_is_written_with_a_log_or_as_letters_is_read_too(
    begun: Coach, stick: Path, key: str
) -> None:
    """A practice that was set to another way of writing, encrypted by somebody else's program."""
    before = begun.export()
    pages = bytearray(begun.practice.read_bytes())
    pages[18:20] = b"\2\2"
    secret = pyrage.x25519.Identity.from_str(Path(key).read_text("utf-8").splitlines()[2])
    copy = stick / "letters.age"
    copy.write_bytes(pyrage.encrypt(bytes(pages), [secret.to_public()], armored=True))
    begun.do("practice", "restore", str(copy), "--key", key, "--yes")
    assert begun.export() == before


@pytest.mark.req("R160")
@pytest.mark.skipif(not AGE, reason="the program `age` is not installed")
def test_the_program_age_opens_our_copies_and_we_open_its(
    begun: Coach, stick: Path, key: str
) -> None:
    before, ours, theirs = begun.export(), stick / "ours.age", stick / "theirs.age"
    begun.do("practice", "backup", str(ours), "--key", key)
    plain = stick / "plain.sqlite3"
    subprocess.run([AGE, "-d", "-i", key, "-o", plain, ours], check=True, timeout=60)
    assert begun.do("practice", "export", "--practice", str(plain)).out == before
    public = public_part(begun, key)
    subprocess.run([AGE, "-R", public, "-o", theirs, begun.practice], check=True, timeout=60)
    begun.do("practice", "restore", str(theirs), "--key", key, "--yes")
    assert begun.export() == before
