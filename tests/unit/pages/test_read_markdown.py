"""A page in the coach's own words, read back from Markdown: whatever may stand in it."""

from __future__ import annotations

from trajplan.pages.markdown import markdown
from trajplan.pages.page import Bullets, Heading, Item, Line, Page, code, italic
from trajplan.pages.read_markdown import read_markdown

OWN = """\
# Our page

Setext
------

> What *you* said.

    indented & typed

```
fenced
```

---

###### Small

1. First  \\
   goes on

   and has more
2. `code`, and [a link](https://example.org)
"""
READ = Page.of(
    ("Our page",),
    Heading(("Setext",)),
    Line((italic("What "), italic("you"), italic(" said."))),
    Line((code("indented & typed"),)),
    Line((code("fenced"),)),
    Heading(("Small",), 3),
    Bullets(
        (
            Item(("First", " ", "goes on"), "1.", (("and has more",),)),
            Item((code("code"), ", and ", "a link"), "2."),
        )
    ),
)


def test_whatever_markdown_has_becomes_a_block_or_its_words() -> None:
    # What a page looks like counts, and not in how many pieces its words lie.
    assert markdown(read_markdown(OWN)) == markdown(READ)
