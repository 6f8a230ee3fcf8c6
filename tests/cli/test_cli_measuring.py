"""Measuring further: the noise band of the TCI log, and progress by kind."""

from __future__ import annotations

import pytest

from coaching import NO_COMMITMENT, Coach, rows

BAND = ["--sd", "7.5", "--reliability", "0.8"]
THREE = {3: (2, 2, 2, 2, 2), 4: (4, 4, 4, 4, 4), 5: (4, 4, 4, 4, 5)}


def rate(coach: Coach, session: int, *values: int | None) -> None:
    names = ("clarity", "options", "decision", "momentum", "confidence")
    given = [
        word
        for name, value in zip(names, values, strict=True)
        if value is not None
        for word in (f"--{name}", str(value))
    ]
    coach.do("log-tci", "--session", str(session), *given)


@pytest.mark.req("R106")
def test_reliable_change_names_figure_source_and_threshold(begun: Coach) -> None:
    for session, values in THREE.items():
        rate(begun, session, *values)
    for form in ("markdown", "terminal"):
        page = " ".join(begun.do("tci", *BAND, "--format", form).out.split())
        assert "Sum of the five factors, Jacobson & Truax 1991: SD 7.5 and reliability 0.8" in page
        assert "more than 9.30 points" in page
        assert "significant" not in page.lower()
    log = begun.do("tci", *BAND).out
    assert "| 4 | 20 | +10 | 2.11 | reliable | +10 | 2.11 | reliable |" in log
    assert "| 5 | 21 | +1 | 0.21 | within noise | +11 | 2.32 | reliable |" in log
    found = begun.json("tci", *BAND)["noise_band"]
    assert (found["of"], found["source"]) == ("total", "Jacobson & Truax 1991")
    assert found["changes"][1]["since_last"]["reliable"] is True
    assert found["changes"][2]["since_last"]["reliable"] is False


@pytest.mark.req("R106")
def test_without_both_figures_nothing_is_said_of_noise(begun: Coach) -> None:
    rate(begun, 4, 5, 5, 5, 5, 5)
    assert "noise" not in begun.do("tci").out.lower()
    assert "noise_band" not in begun.json("tci")
    for words in (["--sd", "7.5"], ["--reliability", "0.8"], ["--of", "clarity"]):
        assert "needs both --sd and --reliability" in begun.refused(2, "tci", *words)


@pytest.mark.req("R106")
@pytest.mark.parametrize(
    ("sd", "reliability", "why"),
    [
        ("0", "0.8", "greater than 0"),
        ("-1", "0.8", "greater than 0"),
        ("nan", "0.8", "greater than 0"),
        ("inf", "0.8", "greater than 0"),
        ("1", "1", "without any error"),
        ("1", "1.1", "from 0 to below 1"),
        ("1", "-0.1", "from 0 to below 1"),
        ("1", "nan", "from 0 to below 1"),
    ],
)
def test_figures_out_of_bounds_are_refused(
    begun: Coach, sd: str, reliability: str, why: str
) -> None:
    assert why in begun.refused(2, "tci", "--sd", sd, "--reliability", reliability)


@pytest.mark.req("R106")
def test_a_factor_has_its_own_band_and_a_missing_one_stays_missing(begun: Coach) -> None:
    rate(begun, 3, 3, None, None, None, None)
    rate(begun, 4, None, 5, None, None, None)
    rate(begun, 5, 6, None, None, None, None)
    page = begun.do("tci", "--sd", "1", "--reliability", "0", "--of", "clarity").out
    assert "| 4 | – | – |  |  | – |  |  |" in page
    assert "| 5 | 6 | +3 | 2.12 | reliable | +3 | 2.12 | reliable |" in page
    whole = begun.do("tci", "--sd", "1", "--reliability", "0").out
    assert "| 5 | – | – |  |  | – |  |  |" in whole
    assert "nothing is filled in" in whole
    wide = begun.do("tci", *BAND, "--of", "mean").out
    assert "room for a change of 9 points, so no change can be reliable" in wide


@pytest.mark.req("R103")
def test_a_back_dated_entry_takes_its_place_and_one_ahead_is_refused(begun: Coach) -> None:
    begun.do("log-tci", "--session", "4", "--clarity", "6")
    begun.do("log-tci", "--session", "3", "--clarity", "4", "--date", "2027-02-10")
    third, fourth = begun.json("tci")["entries"]
    assert (third["session"], third["date"]) == (3, "2027-02-10")
    assert list(third["flags"]) == ["first_entry"]
    assert fourth["change_since_last"]["clarity"] == 2
    said = begun.refused(2, "log-tci", "--session", "4", "--clarity", "5", "--date", "2027-02-24")
    assert "is in the future" in said
    assert rows(begun.practice, "SELECT count(*) FROM tci_entries") == [(2,)]


def wrapped(coach: Coach) -> None:
    """Seven commitments over three sessions, reviewed in every way."""
    step = (
        "  - {{what: {0}, when: +3d, how_will_i_know: a note, kind: {1}, obstacle: {2}, "
        "if_then: If so then later, estimate_minutes: {3}}}\n"
    )
    told = [
        [
            ("Talk to Kim", "experiential", "I come home tired", 30),
            ("Write ten lines", "reflective", "No quiet hour", 20),
        ],
        [
            ("Visit the yard", "experiential", "I come home tired.", 60),
            ("Read the notes", "reflective", "No pen", 20),
        ],
        [
            ("Teach one hour", "experiential", "Bad weather", 60),
            ("Draw the week", "reflective", "No table", 30),
        ],
    ]
    for number, steps in enumerate(told, 1):
        wrap = "kind: wrap\ncommitments:\n" + "".join(step.format(*one) for one in steps)
        coach.do("wrap", "session", str(number), "--from", "-", stdin=wrap)
    reviews = [
        ("1", "done", "60", "8"),
        ("2", "done", "20", "2"),
        ("3", "not_yet", "30", "5"),
        ("4", "done", "40", "3"),
        ("5", "done", "90", "9"),
        ("6", "dropped", "30", "1"),
    ]
    for name, status, minutes, value in reviews:
        coach.do(
            *("commitments", "update", name, "--status", status),
            *("--minutes", minutes, "--value", value),
        )


@pytest.mark.req("R107")
def test_progress_ranks_kinds_with_their_n(begun: Coach) -> None:
    wrapped(begun)
    page = begun.do("progress").out
    assert page.startswith("# Progress · Sample Client\n")
    assert "| experiential (3) | 180 | 2 of 3 |" in page
    assert "| reflective (3) | 90 | 2 of 3 |" in page
    assert f"- **experiential:** {'█' * 20} 7.3 (n = 3), rank 1" in page
    assert f"- **reflective:** {'█' * 11}{'░' * 9} 4.0 (n = 3), rank 2" in page
    assert "significant" not in page
    begun.do("commitments", "update", "6", "--status", "open")
    assert "1 commitment not looked at yet" in begun.do("progress").out
    terminal = begun.do("progress", "--format", "terminal").out
    assert max(map(len, terminal.splitlines())) <= 80
    found = begun.json("progress")
    assert found["kinds"][0]["worth"]["per_hour"] == pytest.approx(22 / 3)


@pytest.mark.req("R107")
def test_under_three_nothing_is_ranked_and_nothing_is_filled_in(begun: Coach) -> None:
    assert "No commitment yet" in begun.do("progress").out
    assert "No commitment yet" in begun.do("progress", "--format", "terminal").out
    wrapped(begun)
    begun.do("wrap", "session", "4", "--from", "-", stdin=NO_COMMITMENT)
    add = ["commitments", "add", "Ask around", "--when", "+2d", "--how-will-i-know", "a name"]
    begun.do(*add, "--kind", "information_gathering")
    begun.do("commitments", "update", "7", "--status", "done", "--minutes", "10", "--value", "10")
    found = {kind["kind"]: kind for kind in begun.json("progress")["kinds"]}
    assert found["information_gathering"]["worth"]["rank"] is None
    assert found["experiential"]["worth"]["rank"] == 1
    assert f"- **information gathering:** {'·' * 20} 60.0 (n = 1)\n" in begun.do("progress").out


@pytest.mark.req("R103", "R138")
def test_a_rating_that_was_never_given_can_be_taken_out(begun: Coach) -> None:
    rate(begun, 4, 6, 7, 5, None, None)
    begun.do("log-tci", "--session", "4", "--options", "8", "--satisfaction", "9")
    told = begun.json("log-tci", "--session", "4", "--no-options")
    assert told["ratings"] == {"clarity": 6, "decision": 5}
    assert (told["satisfaction"], told["taken_out"]) == (9, ["options"])
    assert [entry["ratings"] for entry in begun.json("tci")["entries"]] == [told["ratings"]]
    said = begun.refused(1, "log-tci", "--session", "4", "--no-options")
    assert "session 4 has no rating for --options to take out" in said
    begun.refused(2, "log-tci", "--session", "4", "--clarity", "3", "--no-clarity")
    # What else is given with it is saved with it; all of it can go, and come back.
    again = begun.json("log-tci", "--session", "4", "--no-satisfaction", "--confidence", "4")
    assert (again["satisfaction"], again["ratings"]["confidence"]) == (None, 4)
    begun.do("undo")
    assert begun.json("tci")["entries"][0]["ratings"] == told["ratings"]
    begun.do("log-tci", "--session", "4", "--no-clarity", "--no-decision", "--no-satisfaction")
    assert begun.json("tci")["entries"][0]["ratings"] == {}
