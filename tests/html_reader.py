"""A page of HTML as a browser reads it: its elements, and the words that a reader gets of them."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "input"}
DRAWN = {"svg", "text", "polyline", "polygon", "circle", "rect", "line", "path", "g"}
ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "section", "div"),
    *("h1", "h2", "h3", "p", "ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption"),
    *("table", "thead", "tbody", "tr", "th", "td", "label", "input", "desc", *DRAWN),
    *("span", "b", "i", "strong", "code", "time", "article"),
}
"""All that a page is made of: nothing that runs, fetches or leads anywhere."""
FORBIDDEN = {"src", "href", "style", "srcset", "action", "formaction", "xlink:href", "data"}
"""What no element of a page has; nor has it any handler, `on…`."""


class HtmlPage(HTMLParser):
    """Reads one document, and asserts that its elements are those of a page and close in order."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self._said: list[str] = []
        self._open: list[str] = []
        self.feed(source)
        self.close()
        assert self._open == []

    @property
    def words(self) -> str:
        """What stands in the body; of a drawing what it says in words, as a screen reader does."""
        return " ".join(self._said)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ELEMENTS, tag
        names = {name for name, _ in attrs}
        assert not names & FORBIDDEN, (tag, names)
        assert not any(name.startswith("on") for name in names), (tag, names)
        self.tags.append(tag)
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        drawn = "svg" in self._open and "desc" not in self._open
        if "body" in self._open and not drawn:
            self._said.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data}")
