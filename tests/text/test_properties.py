"""What holds for any text that somebody may type."""

import re
from html import unescape
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from articles.text.plain import plain
from articles.text.render import TooLarge, render
from articles.text.sentences import sentences, units
from articles.text.wrap import Piece, wrap

FRAGMENTS = [
    *("word", "Gen. Sow", "15,209.", "M. Keïta", "déc. 2023", "U.N.", "No… Yes! ", "« Oui. »", "é"),
    *(" ", "  ", "\n", "\n\n", "\n    ", "\t", "\r\n", "\u00a0", "\u202f", "\u200b", "☺\ufe0f"),
    *("*", "**", "_", "~~", "`", "```\n", "[", "]", "(", ")", "![", "](", "<", ">", "\\", "&", "#"),
    *("- ", "1. ", "> ", "| ", "|-|-|\n", "---\n", "===\n", "[^1]", "\n\n[^1]: ", "[a]: ", ":"),
    *("https://example.org", "javascript:alert(1)", "data:text/html,x", "&lt;", "&#x6a;", "&nbsp;"),
    *('<b onclick="x">', "</span>", "<script>", '<span class="claim" data-claim="x">', "<!--", '"'),
    *("[One. Two](https://a.org 'x > y')", "![map](https://a.org/m.png)", "**One. Two** three."),
]
MARKDOWN = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=4), max_size=40).map("".join)
LANGUAGES = st.sampled_from(["en", "fr", "de"])

EMPTY = {"br", "hr", "img"}
ALLOWED = {
    "a": {"href", "title", "id", "class", "role", "rel"},
    "code": {"class"},
    "img": {"src", "alt", "title", "loading", "referrerpolicy"},
    "li": {"id"},
    "ol": {"start"},
    "section": {"class"},
    "sup": {"class"},
    "td": {"align"},
    "th": {"align"},
}
BARE = {
    *("p", "br", "hr", "em", "strong", "s", "pre", "blockquote", "ul"),
    *("table", "thead", "tbody", "tr"),
}


class Reader(HTMLParser):
    """Reads HTML as Python's own parser does: balance, attributes, and text outside of tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data}")

    handle_decl = handle_pi = unknown_decl = handle_comment


def rendered(markdown: str) -> str:
    try:
        return render(markdown, prefix="s1")
    except TooLarge:
        return ""


@given(MARKDOWN)
def test_rendering_never_fails_and_its_html_is_clean(markdown):
    for tag, attributes in Reader(rendered(markdown)).elements:
        assert tag in BARE or tag in ALLOWED
        assert attributes.keys() <= ALLOWED.get(tag, set())
        for name, value in attributes.items():
            match name:
                case "href":
                    assert re.match(
                        r"https?://|mailto:|#fn(ref)?-[a-z0-9-]+$", value, re.IGNORECASE
                    )
                case "src":
                    assert re.match("https?://", value, re.IGNORECASE)
                case "id":
                    assert re.fullmatch(r"fn(ref)?-s1-[0-9-]+", value)
                case "class":
                    assert re.fullmatch(r"language-\S+|footnote-(back)?ref|footnotes", value)


@given(MARKDOWN)
def test_every_character_is_found_in_the_html(markdown):
    html = rendered(markdown)
    text = plain(html)

    assert len(text.starts) == len(text.ends) == len(text.text)
    assert "\n".join(block.of(text.text) for block in text.blocks) == text.text
    for character, start, end in zip(text.text, text.starts, text.ends, strict=True):
        if not character.isspace():
            assert unescape(html[start:end]) == character


@given(MARKDOWN)
def test_plain_text_is_what_an_html_parser_reads(markdown):
    html = rendered(markdown)
    without_notes = re.sub(
        r'<sup class="footnote-ref">.*?</sup>|<a href="[^"]*" class="footnote-backref.*?</a>',
        "",
        html,
    )

    assert "".join(plain(html).text.split()) == "".join("".join(Reader(without_notes).text).split())


@given(MARKDOWN, LANGUAGES)
def test_sentences_cover_their_text_and_do_not_overlap(text, language):
    reached = 0
    for span in sentences(text, language):
        assert not text[reached : span.start].strip()
        assert span.of(text) == span.of(text).strip() != ""
        reached = span.end
    assert not text[reached:].strip()


@given(MARKDOWN, LANGUAGES)
def test_wrapping_keeps_the_text_and_the_tags_in_order(markdown, language):
    html = rendered(markdown)
    text = plain(html)
    spans = units(text, language)
    pieces = [
        Piece(span, f'<span id="{n}" title="{n}">', "<b>T</b>", f'<span title="{n}">', "<i>A</i>")
        for n, span in enumerate(spans)
    ]

    result = wrap(html, pieces)

    reader = Reader(result)
    assert plain(result.replace("<b>T</b>", "").replace("<i>A</i>", "")).text == text.text
    assert result.count("<b>T</b>") == result.count("<i>A</i>") == len(spans)
    ids = [
        attributes["id"]
        for tag, attributes in reader.elements
        if tag == "span" and "id" in attributes
    ]
    assert ids == [str(n) for n in range(len(spans))]
    for n, span in enumerate(spans):
        assert "".join(claim_text(result, n).split()) == "".join(span.of(text.text).split())


def claim_text(html: str, number: int) -> str:
    """Return what stands in the spans of one claim."""
    parts = re.findall(rf'<span[^>]* title="{number}">(.*?)</span>', html, re.DOTALL)
    return "".join(plain(part).text for part in parts)
