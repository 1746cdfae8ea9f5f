import pytest

from articles.text.plain import plain
from articles.text.render import render
from articles.text.sentences import units
from articles.text.spans import Span
from articles.text.wrap import Piece, wrap


def wrapped(markdown: str) -> str:
    """Wrap each sentence in [n]…</span>, its tail being {n}, its card (n)."""
    html = render(markdown).replace(' rel="noopener"', "")
    pieces = [
        Piece(span, open=f"[{n}]", again=f"[{n}+]", tail=f"{{{n}}}", after=f"({n})")
        for n, span in enumerate(units(plain(html), "en"), start=1)
    ]
    return wrap(html, pieces).replace("</span>", "[/]").strip()


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("It was so. It is.", "<p>[1]It was so.[/]{1} [2]It is.[/]{2}</p>(1)(2)"),
        (
            "It *was* so. **It is.**",
            "<p>[1]It <em>was</em> so.[/]{1} [2]<strong>It is.</strong>[/]{2}</p>(1)(2)",
        ),
        (
            "It *was so. Now it* is.",
            "<p>[1]It [/]<em>[1+]was so.[/]{1} [2]Now it[/]</em>[2+] is.[/]{2}</p>(1)(2)",
        ),
        (
            "*It was **so. Now*** it is.",
            "<p><em>[1]It was [/]<strong>[1+]so.[/]{1} [2]Now[/]</strong></em>[2+] it is.[/]{2}"
            "</p>(1)(2)",
        ),
        (
            "- It was so.\n- - It is.\n\nNow here.",
            "<ul>\n<li>[1]It was so.[/]{1}</li>\n<li>\n<ul>\n<li>[2]It is.[/]{2}</li>\n</ul>\n</li>"
            "\n</ul>(1)(2)\n<p>[3]Now here.[/]{3}</p>(3)",
        ),
        (
            "It <b> was  \nso.",
            "<p>[1]It &lt;b&gt; was<br>\nso.[/]{1}</p>(1)",
        ),
    ],
)
def test_claims_in_markup(markdown, expected):
    assert wrapped(markdown) == expected


def test_a_footnote_mark_stands_outside_of_the_claim():
    html = wrapped("It was[^1] so.[^1] It is.\n\n[^1]: See the report there.")

    assert html.startswith('<p>[1]It was[/]<sup class="footnote-ref">')
    assert '</sup>[1+] so.[/]{1}<sup class="footnote-ref">' in html
    assert '<li id="fn-1"><p>[3]See the report there.[/]{3} <a href="#fnref-1"' in html
    assert html.endswith("</section>(3)")


def test_a_tail_never_stands_inside_a_link():
    html = wrapped("[It was *so. It is.* Now it](https://a.org) ends.")

    assert html == (
        '<p><a href="https://a.org">[1]It was [/]<em>[1+]so.[/]</em></a>{1}'
        '<a href="https://a.org"><em> [2]It is.[/]</em></a>{2}<a href="https://a.org"> '
        "[3]Now it[/]</a>[3+] ends.[/]{3}</p>(1)(2)(3)"
    )


def test_a_claim_over_several_blocks_is_split_between_them():
    html = render("One.\n\n- Two.")

    assert wrap(html, [Piece(Span(0, 9), "<span>", tail="!")]) == (
        "<p><span>One.</span></p>\n<ul>\n<li><span>Two.</span>!</li>\n</ul>\n"
    )


@pytest.mark.parametrize(
    "spans", [[Span(0, 0)], [Span(2, 5)], [Span(0, 3), Span(2, 4)], [Span(-1, 2)]]
)
def test_spans_that_cannot_be_wrapped_are_refused(spans):
    with pytest.raises(ValueError, match="empty, overlaps"):
        wrap("<p>One.</p>", [Piece(span, "<span>") for span in spans])


def test_nothing_to_wrap_changes_nothing():
    assert wrap("<p>One.</p>", []) == "<p>One.</p>"
