import pytest

from articles.text.plain import plain
from articles.text.render import render
from articles.text.spans import Span


def blocks(markdown: str) -> list[str]:
    text = plain(render(markdown))
    return [block.of(text.text) for block in text.blocks]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("One\ntwo  \nthree.", ["One two three."]),
        ("a **b** *c*`d`", ["a b cd"]),
        ("# Head\n\nText", ["Head", "Text"]),
        ("- one\n  - two\n\n    more\n- three", ["one", "two", "more", "three"]),
        ("|a|b|\n|-|-|\n|c|**d** e|\n||f|", ["a", "b", "c", "d e", "f"]),
        ("> quote\n\n```\nx  =\n  1\n```", ["quote", "x = 1"]),
        ("One.[^1] Two.\n\n[^1]: Body *of* it.", ["One. Two.", "Body of it."]),
        ("See ![a map](https://example.org/m.png) here.", ["See here."]),
        ("15\u00a0209 &amp; &lt;b&gt; &nbsp; x", ["15 209 & <b> x"]),
        ("so\u00adft\u200bly ☺\ufe0f e\u0301", ["so\u00adft\u200bly ☺\ufe0f e\u0301"]),
        ("", []),
        ("***\n\n![](https://example.org/m.png)", []),
    ],
)
def test_blocks(markdown, expected):
    assert blocks(markdown) == expected


def test_blocks_are_joined_by_a_newline():
    text = plain("<p>One.</p>\n<ul>\n<li>Two</li>\n</ul>")

    assert (text.text, text.blocks) == ("One.\nTwo", (Span(0, 4), Span(5, 8)))


def test_a_span_finds_its_place_in_the_html():
    html = "<p>Gao &amp; <em>Kidal</em></p>"
    text = plain(html)

    start, end = text.place(Span(text.text.index("&"), len(text.text)))

    assert html[start:end] == "&amp; <em>Kidal"


def test_a_tag_sign_inside_a_title_ends_no_tag():
    assert blocks('[x](https://example.org "a > b") y') == ["x y"]
