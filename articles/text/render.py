"""The one renderer: Markdown to clean HTML.

CommonMark with tables, ~~strikethrough~~ and footnotes. Raw HTML is shown as the text that it
is: nothing that somebody typed gets lost, and nothing of it becomes markup. A heading inside a
section becomes a bold paragraph: the outline consists of the article's sections alone.

`python -m articles.text.render` reads Markdown from stdin and writes HTML to stdout.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from articles.text.limits import (
    MARKS,
    NESTING,
    TooLarge,
    check_blocks,
    check_inlines,
    check_source,
    count_marks,
    has_bracket_pile,
)

__all__ = ["TooLarge", "check_limits", "render"]

ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f]+|#fn(?:ref)?-[a-z0-9-]+", re.IGNORECASE)
PREFIX = re.compile(r"[a-z0-9-]*")

# Everything that may stand in clean HTML, by name; values as far as they can be told.
ATTRIBUTES = {
    "a": {"href": ADDRESS, "title": None, "id": re.compile(r"fnref-[a-z0-9-]+")}
    | {"class": re.compile("footnote-backref"), "role": re.compile("doc-(?:noteref|backlink)")},
    "code": {"class": re.compile(r"language-[\w+#.-]+")},
    "img": {
        "src": re.compile(r"https?://[^\s\x00-\x1f]+", re.IGNORECASE),
        "alt": None,
        "title": None,
    },
    "li": {"id": re.compile(r"fn-[a-z0-9-]+")},
    "ol": {"start": re.compile(r"\d{1,9}")},
    "section": {"class": re.compile("footnotes")},
    "sup": {"class": re.compile("footnote-ref")},
    "td": {"align": re.compile("left|center|right")},
    "th": {"align": re.compile("left|center|right")},
}
TAGS = {
    *("p", "br", "hr", "em", "strong", "s", "del", "code", "pre", "blockquote", "ul", "ol", "li"),
    *("table", "thead", "tbody", "tr", "th", "td", "a", "img", "sup", "sub", "section"),
}


def render(markdown: str, *, prefix: str = "") -> str:
    """Return the clean HTML of a section's Markdown.

    ``prefix`` (the section's uid) keeps the ids of footnotes apart where several sections
    stand on one page. Takes at most a second and never fails for a text that `check_limits`
    accepts; raises TooLarge for any other, and ValueError for a prefix that is no uid.

    >>> render("Mali has **19** regions <!-- as of 2023 -->.")
    '<p>Mali has <strong>19</strong> regions &lt;!-- as of 2023 --&gt;.</p>\\n'
    """
    if not PREFIX.fullmatch(prefix):
        raise ValueError(f"“{prefix}” is no prefix for ids: small letters, digits, hyphens only.")
    env = {"prefix": f"{prefix}-" if prefix else ""}
    tokens = _parse(markdown, env)
    return CLEANER.clean(PARSER.renderer.render(tokens, PARSER.options, env))


def check_limits(markdown: str) -> None:
    """Raise TooLarge, with the reason, for a text that `render` would not take."""
    _parse(markdown, {})


def blocks_of(markdown: str) -> list[Token]:
    """Return the parser's tokens, whose block tokens know their lines."""
    return _parse(markdown, {})


def _parse(markdown: str, env: dict[str, Any]) -> list[Token]:
    check_source(markdown)
    return PARSER.parse(markdown, env)


def _parse_inlines(state: StateCore) -> None:
    """Parse paragraphs' content, as soon as its size is known to be harmless.

    In the place of markdown-it's own rule: brackets cost depth times length there, and the
    depth to which blocks may be nested would make that seconds. What would take too long all
    the same is shown as it was typed.
    """
    check_blocks(state.tokens)
    tried = 0
    for token in state.tokens:
        if token.type == "inline":
            tried += count_marks(token.content)
            costly = tried > MARKS or has_bracket_pile(token.content)
            parser = AS_TYPED if costly else INLINE_PARSER
            children: list[Token] = []
            parser.inline.parse(token.content, parser, state.env, children)
            token.children = list(_without_dead_links(children))
        elif token.type in ("th_open", "td_open") and (style := token.attrs.pop("style", None)):
            token.attrs["align"] = str(style).removeprefix("text-align:")
    check_inlines(state.tokens)


def _without_dead_links(tokens: Sequence[Token]) -> Iterator[Token]:
    """Leave out links to addresses that readers could not follow; their text stays."""
    alive: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            alive.append(bool(ADDRESS.fullmatch(str(token.attrs["href"]))))
            if not alive[-1]:
                continue
        elif token.type == "link_close" and not alive.pop():
            continue
        yield token


def _parser(nesting: int) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": nesting})
    return parser.enable(["table", "strikethrough"]).use(footnote_plugin, inline=False)


def _heading_open(*_: object) -> str:
    return "<p><strong>"


def _heading_close(*_: object) -> str:
    return "</strong></p>\n"


def _footnote_mark(
    _renderer: object, tokens: Sequence[Token], index: int, _options: object, env: dict[str, Any]
) -> str:
    number = tokens[index].meta["id"] + 1
    return (
        f'<sup class="footnote-ref"><a href="#fn-{env["prefix"]}{number}"'
        f' id="{_mark_id(tokens[index], env)}" role="doc-noteref">[{number}]</a></sup>'
    )


def _footnote_open(
    _renderer: object, tokens: Sequence[Token], index: int, _options: object, env: dict[str, Any]
) -> str:
    return f'<li id="fn-{env["prefix"]}{tokens[index].meta["id"] + 1}">'


def _footnote_back(
    _renderer: object, tokens: Sequence[Token], index: int, _options: object, env: dict[str, Any]
) -> str:
    # U+FE0E: an arrow of text, no emoji
    return (
        f' <a href="#{_mark_id(tokens[index], env)}" class="footnote-backref"'
        ' role="doc-backlink">\u21a9\ufe0e</a>'
    )


def _mark_id(token: Token, env: dict[str, Any]) -> str:
    """Return the id of a footnote's mark; a note may be referred to more than once."""
    again = token.meta.get("subId", 0)
    suffix = f"-{again + 1}" if again else ""
    return f"fnref-{env['prefix']}{token.meta['id'] + 1}{suffix}"


def _footnotes_open(*_: object) -> str:
    return '<section class="footnotes">\n<ol>\n'


def _allowed(tag: str, name: str, value: str) -> str | None:
    """Return an attribute's value where it may stay.

    nh3 asks for allowed names only, and for those that it sets by itself, which have no pattern.
    """
    pattern = ATTRIBUTES[tag].get(name)
    return value if pattern is None or pattern.fullmatch(value) else None


# A list in a list counts two levels.
PARSER = _parser(2 * NESTING + 20)
PARSER.core.ruler.at("inline", _parse_inlines)
PARSER.add_render_rule("heading_open", _heading_open)
PARSER.add_render_rule("heading_close", _heading_close)
PARSER.add_render_rule("footnote_ref", _footnote_mark)
PARSER.add_render_rule("footnote_block_open", _footnotes_open)
PARSER.add_render_rule("footnote_open", _footnote_open)
PARSER.add_render_rule("footnote_anchor", _footnote_back)
INLINE_PARSER = _parser(20)
AS_TYPED = MarkdownIt("zero")

CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes={tag: set(attributes) for tag, attributes in ATTRIBUTES.items()},
    attribute_filter=_allowed,
    url_schemes={"http", "https", "mailto"},
    url_relative="pass_through",  # the filter leaves none but those of footnotes
    link_rel="noopener",
    set_tag_attribute_values={"img": {"loading": "lazy", "referrerpolicy": "no-referrer"}},
)


def main() -> int:
    try:
        sys.stdout.write(render(sys.stdin.buffer.read().decode()))
    except UnicodeDecodeError as error:
        sys.stderr.write(f"stdin is not UTF-8 (byte {error.start}); convert it, then try again.\n")
    except TooLarge as error:
        sys.stderr.write(f"{error}\n")
    else:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
