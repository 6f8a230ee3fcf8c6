"""Clients, sessions, commitments, assumptions, check-ins, ratings: listed, shown and changed."""

from __future__ import annotations

import pytest

from coaching import COMMITMENT, INQUIRY, NO_COMMITMENT, Coach, hold_four, prompts_of, ratings, rows
from few import few
from trajplan.records.command_forms import CommitmentChange
from trajplan.records.forms import NewCommitment


def test_clients_are_listed_with_the_next_session_and_the_current_one_marked(begun: Coach) -> None:
    begun.do("new-client", "Bo Ray", "--start", "2027-03-01")
    assert "| ▸ | bo-ray | Bo Ray | 0 of 12 | 1, Mon 1 Mar 2027 |" in begun.do("clients").out
    assert begun.do("clients", "list").out == begun.do("clients").out
    found = {client["slug"]: client for client in begun.json("clients")}
    assert found["bo-ray"]["current"]
    assert not found["sample-client"]["current"]
    begun.do("use", "sample-client")
    found = {client["slug"]: client for client in begun.json("clients")}
    assert found["sample-client"]["current"]


def test_show_is_one_client_on_one_page(held: Coach) -> None:
    page = held.do("show").out
    assert page.startswith("# Sample Client (sample-client)\n")
    for piece in (
        "**Destination:** Work in which I teach people a trade.",
        "**Stuck point:**",
        "1 of 12 sessions held",
        "**Last time:** session 4, Tue 23 Feb 2027: Which of the open ways deserves a test",
        f"**Open commitment:** {COMMITMENT}, by Fri 5 Mar 2027 (open)",
        "**Open assumption:** Without a degree nobody lets me near a class.",
        "| Clarity | ▅ |",
    ):
        assert piece in page
    assert held.do("clients", "show", "sample-client").out == page
    data = held.json("show")
    assert data["client"] == "sample-client"
    assert [commitment["what"] for commitment in data["open_commitments"]] == [COMMITMENT]


def test_sessions_tell_their_state(begun: Coach) -> None:
    def state() -> str:
        return next(
            line for line in begun.do("sessions").out.splitlines() if line.startswith("| 4 ")
        )

    assert "| exploration | planned |" in state()
    begun.do("prep", "session", "4")
    assert "| exploration | prepared |" in state()
    begun.do("log-tci", "--session", "4", "--clarity", "5")
    assert "| exploration | held, not wrapped |" in state()
    begun.do("wrap", "session", "4", "--from", "-", stdin=NO_COMMITMENT)
    assert "| exploration | held |" in state()


@pytest.mark.req("R55")
def test_a_session_shows_all_that_was_kept_of_it_a_change_of_frame_included(begun: Coach) -> None:
    begun.do(
        "check-in", "--session", "4", "--energy", "low", "--mood", "tired", "--matters", "Rest"
    )
    plan = begun.json("prep", "session", "4")
    assert 1 <= len(plan["objectives"]) <= 3
    checkpoints = [segment["checkpoint"] for segment in plan["segments"] if segment["checkpoint"]]
    assert len(checkpoints) == 1
    assert checkpoints[0] in begun.do("prep", "session", "4").out
    begun.do(
        *("wrap", "session", "4", "--from", "-"),
        stdin="kind: wrap\ncommitments: none\nframe_change: We spoke about the father instead\n",
    )
    page = begun.do("sessions", "show", "4").out
    assert "**Change of frame:** We spoke about the father instead" in page
    assert "drift" not in page.lower()
    for piece in ("**Energy:** low", "**Mood:** tired", "**Mattered most:** Rest"):
        assert piece in page


def test_a_session_shows_wrap_commitments_and_ratings(held: Coach) -> None:
    page = held.do("sessions", "show", "4").out
    for piece in (
        "# Session 4 · Sample Client",
        "**Focus:** Which of the open ways deserves a test",
        "**Took away:** I explain by letting them try first.",
        f"**Inquiry:** {INQUIRY}",
        "**Parked:** What the pension office said",
        f"**Commitment 1:** {COMMITMENT}, by Fri 5 Mar 2027 (open)",
        "**Ratings:** clarity 7, options 6",
        "**Note 1:** Eyes down at the word roster.",
    ):
        assert piece in page
    assert held.json("sessions", "show", "4")["wrap"]["minutes"] == 92


def test_a_commitment_is_added_shown_and_reviewed(held: Coach) -> None:
    added = held.do(
        *("commitments", "add", "Visit the school", "--when", "+7d"),
        *("--how-will-i-know", "I stood in the hall", "--kind", "experiential"),
        *("--proposed-by", "both", "--goal", "Teach", "--estimate-minutes", "60"),
        *("--obstacle", "Rain", "--if-then", "If it rains, then by bus"),
    )
    assert added.first == "# Sample Client · between sessions · commitment 2"
    shown = held.json("commitments", "show", "2")
    assert shown["due"] == "2027-03-02"
    assert shown["estimate_minutes"] == 60
    assert shown["proposed_by"] == "both"
    listed = held.do("commitments").out
    assert "| 2 |  | Visit the school | Tue 2 Mar 2027 | open |" in listed

    reviewed = held.do(
        *("commitments", "update", "2", "--status", "done", "--minutes", "45", "--value", "7"),
        *("--learned", "-"),
        stdin="They let me in.\n",
    )
    assert reviewed.first == "# Sample Client · between sessions · commitment 2"
    again = held.json("commitments", "show", "2")
    assert (again["status"], again["minutes"], again["value"]) == ("done", 45, 7)
    assert [review["learned"] for review in again["reviews"]] == ["They let me in."]


def test_every_review_of_a_commitment_is_kept(held: Coach) -> None:
    for status in ("not_yet", "partly", "done", "dropped"):
        held.do("commitments", "update", "1", "--status", status)
        held.wait()
    found = held.json("commitments", "show", "1")
    assert [review["status"] for review in found["reviews"]] == [
        "not_yet",
        "partly",
        "done",
        "dropped",
    ]
    assert found["misses"] == 2


def test_an_assumption_is_kept_as_heard_and_gathers_evidence(held: Coach) -> None:
    added = held.do("assumptions", "add", "--from", "-", stdin="I am too old.\n")
    assert added.first == "# Sample Client · session 4 · assumption 2"
    held.do("assumptions", "update", "2", "--for", "Two refusals", "--against", "A colleague of 59")
    changed = held.do("assumptions", "update", "2", "--status", "tested")
    assert changed.first == "# Sample Client · session 4 · assumption 2"
    for piece in ("**For it:** Two refusals", "**Against it:** A colleague of 59"):
        assert piece in held.do("assumptions", "show", "2").out
    assert (
        "| 2 | I am too old. | barrier? | session 4 | 1 / 1 | tested |"
        in held.do("assumptions").out
    )


def test_evidence_does_not_change_where_an_assumption_was_heard(held: Coach) -> None:
    before = next(
        line for line in held.do("assumptions").out.splitlines() if line.startswith("| 1 ")
    )
    assert "| intake |" in before
    held.do("assumptions", "update", "1", "--against", "The officer teaches without a degree")
    after = next(
        line for line in held.do("assumptions").out.splitlines() if line.startswith("| 1 ")
    )
    assert "| intake | 0 / 1 |" in after


@pytest.mark.req("R42")
def test_a_check_in_keeps_energy_progress_and_what_matters_and_the_plan_uses_it(
    begun: Coach,
) -> None:
    before = begun.json("prep", "session", "4")
    kept = begun.do(
        *("check-in", "--session", "4", "--energy", "low", "--mood", "flat"),
        *("--matters", "The talk with my boss", "--progress", "clarity=7"),
        *("--progress", "momentum=2"),
    )
    assert kept.first == "# Sample Client · session 4: check-in saved"
    assert "**Progress since last time:** clarity 7, momentum 2" in kept.out
    after = begun.json("prep", "session", "4")
    assert (before["energy"], after["energy"]) == ("normal", "low")
    assert after["matters_most"] == "The talk with my boss"
    assert "**Matters most today:** The talk with my boss" in begun.do("prep", "session", "4").out
    begun.do("wrap", "session", "3", "--from", "-", stdin=NO_COMMITMENT)
    first = begun.json("prep", "session", "4")["segments"][0]
    asked = {activity["id"]: activity["coach"] for activity in first["activities"]}
    assert "all five factors or just the one" in asked["trajectory_check_in"]
    assert "matters most right now" in asked["trajectory_check_in"]
    for bad in ("clarity", "mood=3", "clarity=x"):
        begun.refused(2, "check-in", "--session", "4", "--progress", bad)
    assert "1 to 10" in begun.refused(2, "check-in", "--session", "4", "--progress", "clarity=11")


@pytest.mark.req("R103")
def test_ratings_are_levels_with_changes_and_a_correction_keeps_the_first(begun: Coach) -> None:
    begun.do(
        "log-tci", "--session", "3", "--clarity", "4", "--options", "5", "--date", "2027-02-09"
    )
    begun.do("log-tci", "--session", "4", *ratings())
    corrected = begun.do("log-tci", "--session", "4", "--clarity", "5")
    assert corrected.first == "# Sample Client · session 4: ratings corrected"
    entries = begun.json("tci")["entries"]
    assert [entry["session"] for entry in entries] == [3, 4]
    third, fourth = entries
    assert third["unweighted_mean"] is None
    assert "decision" not in third["ratings"]
    assert fourth["ratings"]["clarity"] == 5
    assert fourth["unweighted_mean"] == 5.2
    assert fourth["change_since_last"]["clarity"] == 1
    assert fourth["change_since_last"]["decision"] is None
    assert fourth["corrects"] is not None
    everything = begun.json("tci", "--history")["entries"]
    assert [one["ratings"]["clarity"] for one in everything] == [4, 7, 5]
    assert "Replaced: Session 4" in begun.do("tci", "--history").out
    assert rows(begun.practice, "SELECT count(*) FROM tci_entries") == [(3,)]
    log = begun.do("tci").out
    assert "Unweighted mean" in log
    assert "| Clarity | not clear at all | clear to me |" in log


@pytest.mark.req("flags")
def test_flags_say_first_entry_then_rising_steady_and_slipping(begun: Coach) -> None:
    begun.do("log-tci", "--session", "3", "--clarity", "4", "--options", "5", "--momentum", "6")
    begun.do("log-tci", "--session", "4", "--clarity", "5", "--options", "5", "--momentum", "5")
    first, second = begun.json("tci")["entries"]
    assert list(first["flags"]) == ["first_entry"]
    assert second["flags"] == {"clarity": "rising", "options": "steady", "momentum": "slipping"}
    assert "first entry; changes begin with the next" in begun.do("tci").out
    assert "5 (+1) | 5 (±0) |" in begun.do("tci").out
    assert "5 (−1)" in begun.do("tci").out


@pytest.mark.req("R104", "flags")
def test_pleasant_but_not_moving_twice_moves_the_next_plan(begun: Coach) -> None:
    low = ["--clarity", "4", "--momentum", "3", "--satisfaction", "9"]
    begun.do("log-tci", "--session", "3", *low)
    plain = begun.json("prep", "session", "5")["mix"]["target"]["transformational"]
    said = begun.do("log-tci", "--session", "4", *low).out
    assert "**Flag:** pleasant, not moving" in said
    assert begun.json("tci")["entries"][1]["flags"]["pleasant_not_moving"]
    assert "pleasant, not moving" in begun.do("tci").out
    plan = begun.json("prep", "session", "5")
    assert plan["mix"]["target"]["transformational"] > plain
    why = begun.do("prep", "session", "5").out.split("## Why this plan")[1]
    assert "**Because:** two sessions felt good and moved little" in why
    assert "a smaller first step" in why


@pytest.mark.req("R104")
def test_somebody_who_is_moving_gets_no_flag(begun: Coach) -> None:
    """F2: from 4 to 6 and from 2 to 4, content both times."""
    first = ["--clarity", "4", "--momentum", "2", "--satisfaction", "9"]
    second = ["--clarity", "6", "--momentum", "4", "--satisfaction", "9"]
    begun.do("log-tci", "--session", "3", *first)
    begun.do("log-tci", "--session", "4", *second)
    assert "pleasant_not_moving" not in begun.json("tci")["entries"][1]["flags"]
    plan = begun.json("prep", "session", "5")
    assert "pleasant-not-moving" not in [influence["id"] for influence in plan["influences"]]


@pytest.mark.req("R104")
def test_the_flag_gives_way_to_a_referral_and_to_the_coachs_word(begun: Coach) -> None:
    low = ["--clarity", "4", "--momentum", "3", "--satisfaction", "9"]
    begun.do("log-tci", "--session", "3", *low)
    plain = begun.json("prep", "session", "5")
    begun.do("log-tci", "--session", "4", *low)
    moved = begun.json("prep", "session", "5")
    share = moved["mix"]["target"]["transformational"]
    assert 0 < share - plain["mix"]["target"]["transformational"] <= 15
    (why,) = [
        influence for influence in moved["influences"] if influence["id"] == "pleasant-not-moving"
    ]
    assert "--no-shift" in why["effect"]
    said = prompts_of(moved)
    # Where the client closes, in the place of what is asked about this session.
    closes = [prompt["id"] for prompt in said if prompt["kind"] == "close"]
    assert closes[0] == "what-you-came-for"
    assert "wanted" not in [prompt["case"] for prompt in said]

    still = begun.json("prep", "session", "5", "--no-shift")
    assert still["mix"]["target"] == plain["mix"]["target"]
    assert "pleasant-not-moving" not in [influence["id"] for influence in still["influences"]]
    assert begun.json("prep", "session", "5", "--shift")["mix"] == moved["mix"]

    begun.do("refer", "medical")
    referred = begun.json("prep", "session", "5")
    # Beside somebody who looks after them it goes softly; beside a lawyer as planned.
    assert referred["mix"]["target"]["transformational"] <= 5
    assert "what-you-came-for" not in [prompt["id"] for prompt in prompts_of(referred)]
    begun.do("refer", "--end")
    begun.do("refer", "legal")
    legal = begun.json("prep", "session", "5")
    assert legal["mix"]["target"] == plain["mix"]["target"]
    assert "what-you-came-for" not in [prompt["id"] for prompt in prompts_of(legal)]
    begun.do("refer", "--end")
    for word in ("--energy=low", "--holding"):
        begun.do("check-in", "--session", "5", word)
        plan = begun.json("prep", "session", "5")
        assert plan["mix"]["target"]["transformational"] <= share - 15
        prompts = [prompt["id"] for prompt in prompts_of(plan)]
        assert "what-you-came-for" not in prompts


@pytest.mark.req("R104")
def test_a_session_that_held_distress_is_skipped(begun: Coach) -> None:
    low = ["--clarity", "4", "--momentum", "3", "--satisfaction", "9"]
    begun.do("log-tci", "--session", "3", *low)
    begun.do("check-in", "--session", "4", "--holding")
    begun.do("prep", "session", "4")
    begun.do("wrap", "session", "4", "--from", "-", stdin=NO_COMMITMENT)
    begun.do("log-tci", "--session", "4", *low)
    assert "pleasant_not_moving" not in begun.json("tci")["entries"][1]["flags"]
    begun.today = "2027-03-09"
    begun.do("log-tci", "--session", "5", *low)
    assert "pleasant_not_moving" in begun.json("tci")["entries"][2]["flags"]


@pytest.mark.req("R104")
def test_one_missing_satisfaction_raises_nothing(begun: Coach) -> None:
    begun.do(
        "log-tci", "--session", "3", "--clarity", "4", "--momentum", "3", "--satisfaction", "9"
    )
    begun.do("log-tci", "--session", "4", "--clarity", "4", "--momentum", "3")
    assert "pleasant_not_moving" not in begun.json("tci")["entries"][1]["flags"]


def test_rating_a_session_says_when_it_now_counts_as_held(begun: Coach) -> None:
    found = begun.do("log-tci", "--session", "4", "--clarity", "5", "--note", "-", stdin="Quiet.\n")
    assert "session 4 now counts as held; it is not wrapped yet" in found.err
    assert begun.json("tci")["entries"][0]["note"] == "Quiet."
    assert "now counts as held" not in begun.do("log-tci", "--session", "4", "--clarity", "6").err


@pytest.mark.req("R94", "R13")
def test_the_sheet_is_one_page_and_prints_again(held: Coach) -> None:
    sheet = held.do("wrap", "session", "4").out
    for piece in (
        "**Focus:** Which of the open ways deserves a test",
        "- I explain by letting them try first.",
        f"**Commitment:** {COMMITMENT}\n\n- **By when:** Friday 5 March 2027\n",
        "- **What may get in the way:** The officer is hard to reach\n",
        "- **My plan for that:** If there is no answer by Tuesday, then I walk over\n",
        f"**The question I take home:** {INQUIRY}",
        "**Halfway, a short message:** Tuesday 2 March 2027",
        "**We meet again:** Tuesday 9 March 2027, 14:00",
    ):
        assert piece in sheet
    assert len(sheet.splitlines()) < 40
    assert held.do("wrap", "session", "4").out == sheet


@pytest.mark.req("R94", "R13")
def test_a_blank_sheet_has_room_for_three_and_the_last_one_no_next_date(begun: Coach) -> None:
    blank = begun.do("wrap", "session", "5", "--blank").out
    assert [f"**Commitment {n}**" in blank for n in (1, 2, 3)] == [True] * 3
    assert blank.count("- **How will I know:** \\_") == 3
    assert "**We meet again:** Tuesday 23 March 2027" in blank
    assert begun.json("sessions", "show", "5")["state"] == "planned"
    begun.today = "2027-06-15"
    last = begun.do(
        "wrap", "session", "12", "--from", "-", stdin="kind: wrap\ncommitments: none chosen\n"
    ).out
    assert "No commitment chosen this time." in last
    assert "our last session" in last


@pytest.mark.req("R102")
def test_one_to_three_commitments_or_none_chosen(begun: Coach) -> None:
    one = '  - {what: W, when: "2027-03-05", how_will_i_know: K}\n'
    for text in ("kind: wrap\ncommitments:\n" + one * 4, "kind: wrap\nfocus: F\n"):
        said = begun.refused(10, "wrap", "session", "4", "--from", "-", stdin=text)
        assert "commitments" in said
    begun.do("wrap", "session", "4", "--from", "-", stdin="kind: wrap\ncommitments:\n" + one * 3)
    assert len(begun.json("commitments")["commitments"]) == 3
    none = "kind: wrap\ncommitments: none chosen\n"
    begun.do("wrap", "session", "5", "--from", "-", stdin=none)
    assert "No commitment was chosen." in begun.do("prep", "session", "6").out


@pytest.mark.req("R96")
def test_a_commitment_says_what_when_and_how_and_falls_between_the_sessions(begun: Coach) -> None:
    form = "kind: wrap\ncommitments:\n  - {{what: {}, when: '{}', how_will_i_know: {}}}\n"
    for what, how in (("''", "K"), ("W", "''")):
        text = form.format(what, "2027-03-05", how)
        assert "<standard input>:3:" in begun.refused(
            10, "wrap", "session", "4", "--from", "-", stdin=text
        )
    for day in ("2027-02-23", "2027-02-01", "2027-03-10", "2027-03-20"):
        text = form.format("W", day, "K")
        said = begun.refused(10, "wrap", "session", "4", "--from", "-", stdin=text)
        assert said.startswith("<standard input>:3:")
        assert "commitments[0].when" in said
        assert "all the same" in said
    text = form.format("W", "2027-03-20", "K")
    begun.do("wrap", "session", "4", "--from", "-", "--force", stdin=text)
    assert begun.json("commitments")["commitments"][0]["due"] == "2027-03-20"


@pytest.mark.req("R95", "R98", "R99")
def test_hints_on_proposer_obstacle_and_kind_keep_nothing_from_being_saved(begun: Coach) -> None:
    def hints(more: str) -> str:
        text = (
            "kind: wrap\ncommitments:\n  - {what: Read, when: '2027-03-05', how_will_i_know: K"
            f"{more}}}\n"
        )
        words = ("wrap", "session", "4", "--from", "-", "--replace")
        return begun.do(*words, stdin=text).err

    assert "“Read” was proposed by the coach" in hints(", proposed_by: coach")
    assert "proposed by" not in hints(", proposed_by: both")
    assert "no obstacle" in hints("")
    assert "obstacle" not in hints(", obstacle: O, if_then: If O then P, kind: experiential")
    assert "every commitment gathers information" in hints(", kind: information_gathering")
    assert begun.json("commitments")["commitments"][0]["proposed_by"] == "client"
    assert begun.json("commitments")["commitments"][0]["kind"] == "information_gathering"


def test_a_wrap_is_replaced_only_when_asked_for(held: Coach) -> None:
    text = "kind: wrap\ncommitments: none\nfocus: Another\n"
    said = held.refused(1, "wrap", "session", "4", "--from", "-", stdin=text)
    assert "--replace" in said
    assert "**Focus:** Another" not in held.do("wrap", "session", "4").out
    held.do("wrap", "session", "4", "--from", "-", "--replace", stdin=text)
    assert "**Focus:** Another" in held.do("wrap", "session", "4").out
    assert held.json("commitments")["commitments"] == []


@pytest.mark.parametrize(
    ("words", "session"),
    [
        (["prep", "session", "5"], 5),
        (["check-in", "--session", "5", "--energy", "high"], 5),
        (["log-tci", "--session", "4", "--clarity", "8"], 4),
        (["wrap", "session", "5", "--from", "-"], 5),
        (["commitments", "add", "Go", "--when", "+3d", "--how-will-i-know", "Gone"], "between"),
        (["commitments", "update", "1", "--status", "done"], 4),
        (["assumptions", "add", "I must not fail"], 4),
        (["refer", "therapy"], 1),
        (["check-in", "--session", "5", "--holding"], 5),
        (["prep", "session", "5", "--method", "directive", "--onward"], 5),
    ],
)
@pytest.mark.parametrize("form", few(["terminal", "markdown"], 1))
def test_every_writing_command_names_client_and_session_in_its_first_line(
    held: Coach, words: list[str], session: int | str, form: str
) -> None:
    found = held.do(*words, "--format", form, stdin=NO_COMMITMENT)
    assert "Sample Client" in found.first
    assert (f"{session} sessions" if session == "between" else f"ession {session}") in found.first


def test_ratings_can_be_given_before_the_wrap_and_the_wrap_before_the_ratings(
    begun: Coach,
) -> None:
    hold_four(begun, rated=[])
    assert begun.json("tci")["entries"] == []
    begun.do("log-tci", *ratings())
    assert [entry["session"] for entry in begun.json("tci")["entries"]] == [4]


@pytest.mark.req("R94", "R138")
def test_what_was_taken_on_can_be_put_right(held: Coach) -> None:
    fields = set(NewCommitment.__struct_fields__)
    assert fields <= set(CommitmentChange.__struct_fields__)
    held.do(
        *("commitments", "update", "1", "--what", "Write to the guild", "--when", "+6d"),
        *("--how-will-i-know", "It is sent", "--if-then", "Then I ring", "--obstacle", "none"),
        *("--proposed-by", "coach", "--estimate-minutes", "30"),
    )
    found = held.json("commitments", "show", "1")
    assert {name: found[name] for name in ("what", "due", "how_will_i_know", "if_then")} == {
        "what": "Write to the guild",
        "due": "2027-03-01",
        "how_will_i_know": "It is sent",
        "if_then": "Then I ring",
    }
    assert (found["obstacle"], found["proposed_by"], found["estimate_minutes"]) == ("", "coach", 30)
    # A label made of the old words would speak of something else.
    assert found["label"] == "writing to the guild"
    assert "Write to the guild" in held.do("wrap", "4").out
    held.do("commitments", "update", "1", "--label", "the letter")
    held.do("commitments", "update", "1", "--what", "Write to the board")
    assert held.json("commitments", "show", "1")["label"] == "the letter"
    late = held.refused(1, "commitments", "update", "1", "--when", "2027-03-20")
    assert "is after the next session on 2027-03-09; if you mean it, write" in late
    meant = "2027-03-20, all the same"
    assert f"write “{meant}”" in late
    held.do("commitments", "update", "1", "--when", meant)
    assert held.json("commitments", "show", "1")["due"] == "2027-03-20"
    held.do("undo")
    held.do("commitments", "update", "1", "--when", "2027-03-20", "--force")
    for _ in range(4):
        held.do("undo")
    assert held.json("commitments", "show", "1")["what"] == COMMITMENT


@pytest.mark.req("R166")
def test_ratings_wait_for_a_session_that_has_had_its_day(begun: Coach) -> None:
    hold_four(begun, rated=[])
    begun.wait(days=60)
    said = "is not wrapped yet: --session 5 rates that one"
    assert said in begun.refused(2, "log-tci", *ratings())
    begun.do("log-tci", "--session", "4", *ratings())
