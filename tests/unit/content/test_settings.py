"""Where things are: flag, environment, settings.toml, defaults (and nothing is created)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from growth import keeps_in_step
from trajplan.errors import InvalidContent, StoreFault, UsageFault
from trajplan.settings import Settings, read


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name, folder in (
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_CACHE_HOME", "cache"),
    ):
        monkeypatch.setenv(name, str(tmp_path / folder))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(home: Path, text: str) -> None:
    (home / "config/trajplan").mkdir(parents=True, exist_ok=True)
    (home / "config/trajplan/settings.toml").write_text(text)


def test_defaults_are_the_users_own_folders_and_nothing_is_created(home: Path) -> None:
    assert read({}) == Settings(
        practice=home / "data/trajplan/practice.sqlite3",
        library_folders=(),
        user_library=home / "config/trajplan",
        cache=home / "cache/trajplan",
    )
    assert list(home.iterdir()) == []


def test_the_flag_wins_over_the_environment_over_the_file(home: Path) -> None:
    write(home, 'practice = "from-file.sqlite3"\nlibrary = ["~/mine", "near"]\n')
    said = read({})
    assert said.practice == home / "config/trajplan/from-file.sqlite3"
    assert said.library_folders == (home / "mine", home / "config/trajplan/near")
    environ = {
        "TRAJPLAN_PRACTICE": "~/env.sqlite3",
        "TRAJPLAN_LIBRARY": os.pathsep.join(["~/a", "", "b"]),
        "TRAJPLAN_CACHE": "c",
    }
    said = read(environ)
    assert said.practice == home / "env.sqlite3"
    assert said.library_folders == (home / "a", home / "b")
    assert said.cache == home / "c"
    assert read(environ, "flag.sqlite3").practice == home / "flag.sqlite3"


def test_empty_variables(home: Path) -> None:
    said = read({"TRAJPLAN_PRACTICE": "", "TRAJPLAN_LIBRARY": "", "TRAJPLAN_CACHE": ""})
    assert said.practice == home / "data/trajplan/practice.sqlite3"
    assert said.library_folders == ()
    assert said.cache is None


def test_the_coachs_time_zone_may_stand_there(home: Path) -> None:
    assert read({}).time_zone == ""
    write(home, 'time_zone = "Europe/Berlin"\n')
    assert read({}).time_zone == "Europe/Berlin"
    assert read({"TRAJPLAN_TIME_ZONE": "Asia/Tokyo"}).time_zone == "Asia/Tokyo"


def test_paper_is_one_of_two(home: Path) -> None:
    assert read({}).paper == "a4"
    write(home, 'paper = "letter"\n')
    assert read({}).paper == "letter"
    (home / "config/trajplan/settings.toml").write_text('paper = "A4"\n')
    with pytest.raises(InvalidContent, match='expected "a4" or "letter"'):
        read({})


def test_faults_in_settings_toml_are_all_named(home: Path) -> None:
    write(home, 'practise = "x"\nlibrary = "one"\n\n[colours]\na = 1\n')
    file = home / "config/trajplan/settings.toml"
    with pytest.raises(InvalidContent) as caught:
        read({})
    assert [str(problem) for problem in caught.value.problems] == [
        f"{file}:1:1: unknown key `practise`; did you mean `practice`? (practise)",
        f'{file}:2:1: expected a list of folders such as ["~/coaching"] (library)',
        f"{file}:4:2: unknown key `colours`; possible: `accent`, `ink`, `library`, "
        "`logo`, `name`, `paper`, `practice`, `time_zone` (colours)",
    ]


@pytest.mark.parametrize("text", ["practice = \n", "practice = 3\n", "= 1"])
def test_what_cannot_be_read_has_its_place(home: Path, text: str) -> None:
    write(home, text)
    with pytest.raises(InvalidContent) as caught:
        read({})
    assert [problem.line for problem in caught.value.problems] == [1]


KEYS = ["a.", '"=".', "a . ", "'='.b."]


@pytest.mark.parametrize("part", KEYS)
@pytest.mark.parametrize("line", ["x = 1\n{}a = 1", "x = 1\n[{}a]", "x = 1\n y = {{{}a = 1}}"])
def test_a_key_without_an_end_is_refused_before_it_is_read(
    home: Path, line: str, part: str
) -> None:
    def refused(size: int) -> None:
        write(home, line.format(part * (size // len(part))))
        with pytest.raises(InvalidContent, match=r"more than 20 dots|more than 4,000 char"):
            read({})

    assert keeps_in_step(refused, 60_000)


@pytest.mark.parametrize("part", KEYS)
def test_many_long_keys_are_read_in_step_with_their_number(home: Path, part: str) -> None:
    key = part * (3_900 // len(part))

    def refused(lines: int) -> None:
        write(home, "\n".join(f"{key}a{number} = 1" for number in range(lines)))
        with pytest.raises(InvalidContent):
            read({})

    assert keeps_in_step(refused, 16)


def test_dots_that_are_no_keys_stay(home: Path) -> None:
    up = "../" * 15
    write(home, f'# {"." * 80}\nlibrary = [\n  "{up}one",\n  "{"../" * 9}two",\n]\n')
    assert len(read({}).library_folders) == 2


def test_settings_that_are_no_text_or_no_file(home: Path) -> None:
    write(home, "")
    file = home / "config/trajplan/settings.toml"
    file.write_bytes(b"\xff")
    with pytest.raises(InvalidContent, match="UTF-8"):
        read({})
    file.unlink()
    file.mkdir()
    with pytest.raises(StoreFault, match="cannot be read"):
        read({})


def test_a_home_nobody_has(home: Path) -> None:
    with pytest.raises(UsageFault, match="no home folder"):
        read({}, "~nobody-has-this-name/x.sqlite3")
