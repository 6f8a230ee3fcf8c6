"""Encrypted copies of the practice, in the age format (R160).

What stands in them is readable in memory alone: SQLite copies the practice there, and a copy that
is put back is decrypted there. The format is documented at https://age-encryption.org/v1, so the
program `age` opens such a file too.
"""

from __future__ import annotations

import re
import sqlite3
from base64 import b64decode
from contextlib import closing, suppress
from pathlib import Path

from msgspec import Struct

from trajplan.errors import CannotDo, StoreFault, UsageFault
from trajplan.records.backups import read_back
from trajplan.records.contents import Contents, contents
from trajplan.records.practice_file import (
    connect_in_memory,
    draft_in,
    in_files,
    in_sqlite,
    put_in_place,
)

ENDING = ".age"
_BINARY = b"age-encryption.org/v1\n"
_ARMOURED = b"-----BEGIN AGE ENCRYPTED FILE-----"
"""How age writes a file that shall pass as text."""
_MOST_BYTES = 1 << 30
"""SQLite keeps no larger database in memory."""
_BY_PASSPHRASE = re.compile(rb"-> scrypt \S{1,64} (\d{1,9})\n")
_MOST_WORK = 22
"""As in the program `age`: each step more takes twice the time and memory, here 4 GiB."""
_WRONG = ("Decryption failed", "No matching keys found")
_CUT_SHORT = ("decryption error", "failed to fill whole buffer")
"""What age says of a key that does not fit, and of a file that is damaged or not whole."""


class Key(Struct, frozen=True, kw_only=True):
    """What closes and opens a copy: a passphrase, or keys that the program `age` made."""

    passphrase: str = ""
    public: tuple[str, ...] = ()
    """`age1…`: these close it."""
    secret: tuple[str, ...] = ()
    """`AGE-SECRET-KEY-1…`: these open it, and close it as well."""

    @property
    def opens(self) -> bool:
        """Whether a copy can be opened with it, too."""
        return bool(self.passphrase or self.secret)

    def __repr__(self) -> str:
        """Without a letter of it: what is printed of a bug could be passed on."""
        return "Key(…)"


def read_key_file(text: str, name: str) -> Key:
    """Return the keys of a file as `age-keygen` writes it, one a line; `#` begins a remark.

    `name` is the file's in messages. Raises UsageFault with the line of what is no key.
    """
    import pyrage

    public, secret = [], []
    for number, line in enumerate(map(str.strip, text.splitlines()), start=1):
        try:
            if line.startswith("AGE-SECRET-KEY-1"):
                secret.append(str(pyrage.x25519.Identity.from_str(line)))
            elif line and not line.startswith("#"):
                public.append(str(pyrage.x25519.Recipient.from_str(line)))
        except (pyrage.IdentityError, pyrage.RecipientError):
            # Not a letter of the line: it may be a secret with a slip in it.
            raise UsageFault(
                f"`{name}`, line {number}: this is no key of age; a public one begins with `age1`,"
                " a secret one with `AGE-SECRET-KEY-1`"
            ) from None
    if not (public or secret):
        raise UsageFault(f"`{name}` holds no key; `age-keygen -o FILE` makes a file with one")
    return Key(public=tuple(public), secret=tuple(secret))


def read_encrypted(path: Path) -> bytes | None:
    """Return the bytes of an encrypted file; None for any other. Raises StoreFault."""
    with in_files(path), path.open("rb") as file:
        if not file.read(len(_ARMOURED)).startswith((_BINARY, _ARMOURED)):
            return None
        file.seek(0)
        data = file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise StoreFault(f"{path} holds more than {_MOST_BYTES >> 30} GiB, so it is no practice")
    return data


def takes_passphrase(encrypted: bytes, path: Path) -> bool:
    """Whether a passphrase opens it, and not a key: the first line after the format's name says.

    Raises StoreFault where that would take more memory than a copy is worth: a file may come from
    anywhere, and age tries what it is told.
    """
    if encrypted.startswith(_ARMOURED):
        letters = b"".join(encrypted[len(_ARMOURED) : len(_ARMOURED) + 256].split())
        with suppress(ValueError):
            encrypted = b64decode(letters[:128])
    first = encrypted.removeprefix(_BINARY)[:256]
    work = _BY_PASSPHRASE.match(first)
    if work and int(work[1]) > _MOST_WORK:
        raise StoreFault(f"{path} asks for more memory than it may have, so it is not opened")
    return first.startswith(b"-> scrypt ")


def encrypt(pages: bytes, key: Key) -> bytes:
    """Encrypt a whole file. With a passphrase it takes about a second: so does each guess at it."""
    import pyrage

    if key.passphrase:
        return pyrage.passphrase.encrypt(pages, key.passphrase)
    own = [pyrage.x25519.Identity.from_str(secret).to_public() for secret in key.secret]
    others = [pyrage.x25519.Recipient.from_str(public) for public in key.public]
    return pyrage.encrypt(pages, [*own, *others])


def decrypt(encrypted: bytes, key: Key, path: Path) -> bytes:
    """Decrypt a whole file; `path` is its name in messages.

    Raises CannotDo where the key does not open it, StoreFault where it is damaged.
    """
    import pyrage

    try:
        if key.passphrase:
            return pyrage.passphrase.decrypt(encrypted, key.passphrase)
        identities = [pyrage.x25519.Identity.from_str(secret) for secret in key.secret]
        return pyrage.decrypt(encrypted, identities)
    except pyrage.DecryptError as fault:
        if str(fault) in _WRONG:
            fits_not = "this passphrase does not open" if key.passphrase else "no key given opens"
            raise CannotDo(f"{fits_not} {path}; nothing was changed") from None
        if str(fault) in _CUT_SHORT:
            raise StoreFault(f"{path} is damaged or not whole, so it cannot be opened") from None
        raise StoreFault(f"{path} cannot be opened: {' '.join(str(fault).split())}") from None


def write_encrypted(db: sqlite3.Connection, target: Path, key: Key) -> Contents | None:
    """Copy an opened practice, in a transaction, to an encrypted file that is not there yet.

    What was written is read again and, where the key opens it, decrypted and held against the
    practice. Returns what it holds; None where the name is taken. Raises StoreFault.
    """
    with in_sqlite(target), closing(connect_in_memory()) as copy:
        expected = contents(db)
        db.backup(copy)
        pages = copy.serialize()
    with in_files(target), draft_in(target.parent) as draft:
        encrypted = encrypt(pages, key)
        draft.write_bytes(encrypted)
        written = draft.read_bytes()
        if key.opens:
            pages = decrypt(written, key, target)
        elif written != encrypted:
            raise StoreFault(f"{target} was not written as it should be; try again")
        with in_sqlite(target), closing(connect_in_memory(pages)) as copy:
            read_back(copy, expected, target)
        return expected if put_in_place(draft, target) else None
