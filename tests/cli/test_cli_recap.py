"""The mail to the client after a session: their words, and nothing that could hurt (R140)."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching import COMMITMENT, INQUIRY, INTAKE, WRAP, Coach, begin, hold_four
from trajplan.actions.recap import Recap, RecapPromise
from trajplan.pages.markdown import escape, escape_start
from trajplan.pages.template import fill_in
from trajplan.records.kinds import TABLES
from trajplan.records.table import columns_of

COACH_ONLY = [
    *("Which of the open ways", "pension office", "word roster", "officer is hard to reach"),
    *("Without a degree", "night shift", "normal", "pivot", "Clarity", "satisf"),
]
"""What the records of session 4 hold that is not for the mail."""
TAKEAWAYS = """\
takeaways:
  - {text: "I explain by letting them try first.", to_send: true}
  - {exact: "My wife must not know yet", to_send: false}
  - The boss is scared himself
"""


def sent(coach: Coach, *words: str) -> str:
    return coach.do("recap", *words).out


@pytest.mark.req("R140")
def test_the_recap_says_what_was_taken_on_and_when_we_meet_again(held: Coach) -> None:
    mail = sent(held)
    assert mail.startswith("Hello Sample,\n\nThank you for our session on Tuesday 23 February.\n")
    assert f"\n- {COMMITMENT} (by Friday 5 March)\n" in mail
    assert INQUIRY in mail
    assert "We meet again on Tuesday 9 March at 14:00." in mail
    for words in [*COACH_ONLY, "I explain by letting"]:
        assert words.casefold() not in mail.casefold(), words
    assert "\n\n\n" not in mail
    assert sent(held, "4") == mail


@pytest.mark.req("R140")
def test_first_the_coach_is_asked_about_the_address(held: Coach) -> None:
    said = held.do("recap")
    assert said.err.startswith("Sample Client · session 4\nBefore you send it: is this a private ")
    assert "private" not in said.out


@pytest.mark.req("R140")
def test_only_takeaways_that_were_marked_are_sent(begun: Coach) -> None:
    wrap = f"kind: wrap\ncommitments: none\n{TAKEAWAYS}"
    begun.do("wrap", "session", "4", "--from", "-", stdin=wrap)
    mail = sent(begun)
    assert "\n- I explain by letting them try first.\n" in mail
    assert "took on" not in mail
    for words in ("wife", "scared"):
        assert words not in mail
        assert words in begun.do("wrap", "session", "4").out
    assert begun.json("recap")["takeaways"] == ["I explain by letting them try first."]


@pytest.mark.req("R140")
@pytest.mark.parametrize("field", ["takeaways", "beliefs"])
@pytest.mark.parametrize(
    "words", ["{to_send: true}", "{exact: A, gist: B}", '{text: " ", to_send: true}']
)
def test_what_the_client_said_says_one_thing(begun: Coach, field: str, words: str) -> None:
    wrap = f"kind: wrap\ncommitments: none\n{field}:\n- {words}\n"
    told = begun.refused(10, "wrap", "session", "4", "--from", "-", stdin=wrap)
    assert "<standard input>:4:3: " in told


@pytest.mark.req("R140")
def test_after_a_hard_session_only_the_next_day_is_said(begun: Coach) -> None:
    begun.do("check-in", "--session", "4", "--holding", "--matters", "My brother died")
    begun.do("prep", "session", "4")
    # Nothing is to be done about it, wherever the talk goes.
    assert "one small thing you could do" not in begun.do("prep", "session", "4").out
    assert len(begun.json("prep", "session", "4")["went_elsewhere"]) == 2
    wrap = (
        f"kind: wrap\nfocus: Being there\ninquiry: {INQUIRY}\n{TAKEAWAYS}"
        "commitments:\n  - {what: Ring Ada, when: '2027-03-01', how_will_i_know: I rang}\n"
    )
    said = begun.do("wrap", "session", "4", "--from", "-", stdin=wrap)
    assert "no obstacle" not in said.err
    mail = sent(begun)
    assert mail == (
        "Hello Sample,\n\nI was glad to see you on Tuesday 23 February.\n\n"
        "We meet again on Tuesday 9 March at 14:00.\n\nTake care\n"
    )
    told = begun.json("recap")
    assert (told["only_next"], told["taken_on"]) == (True, True)
    assert (told["promises"], told["takeaways"], told["inquiry"]) == ([], [], "")
    # What the mail leaves out is no secret from the coach.
    assert "it leaves out 1 commitment and 1 takeaway marked [x]" in begun.do("recap").err
    # That there is nothing to do is only said where it is so.
    begun.do("commitments", "update", "1", "--status", "dropped")
    assert begun.json("recap")["taken_on"] is False
    assert "23 February. There's nothing you have to do now.\n" in sent(begun)


@pytest.mark.req("R140")
def test_the_mail_of_an_earlier_session_is_only_written_by_its_number(held: Coach) -> None:
    held.today = "2027-03-08"
    assert "session 4" in held.do("recap").err
    held.today = "2027-03-09"
    said = held.refused(1, "recap")
    assert "session 5 with Sample Client was to be on Tue 9 Mar 2027 and is not wrapped" in said
    assert "`trajplan recap 4`" in said
    early = held.do("recap", "4")
    assert "the day on which the mail says that you meet again is today" in early.err
    held.today = "2027-03-10"
    assert "meet again is over" in held.do("recap", "4").err


@pytest.mark.req("R101", "R140")
def test_a_late_mail_promises_no_message_on_a_day_that_is_over(held: Coach) -> None:
    held.today = "2027-03-02"
    assert held.json("recap", "4")["midpoint"] == "2027-03-02"
    held.today = "2027-03-03"
    assert held.json("recap", "4")["midpoint"] is None
    assert "short message" not in sent(held)


@pytest.mark.req("R140", "R101")
def test_no_day_is_named_that_nobody_agreed_on(held: Coach) -> None:
    for none in ("none", "no", "-", '""'):
        agreed = f"{WRAP}next: {none!r}\n" if none != '""' else WRAP
        held.do("wrap", "4", "--replace", "--from", "-", stdin=agreed)
        told, mail, sheet = held.json("recap"), sent(held), held.do("wrap", "4").out
        is_open = none != '""'
        assert told["no_next"] is is_open
        assert (told["next_date"] is None, "meet again" in mail) == (is_open, not is_open)
        assert ("We meet again" in sheet, "last session" in sheet) == (not is_open, False)
        assert "find a day" not in mail
        assert told["midpoint"] == "2027-03-02"
        assert "a short message on Tuesday 2 March." in mail
    held.do("wrap", "4", "--replace", "--from", "-", stdin=WRAP.replace("halfway", "next: no\n#"))
    assert held.json("recap")["midpoint"] is None
    assert "short message" not in held.do("wrap", "4").out
    # Once a day is agreed on it is named, also where it is the one that was planned.
    held.do("sessions", "move", "5", "2027-03-09")
    assert held.json("recap")["next_date"] == "2027-03-09"


@pytest.mark.req("R140", "R12")
def test_once_the_journey_is_closed_nobody_is_invited(held: Coach) -> None:
    held.do("close", "--force", "She stops here", "--outcome", "Handed back the ward")
    sheet, mail = held.do("wrap", "4").out, sent(held)
    assert "meet again" not in f"{sheet}{mail}"
    assert "That was our last session. I wish you well" in mail
    held.do("close", "--reopen")
    assert "We meet again on Tuesday 9 March" in sent(held)
    held.do("close", "--force", "She stops here", "--follow-up", "2027-08-23")
    assert held.json("recap")["follow_up"] == "2027-08-23"
    assert "Monday 23 August 2027, for the follow-up" in held.do("wrap", "4").out


@pytest.mark.req("R140")
def test_what_was_not_kept_or_dropped_is_not_held_up(held: Coach) -> None:
    before = sent(held)
    held.do("commitments", "update", "1", "--status", "not_yet", "--learned", "I was afraid")
    assert sent(held) == before
    held.do("commitments", "update", "1", "--status", "dropped")
    after = sent(held)
    assert COMMITMENT not in after
    assert "took on" not in after


@pytest.mark.req("R94", "R123", "R140")
def test_a_commitment_goes_by_its_own_label_on_all_that_the_client_reads(begun: Coach) -> None:
    wrap = """\
kind: wrap
commitments:
- {what: Write the page for the hearing, when: 2027-03-05, how_will_i_know: Written, label: Draft}
- {what: Ask Graham, when: 2027-03-05, how_will_i_know: Asked}
"""
    begun.do("wrap", "session", "4", "--from", "-", stdin=wrap)
    named = "Draft: Write the page for the hearing"
    sheet = begun.do("wrap", "session", "4").out
    assert f"**Commitment:** {named}\n" in sheet
    assert "**Commitment:** Ask Graham\n" in sheet
    assert [step["name"] for step in begun.json("wrap", "4")["commitments"]] == ["Draft", ""]
    assert f"- {named} (by Friday 5 March)\n- Ask Graham (by" in begun.do("recap", "4").out
    begun.today = "2027-03-09"
    assert f"- {named}\n- Ask Graham\n" in begun.do("prep", "5", "--for", "client").out


@pytest.mark.req("R140")
def test_a_session_without_a_wrap_has_no_recap(begun: Coach) -> None:
    assert "no session with Sample Client has been held yet" in begun.refused(1, "recap")
    assert "session 4 with Sample Client is not wrapped yet" in begun.refused(1, "recap", "4")


@pytest.mark.req("R140")
def test_the_last_session_and_one_without_a_day_say_so(held: Coach) -> None:
    held.do("sessions", "cancel", "5", "--by", "client")
    for number in range(6, 13):
        held.do("sessions", "skip", str(number))
    assert "Let's find a day for our next session" in sent(held)
    held.do("sessions", "skip", "5")
    assert "That was our last session." in sent(held)


@pytest.mark.req("R140", "R143")
def test_a_client_far_away_reads_their_own_time(held: Coach) -> None:
    held.do("clients", "update", "--time-zone", "Asia/Tokyo")
    held.more["TRAJPLAN_TIME_ZONE"] = "Europe/Berlin"
    assert "on Tuesday 9 March at 14:00 your time." in sent(held)
    assert held.json("recap")["time_zone"] == "Asia/Tokyo"
    held.do("clients", "update", "--time-zone", "Europe/Paris")
    assert "on Tuesday 9 March at 14:00.\n" in sent(held)


@pytest.mark.req("R140")
def test_another_clients_day_is_not_taken_for_this_one(held: Coach) -> None:
    held.today = "2027-02-24"
    held.do("new-client", "Ben", "--start", held.today)
    held.do("use", "sample-client")
    assert "today's session is with `ben`" in held.refused(1, "recap")
    assert "Hello Sample" in sent(held, "--client", "sample-client")


@pytest.mark.req("R140")
def test_the_forms_say_the_same_and_a_file_is_for_its_owner(held: Coach) -> None:
    mail = sent(held)
    for name in ("mail.txt", "mail.md", "mail.json"):
        held.do("recap", "-o", str(held.home / name))
    assert (held.home / "mail.txt").read_text(encoding="utf-8") == mail
    assert (held.home / "mail.txt").stat().st_mode & 0o777 == 0o600
    assert held.json("recap")["text"] == mail
    assert (held.home / "mail.md").read_text(encoding="utf-8") == sent(held, "--format", "markdown")


@pytest.mark.req("R140")
def test_words_are_as_typed_in_the_mail_and_harmless_as_markdown(begun: Coach) -> None:
    odd = "# Call *Ada* {{ client_name }} {% raw %} <b> _now_"
    wrap = (
        "kind: wrap\ncommitments:\n"
        f"  - {{what: '{odd}', when: '2027-03-01', how_will_i_know: Done}}\n"
    )
    begun.do("wrap", "session", "4", "--from", "-", stdin=wrap)
    assert f"- {odd} (by" in sent(begun)
    assert "- \\# Call \\*Ada\\*" in sent(begun, "--format", "markdown")


# A template of the coach's own.


def own(coach: Coach, text: str) -> Path:
    path = coach.home / "CONFIG" / "trajplan" / "templates" / "recap.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.req("R140")
def test_a_template_begins_as_a_copy_of_the_built_in_one(held: Coach) -> None:
    built_in = sent(held)
    path = Path(held.do("pages", "copy", "recap").out.strip())
    assert path.is_relative_to(held.home)
    assert sent(held) == built_in
    text = path.read_text(encoding="utf-8").replace("Hello {{ first_name }},", "Dear all,")
    path.write_text(text, encoding="utf-8")
    assert sent(held).startswith("Dear all,\n")
    assert "already a file" in held.refused(1, "pages", "copy", "recap")


@pytest.mark.req("R140")
def test_a_template_writes_days_and_words_in_its_own_language(held: Coach) -> None:
    own(
        held,
        "Guten Tag {{ client_name }}, am {{ next_date.strftime('%d.%m.%Y') }} um {{ next_time }}.\n"
        "{% for promise in promises %}{{ promise.how_will_i_know }}{% endfor %}\n",
    )
    assert sent(held) == (
        "Guten Tag Sample Client, am 09.03.2027 um 14:00.\nThere is a date, or a clear no\n"
    )


@pytest.mark.req("R140")
@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("Hello\n\n{{ promisse }}\n", 3, "there is no `promisse`; did you mean `promises`?"),
        ("{% for p in promises %}\n{{ p.want }}\n{% endfor %}", 2, "there is no `want`"),
        ("Hello\n{% if promises %}\n", 2, "if"),
        ("Hello\n{{ date | days }}\n", 2, "days"),
        ("Hello\n{{ of + client_name }}\n", 2, ""),
        ("{{ client_name.__class__ }}\n", 1, ""),
        ("\n\n{{ ''.__class__.__mro__[1].__subclasses__() }}\n", 3, ""),
        ("{{ promises.append(1) }}", 1, ""),
        ("Hello\n{% include '/etc/passwd' %}\n", 2, ""),
        ("{{ range(10000000) | list }}", 1, ""),
        ("{{ 1 / 0 }}", 1, "division"),
        ("{{ self.__init__.__globals__ }}", 1, ""),
    ],
)
def test_a_fault_of_a_template_has_its_file_and_line(
    held: Coach, text: str, line: int, says: str
) -> None:
    path = own(held, text)
    told = held.run("recap")
    assert (told.code, told.out) == (10, "")
    assert told.err.startswith(f"{path}:{line}:1: ")
    assert says in told.err


@pytest.mark.req("R140")
def test_a_template_that_is_no_text_is_a_fault_too(held: Coach) -> None:
    own(held, "").write_bytes(b"Hello \xff\n")
    assert "not UTF-8 text" in held.refused(10, "recap")


@pytest.mark.req("R140")
def test_a_template_reaches_nothing_that_is_not_for_the_client(held: Coach) -> None:
    """The allow-list is the type: no field of it comes from what is the coach's alone."""
    own(held, "{% for name in everything %}{{ name }}{% endfor %}")
    assert "there is no `everything`" in held.refused(10, "recap")
    fields = {*Recap.__struct_fields__, *RecapPromise.__struct_fields__}
    own(held, "".join(f"{{{{ {name} }}}}\n" for name in Recap.__struct_fields__))
    everything = sent(held)
    for words in COACH_ONLY:
        assert words.casefold() not in everything.casefold(), words
    page = Path(__file__).parents[2] / "docs" / "how-to" / "write-a-recap.md"
    named = re.findall(r"^\| `([\w.]+)`", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert {name.split(".")[-1] for name in named} == fields


CODES = {
    *("slug", "journey", "phase", "time_zone", "language"),
    *("question_id", "worksheet", "scale", "command"),
}
"""Columns whose text names something else; changed, it would name nothing."""
FOR_THE_CLIENT = {
    *("clients.name", "commitments.what", "commitments.how_will_i_know"),
    *("commitments.label", "wraps.inquiry", "handed_out.title"),
}


@pytest.mark.req("R140")
def test_of_all_that_is_kept_only_this_reaches_a_template(held: Coach) -> None:
    """Every text of every table is marked; a record added later is marked by itself."""
    wrap = WRAP.replace("takeaways: [", "handed_out: [wheel-of-life]\ntakeaways: [")
    held.do("wrap", "session", "4", "--replace", "--from", "-", stdin=wrap)
    held.do("check-in", "--session", "5", "--mood", "raw", "--matters", "The rent")
    held.do("notes", "add", "Eyes down", "--session", "4", "--pin")
    held.do("refer", "therapy")
    held.do("goals", "add", "Teach a trade")
    held.do("commitments", "update", "1", "--status", "partly", "--learned", "He is kind")
    marked = set()
    with sqlite3.connect(held.practice) as store:
        triggers = store.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            store.execute(f"DROP TRIGGER {name}")
        store.execute("PRAGMA ignore_check_constraints = on")
        for kind, table in TABLES.items():
            for column in columns_of(kind):
                plain = column.kind is str and not column.has("time")
                if plain and column.name not in CODES and "initials" not in column.name:
                    mark = f"{table}.{column.name}"
                    store.execute(
                        f"UPDATE {table} SET {column.name} = {column.name} || ' §{mark}§'"
                    )
                    marked.add(mark)
    assert len(marked) > 40
    own(held, "".join(f"{{{{ {name} }}}}\n" for name in Recap.__struct_fields__))
    reached = set(re.findall("§(.+?)§", sent(held, "4")))
    assert reached == FOR_THE_CLIENT
    assert set(re.findall("§(.+?)§", held.do("recap", "4", "--format", "json").out)) == reached


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_what_was_typed_is_never_read_as_a_template(words: str) -> None:
    line = " ".join(words.split())
    filled = fill_in("- {{ what }} -", {"what": line}, file="t")
    assert filled == f"- {line} -\n"
    marked = fill_in(
        "- {{ what }} -", {"what": line}, file="t", escape=lambda text: escape_start(escape(text))
    )
    assert marked == f"- {escape_start(escape(line))} -\n"


def test_the_greeting_leaves_a_title_out(coach: Coach) -> None:
    begin(coach, INTAKE.replace("Sample Client", "Dr. Anna Sample"))
    hold_four(coach)
    assert sent(coach).startswith("Hello Anna,\n")
