"""Layers, shadowing, what is left out, and trouble on the disk."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from trajplan.content.library import Library
from trajplan.content.loader import load
from trajplan.errors import InvalidContent, NotFound
from trajplan.settings import Settings

VALID = Path(__file__).parents[2] / "content" / "valid"


class Place:
    """Three layers in a temporary folder."""

    def __init__(self, root: Path) -> None:
        self.builtin = root / "builtin"
        self.user = root / "user"
        self.work = root / "work"
        shutil.copytree(VALID, self.builtin)
        for one in (self.user, self.work):
            (one / "blueprints").mkdir(parents=True)
            (one / "question_banks").mkdir()

    def load(self, *folders: Path) -> Library:
        settings = Settings(self.user / "p", folders or (self.work,), self.user, None)
        return load(settings, builtin=self.builtin)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.chdir(tmp_path)
    return Place(tmp_path)


def activity(name: str, title: str = "Mine", extra: str = "") -> str:
    return (
        f"kind: activity\nid: {name}\ntitle: {title}\n"
        f"minutes: {{min: 2, ideal: 4}}\ncoach: Do it.\n{extra}"
    )


def words(library: Library) -> list[str]:
    return [str(problem) for problem in library.problems]


def test_a_text_has_no_line_break_at_its_end(place: Place) -> None:
    """YAML's folded texts end with one, and a form or a label that says the same has none."""
    (place.user / "blueprints" / "a.yaml").write_text(activity("look_back", ">\n  Looking\n  back"))
    (place.user / "question_banks" / "b.yaml").write_text(
        "kind: question-bank\nid: own\ntitle: >\n  My\n  own\nquestions:\n"
        "  - id: own-moved\n    text: >\n      What has\n      moved?\n    level: analytical\n"
        "    breadth: 5\n    minutes: 4\n"
        "  - id: own-left\n    text: |\n      What is\n      left?\n    level: analytical\n"
        "    breadth: 5\n    minutes: 4\n"
    )
    library = place.load()
    assert words(library) == []
    assert library.activity("look_back").title == "Looking back"
    bank = library.banks["own"]
    assert bank.title == "My own"
    assert [question.text for question in bank.questions] == ["What has moved?", "What is left?"]


def test_the_highest_layer_wins_whole(place: Place) -> None:
    (place.user / "blueprints" / "a.yaml").write_text(activity("look_back", "User's"))
    assert place.load().activity("look_back").title == "User's"
    (place.work / "question_banks" / "b.yaml").write_text(
        "kind: question-bank\nid: basic\ntitle: Work's\nquestions:\n"
        "  - {id: basic-where, text: Where?, level: analytical, breadth: 5, minutes: 4}\n"
    )
    library = place.load()
    assert words(library) == []
    assert list(library.questions) == ["basic-where"]
    assert library.questions["basic-where"][1:] == ("basic", 0)
    assert library.question("basic-where").level == "analytical"
    source = library.sources["question-bank", "basic"]
    assert (source.layer, source.shadows) == ("workspace", True)
    assert source.path == place.work / "question_banks" / "b.yaml"
    assert library.sources["activity", "look_back"].layer == "user"
    assert not library.sources["journey", "small"].shadows
    assert library.sources["journey", "small"].layer == "built-in"


def test_later_workspace_folders_win(place: Place, tmp_path: Path) -> None:
    other = tmp_path / "other"
    for folder, title in ((place.work, "one"), (other, "two")):
        (folder / "blueprints").mkdir(parents=True, exist_ok=True)
        (folder / "blueprints" / "a.yml").write_text(activity("look_back", title))
    assert place.load(place.work, other).activity("look_back").title == "two"
    assert place.load(other, place.work).activity("look_back").title == "one"


@pytest.mark.parametrize(
    "text",
    [
        activity("look_back", "''"),
        activity("look_back", extra="colour: blue\n"),
        activity("look_back", extra="kind: journey\n"),
        activity("look_back", extra="broken: [\n"),
    ],
    ids=["empty text", "unknown key", "duplicate key", "syntax"],
)
def test_a_faulty_file_never_falls_back(place: Place, text: str) -> None:
    (place.user / "blueprints" / "mine.yaml").write_text(text)
    library = place.load()
    assert "look_back" not in library.activities
    with pytest.raises(InvalidContent) as caught:
        library.activity("look_back")
    assert caught.value.problems == library.problems
    assert all(problem.file == "user/blueprints/mine.yaml" for problem in library.problems)
    # Everything else is there: naming faulty content is no second fault.
    assert library.blueprint("ordinary").id == "ordinary"
    assert library.sources["activity", "look_back"].layer == "user"


def test_a_faulty_file_in_a_shadowed_layer_is_reported_and_harmless(place: Place) -> None:
    (place.user / "blueprints" / "mine.yaml").write_text(activity("look_back", "''"))
    (place.work / "blueprints" / "mine.yaml").write_text(activity("look_back", "Good"))
    library = place.load()
    assert len(library.problems) == 1
    assert library.activity("look_back").title == "Good"


def test_two_files_of_one_layer_with_one_id(place: Place) -> None:
    (place.user / "blueprints" / "a.yaml").write_text(activity("look_back", "First"))
    (place.user / "blueprints" / "b.yaml").write_text(activity("look_back", "Second"))
    library = place.load()
    assert words(library) == [
        "user/blueprints/b.yaml:2:5: another activity in this folder has the id `look_back`: "
        "user/blueprints/a.yaml (id)"
    ]
    # Which of the two is meant nobody knows.
    with pytest.raises(InvalidContent):
        library.activity("look_back")


def test_a_reference_that_leads_nowhere_leaves_its_file_out(place: Place) -> None:
    text = (VALID / "blueprints/sessions/ordinary.yaml").read_text()
    (place.user / "blueprints" / "x.yaml").write_text(text.replace("[basic]", "[basics]"))
    library = place.load()
    with pytest.raises(InvalidContent, match="no question bank `basics`; did you mean `basic`"):
        library.blueprint("ordinary")
    assert library.journey("small").id == "small"


def test_a_word_in_braces_that_stands_for_no_words_is_a_fault_of_the_topic(place: Place) -> None:
    (place.user / "blueprints" / "loss.yaml").write_text(
        'kind: topic\nid: loss\ntitle: Loss\ncues: {en: ["lost {kins}", "lost {kinn}"]}\n'
    )
    library = place.load()
    assert ("topic", "loss") in library.faulty
    (problem,) = library.problems
    assert problem.message.startswith("`{kinn}` stands for no words; did you mean `{kin")


def test_a_topic_whose_parts_name_a_question_of_no_bank_is_at_fault(place: Place) -> None:
    (place.user / "blueprints" / "choice.yaml").write_text(
        "kind: topic\nid: choice\ntitle: Choice\ncues: {en: [torn]}\n"
        "segments: {action_design: [{title: Choosing, own_questions: [choice-halp]}]}\n"
    )
    library = place.load()
    assert ("topic", "choice") in library.faulty
    (problem,) = library.problems
    assert problem.message.startswith("no question `choice-halp`")


def test_content_a_higher_layer_takes_away_is_missed_where_it_is_named(place: Place) -> None:
    text = (VALID / "blueprints/journeys/small.yaml").read_text()
    (place.user / "blueprints" / "small.yaml").write_text(
        text.replace("exploration", "wandering").replace(
            "{step: Decide., blueprint: decide,", "{step: Decide.,"
        )
    )
    library = place.load()
    assert ("session-blueprint", "decide") in library.faulty
    assert all(
        "no journey has a phase `exploration`" in problem.message for problem in library.problems
    )


def test_an_unreadable_journey_raises_no_alarm_about_its_phases(place: Place) -> None:
    (place.user / "blueprints" / "small.yaml").write_text("kind: journey\nid: small\nphases: [\n")
    library = place.load()
    assert [problem.file for problem in library.problems] == ["user/blueprints/small.yaml"]
    assert set(library.faulty) == {("journey", "small")}


def test_an_id_that_cannot_be_read_is_the_files_name(place: Place) -> None:
    (place.user / "blueprints" / "look_back.yaml").write_text("kind: activity\ntitle: x\n")
    with pytest.raises(InvalidContent):
        place.load().activity("look_back")


def test_missing_content_names_the_nearest(place: Place) -> None:
    library = place.load()
    with pytest.raises(NotFound, match="no blueprint `ordinry`; did you mean `ordinary`"):
        library.blueprint("ordinry")
    for get in (library.bank, library.journey, library.activity, library.prompt, library.question):
        with pytest.raises(NotFound):
            get("qqqq")
    assert library.bank("basic").id == "basic"
    assert library.prompt("re-decide").minutes == 1


def test_worksheets_are_checked_like_everything_else(place: Place) -> None:
    folder = place.user / "blueprints" / "worksheets"
    folder.mkdir()
    (folder / "wheel.yaml").write_text("kind: worksheet\nid: wheel\nanything: goes\n")
    assert [word.split(": ", 1)[1] for word in words(place.load())] == [
        "missing key `title` (title)",
        "missing key `for` (for)",
        "missing key `fields` (fields)",
        "unknown key `anything`; possible: `coach`, `debrief`, `feeds`, `fields`, `for`, `id`, "
        "`kind`, `purpose`, `scenarios`, `silence`, `source`, `summaries`, `title` (anything)",
    ]


def test_hidden_and_foreign_files_are_no_content(place: Place) -> None:
    folder = place.user / "blueprints"
    (folder / ".#draft.yaml").symlink_to("nowhere")
    (folder / ".git").mkdir()
    (folder / ".git" / "x.yaml").write_text("- no content\n")
    (folder / "notes.txt").write_text("- no content\n")
    assert words(place.load()) == []


def test_a_missing_library_folder_is_a_fault_and_a_missing_user_folder_is_none(
    place: Place, tmp_path: Path
) -> None:
    shutil.rmtree(place.user)
    (tmp_path / "file").write_text("")
    library = place.load(tmp_path / "nowhere", tmp_path / "file", place.work)
    assert words(library) == [
        "nowhere:1:1: this library folder does not exist; see TRAJPLAN_LIBRARY",
        "file:1:1: this library folder is not a folder you can read; see TRAJPLAN_LIBRARY",
    ]
    assert library.activity("look_back")


def test_links_pipes_and_broken_links(place: Place) -> None:
    folder = place.user / "blueprints"
    (folder / "again").symlink_to(folder, target_is_directory=True)
    (folder / "up").symlink_to(place.user, target_is_directory=True)
    (folder / "lost.yaml").symlink_to("nowhere.yaml")
    (folder / "loop.yaml").symlink_to("loop.yaml")
    os.mkfifo(folder / "pipe.yaml")
    (folder / "null.yaml").symlink_to("/dev/null")
    (folder / "real.yaml").write_text(activity("mine"))
    library = place.load()
    assert library.activity("mine").id == "mine"
    assert [(problem.file, problem.message.split(":")[0]) for problem in library.problems] == [
        ("user/blueprints/loop.yaml", "cannot be read"),
        ("user/blueprints/lost.yaml", "cannot be read"),
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_and_a_folder_nobody_may_read(place: Place) -> None:
    file = place.user / "blueprints" / "secret.yaml"
    file.write_text(activity("mine"))
    file.chmod(0)
    folder = place.work / "blueprints"
    folder.chmod(0)
    try:
        problems = words(place.load())
    finally:
        folder.chmod(0o700)
    assert problems == [
        "user/blueprints/secret.yaml:1:1: cannot be read: permission denied",
        "work/blueprints:1:1: cannot be read: permission denied",
    ]


def test_a_linked_folder_of_content_is_followed(place: Place, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles"
    real.mkdir()
    (real / "mine.yaml").write_text(activity("mine"))
    (place.user / "blueprints" / "linked").symlink_to(real, target_is_directory=True)
    assert place.load().activity("mine")


def test_names_and_contents_that_would_steer_a_terminal(place: Place) -> None:
    (place.user / "blueprints" / "a\x1b[31m\nb.yaml").write_text('kind: "x\\e[31m"\n"k\\e": 1\n')
    (place.user / "blueprints" / os.fsdecode(b"\xff.yaml")).write_text("- x\n")
    problems = words(place.load())
    assert len(problems) >= 3
    for one in problems:
        assert "\x1b" not in one
        assert "\n" not in one
        one.encode("utf-8")


def test_a_huge_file_is_refused_unread(place: Place) -> None:
    with (place.user / "blueprints" / "huge.yaml").open("wb") as file:
        file.truncate(10**9)
    assert [problem.message for problem in place.load().problems] == [
        "the file is larger than 1 MiB"
    ]


def test_paths_outside_the_current_folder_are_whole(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = place.user / "blueprints" / "x.yaml"
    file.write_text("- x\n")
    monkeypatch.chdir(place.work)
    assert [problem.file for problem in place.load().problems] == [str(file)]


def test_a_folder_named_twice_says_its_faults_once(place: Place) -> None:
    (place.work / "blueprints" / "x.yaml").write_text("- x\n")
    assert len(place.load(place.work, place.work).problems) == 1


def test_the_digest_follows_the_bytes(place: Place) -> None:
    before = place.load().digest
    assert place.load().digest == before
    file = place.user / "blueprints" / "mine.yaml"
    file.write_text(activity("mine", "One"))
    one = place.load().digest
    file.write_text(activity("mine", "Two"))
    two = place.load().digest
    file.rename(file.with_name("yours.yaml"))
    assert len({before, one, two, place.load().digest}) == 4
