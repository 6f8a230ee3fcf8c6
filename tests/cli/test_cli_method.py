"""The method of a session and of an engagement: every change kept, and told to the client."""

from __future__ import annotations

import pytest

from coaching import Coach
from trajplan.pages.agenda import METHOD_LINES


def method(coach: Coach, session: int) -> str:
    plan = coach.json("prep", "session", str(session))
    assert coach.json("sessions", "show", str(session))["method"] == plan["method"]
    return str(plan["method"])


@pytest.mark.req("R20")
def test_each_change_of_a_session_is_kept_with_date_and_reason(begun: Coach) -> None:
    begun.do("prep", "session", "4")
    assert begun.json("sessions", "show", "4")["method_changes"] == []
    begun.do("prep", "session", "4", "--method", "directive", "--reason", "The offer came.")
    begun.today = "2027-02-24"
    # The same again is no change; another blueprint may bring one.
    begun.do("prep", "session", "4", "--method", "directive")
    begun.do("prep", "session", "4", "--minutes", "80")
    begun.do("prep", "session", "4", "--reset", "--reason", "-", stdin="No longer\nan offer\n")
    begun.do("prep", "session", "4", "--blueprint", "exploratory-open-field")
    kept = begun.json("sessions", "show", "4")["method_changes"]
    assert [
        (change["date"], change["before"], change["after"], change["reason"]) for change in kept
    ] == [
        ("2027-02-23", "integrative", "directive", "The offer came."),
        ("2027-02-24", "directive", "integrative", "No longer an offer"),
        ("2027-02-24", "integrative", "exploratory", ""),
    ]
    page = begun.do("sessions", "show", "4").out
    assert "- **Method:** exploratory" in page
    assert "- **Method changed:** Tue 23 Feb 2027, integrative → directive: The offer came." in page
    assert "session 4, Wed 24 Feb 2027, directive → integrative: No longer" in begun.do("show").out
    assert begun.json("sessions", "show", "5")["method_changes"] == []
    assert method(begun, 5) == "integrative"


@pytest.mark.req("R20")
def test_onward_reaches_the_sessions_from_there_and_none_before(begun: Coach) -> None:
    assert [method(begun, one) for one in (4, 5, 6)] == ["integrative"] * 3
    begun.do(
        "prep", "session", "5", "--method", "exploratory", "--onward", "--reason", "Values first"
    )
    assert [method(begun, one) for one in (4, 5, 6)] == ["integrative", *["exploratory"] * 2]
    begun.do("prep", "session", "6", "--method", "directive", "--onward")
    assert [method(begun, one) for one in (4, 5, 6, 7)] == [
        "integrative",
        "exploratory",
        "directive",
        "directive",
    ]
    shown = begun.json("show")
    assert shown["engagement"]["method"] == "directive"
    assert [(change["session_number"], change["onward"]) for change in shown["method_changes"]] == [
        (5, True),
        (6, True),
    ]
    page = begun.do("show").out
    assert "- **Method:** directive" in page
    assert "session 5, Tue 23 Feb 2027, integrative → exploratory, from here on: Values" in page
    # A session held without a plan of its own was worked as the journey was by then.
    begun.do("log-tci", "--session", "3", "--clarity", "5")
    assert begun.json("sessions", "show", "3")["method"] == "integrative"


@pytest.mark.req("R20")
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--onward"], 2, "give --method too"),
        (["--reason", "Because"], 2, "give --method too"),
        (["--method", "integrative", "--reason", "x"], 1, "nothing changes"),
        (["--method", "integrative", "--onward", "--reason", "x"], 1, "nothing changes"),
        (["--blueprint", "nothing", "--reason", "x"], 20, "no session blueprint"),
    ],
)
def test_a_reason_without_a_change_is_refused_and_keeps_nothing(
    begun: Coach, words: list[str], code: int, said: str
) -> None:
    before = begun.practice.read_bytes()
    assert said in begun.refused(code, "prep", "session", "4", *words)
    assert begun.practice.read_bytes() == before


@pytest.mark.req("R20")
def test_a_held_session_keeps_its_method(held: Coach) -> None:
    held.refused(1, "prep", "session", "4", "--method", "directive", "--onward")
    held.do("prep", "session", "5", "--method", "directive", "--onward")
    assert held.json("sessions", "show", "4")["method"] == "integrative"
    assert held.json("show")["method_changes"][0]["session_number"] == 5


@pytest.mark.req("R21")
def test_the_agenda_follows_the_session_into_another_method(begun: Coach) -> None:
    def line() -> str:
        page = begun.do("prep", "session", "4", "--for", "client").out
        (found,) = [line for line in page.splitlines() if line.startswith("How we work today")]
        return found

    assert line() == METHOD_LINES["integrative"]
    begun.do("prep", "session", "4", "--blueprint", "directive-next-steps")
    assert line() == METHOD_LINES["directive"]
    begun.do("prep", "session", "4", "--reset")
    begun.do("prep", "session", "3", "--method", "exploratory", "--onward")
    assert line() == METHOD_LINES["exploratory"]
    assert "exploratory" not in line()


@pytest.mark.req("R3")
def test_the_kind_of_change_stands_on_the_plan_and_is_held_against_the_method(
    coach: Coach,
) -> None:
    def plan(slug: str, change: str, *more: str) -> str:
        text = f"kind: intake\nchange: {change}\n"
        coach.do("new-client", "Ada", "--slug", slug, "--from", "-", stdin=text)
        return coach.do("prep", "session", "2", *more).out

    road = "the client wants a change of direction, and this session works through tasks"
    turned = plan("ada", "directional", "--method", "directive")
    assert "- **Change wanted:** directional" in turned
    assert road in turned
    assert "- **Change:** directional" in coach.do("show").out
    assert road not in plan("ada-2", "directional")
    assert road not in plan("ada-3", "incremental", "--method", "directive")
    assert coach.json("prep", "session", "2")["change"] == "incremental"
