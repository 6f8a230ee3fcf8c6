"""A document: one thing to show, in the forms it can take.

Each form is made only when asked for, so that a plain run loads no printer it does not need.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct, to_builtins

from trajplan.content.labels import ENGLISH, Words
from trajplan.pages.page import Page
from trajplan.text import STEERING, pattern

if TYPE_CHECKING:
    import datetime as dt

    from trajplan.records.fields import Record
    from trajplan.records.model.journeys import Client
    from trajplan.zones import TwoClocks

T = TypeVar("T")
ITSELF = ("",)
"""`rows` of a document whose data is the list itself."""
_RAW_IN_JSON = pattern("[\u2028\u2029]|" + STEERING.pattern)


class Document(Struct, frozen=True, kw_only=True, dict=True):
    """A page, made when it is asked for, and `data`: values, records and days as they are, which
    `plain_data` writes out.

    `at_the_door` is what a terminal shows of a long page, for a person with little time; every
    other form has the whole page. `text` is what a terminal, a pipe and Markdown get in place of
    the page where it is taken further as it is: a form that is filled in and read back, a mail. A
    text without a page is YAML. Neither is there where JSON is the only form.
    """

    data: Callable[[], Any]
    page: Callable[[], Page] | None = None
    at_the_door: Callable[[], Page] | None = None
    text: Callable[[], str] | None = None
    markdown: Callable[[], str] | None = None
    """Where `text` is no Markdown: the same words as Markdown, when that is asked for."""
    rows: tuple[str, ...] = ()
    """Where the lists stand in `data` that CSV and JSON lines have a row for each object of:
    `commitments`, or `clients.waiting` for a list in each object of another; empty: nowhere."""
    calendar: Callable[[], bytes] | None = None
    """The calendar file of a document that has days to put into one; empty where none is ahead."""
    name: str = ""
    """What a page is called that the coach may word with a template of their own; empty: none."""
    words: Words = ENGLISH
    """How it speaks: in English, or in the client's language."""
    title: str = ""
    """What documents that are handed over together are called."""
    bound: tuple[Document, ...] = ()
    """These documents, each from a sheet of its own; this one has no page then."""

    def plain_data(self) -> Any:
        """Its data as JSON, CSV and templates have it: lists, mappings, words and numbers."""
        return to_builtins(self.data())

    @property
    def has_page(self) -> bool:
        """Whether there is a page to print, or several."""
        return self.page is not None or bool(self.bound)

    def whole_page(self) -> Page:
        """The page. Only for a document that has it."""
        if self.page is None:
            raise TypeError("a document has a page, or is a text")
        return self.page()

    def whole_pages(self) -> tuple[Page, ...]:
        """Its page, or those of the documents it is bound of, in their order."""
        if self.bound:
            return tuple(document.whole_page() for document in self.bound)
        return (self.whole_page(),)

    @cached_property
    def pages_as_markdown(self) -> str:
        """Its pages as Markdown, which a plan's are twice: kept, and printed."""
        from trajplan.pages.markdown import markdown

        return "\n---\n\n".join(map(markdown, self.whole_pages()))


def client_document(
    name: str, value: T, words: Words, page: Callable[[T, Words], Page]
) -> Document:
    """A client's page made from a value, which is its data; the coach may word it with a template
    of this name."""
    return Document(name=name, words=words, page=lambda: page(value, words), data=lambda: value)


def own_clock_data(clocks: TwoClocks | None) -> dict[str, Any] | None:
    """The coach's day and time as JSON; None where the client's say the same, or a zone or the time
    is not known."""
    if clocks is None:
        return None
    return {
        "date": clocks.own_day,
        "start_time": clocks.own_start,
        "time_zone": clocks.own_zone,
    }


def fields_data(value: object, *names: str) -> dict[str, Any]:
    """The named fields of a value, under their names; of None, each is None."""
    return {name: getattr(value, name) if value is not None else None for name in names}


def client_data(client: Client) -> dict[str, Any]:
    """Whose data it is, as JSON about one client begins."""
    return {"client": client.slug, "client_name": client.name}


def record_data(record: Record) -> dict[str, Any]:
    """A record as JSON: under `id` stands the number a coach sees and types, where it has one.

    The row ids of the practice count through all clients. Those of what a record hangs from stay
    inside; where it matters, the caller says in the coach's words what that is.
    """
    data: dict[str, Any] = to_builtins(record)
    for name in record.__struct_fields__:
        if name.endswith("_id") and name != "question_id":
            del data[name]
    if "number" in data:
        data["id"] = data.pop("number")
    return data


def records_data(records: Iterable[Record]) -> list[dict[str, Any]]:
    """Records as JSON, in their order."""
    return [record_data(record) for record in records]


def instant_data(instant: dt.datetime | None) -> str | None:
    """A moment in UTC, to the second."""
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ") if instant else None


def json_text(data: Any, *, indent: int | None = 2) -> str:
    """JSON in which nothing but line breaks and spaces steers a terminal; without `indent` on one
    line."""
    import json  # which most runs do without

    text = json.dumps(data, ensure_ascii=False, indent=indent)
    return _RAW_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
