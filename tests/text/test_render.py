import gc
import subprocess
import sys
import time

import pytest

from articles.text.render import render


def test_a_paragraph_with_marks():
    assert render("One *two* **three** `four` ~~five~~ <https://example.org/a?b=1&c=2>") == (
        "<p>One <em>two</em> <strong>three</strong> <code>four</code> <s>five</s> "
        '<a href="https://example.org/a?b=1&amp;c=2" rel="noopener">'
        "https://example.org/a?b=1&amp;c=2</a></p>\n"
    )


def test_a_table_keeps_its_alignment_without_style():
    assert render("| a | b |\n| :-: | - |\n| 1 | 2 |") == (
        '<table>\n<thead>\n<tr>\n<th align="center">a</th>\n<th>b</th>\n</tr>\n</thead>\n'
        '<tbody>\n<tr>\n<td align="center">1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>\n'
    )


def test_raw_html_is_shown_as_it_was_typed():
    typed = '<span class="claim" data-claim="forged">Four.</span> <script>alert(1)</script>'

    assert render(typed) == (
        '<p>&lt;span class="claim" data-claim="forged"&gt;Four.&lt;/span&gt; '
        "&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"
    )


def test_a_heading_inside_a_section_stays_out_of_the_outline():
    assert render("# Big\n\nSmall\n---") == (
        "<p><strong>Big</strong></p>\n<p><strong>Small</strong></p>\n"
    )


@pytest.mark.parametrize(
    "address",
    ["/relative", "page.html", "//example.org/x", "#references", "ftp://example.org", "tel:1"],
)
def test_a_link_that_leads_nowhere_is_its_text(address):
    assert render(f"[here]({address}) and [there](https://example.org)") == (
        '<p>here and <a href="https://example.org" rel="noopener">there</a></p>\n'
    )


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "vbscript:x",
        "data:text/html;base64,PHNjcmlwdD4=",
    ],
)
def test_an_address_that_runs_is_no_link(address):
    assert "<a" not in render(f"[x]({address})")
    assert "<img" not in render(f"![x]({address})")


def test_an_inline_image_as_data_loses_its_address():
    html = render("![a map](data:image/png;base64,iVBORw0KGgo=)")

    assert "data:" not in html
    assert 'alt="a map"' in html


def test_footnotes_have_the_sections_uid_in_their_ids():
    html = render("One.[^a] Two.[^a]\n\n[^a]: See *there*.", prefix="s-1")

    assert html == (
        '<p>One.<sup class="footnote-ref"><a href="#fn-s-1-1" id="fnref-s-1-1"'
        ' role="doc-noteref" rel="noopener">[1]</a></sup> Two.<sup class="footnote-ref">'
        '<a href="#fn-s-1-1" id="fnref-s-1-1-2" role="doc-noteref" rel="noopener">[1]</a></sup>'
        '</p>\n<section class="footnotes">\n<ol>\n<li id="fn-s-1-1"><p>See <em>there</em>. '
        '<a href="#fnref-s-1-1" class="footnote-backref" role="doc-backlink" rel="noopener">'
        '\u21a9\ufe0e</a> <a href="#fnref-s-1-1-2" class="footnote-backref" role="doc-backlink"'
        ' rel="noopener">\u21a9\ufe0e</a></p>\n</li>\n</ol>\n</section>\n'
    )


def test_a_prefix_that_could_leave_the_id_is_refused():
    with pytest.raises(ValueError, match="no prefix for ids"):
        render("One.", prefix='x" onclick="')


def test_code_keeps_its_language_and_nothing_else():
    assert render("```python\nx = '<b>'\n```") == (
        "<pre><code class=\"language-python\">x = '&lt;b&gt;'\n</code></pre>\n"
    )
    assert render("```claim\"data-claim='x'\nx\n```").startswith("<pre><code>")


def test_a_paragraph_that_would_take_too_long_is_shown_as_it_was_typed():
    pile = "*a* " + "[" * 51

    assert render(f"{pile}\n\n*b*") == f"<p>{pile}</p>\n<p><em>b</em></p>\n"


# Each once took the parser, or a parser like it, more than linear time.
HARD = {
    "open brackets": ("[" * 50 + "a\n\n") * 700,
    "a pile of open brackets": ("[" * 19_000 + "\n") * 10,
    "a pile of images": ("![" * 9_000 + "\n\n") * 11,
    "open images": ("![" * 19 + "\n\n") * 900,
    "emphasis": ("*a **a " * 2_700 + "\n") * 10,
    "mixed emphasis": ("*_" * 9_500 + "\n") * 10,
    "backticks": " ".join("`" * length for length in range(1, 190)),
    "quotes": ("> " * 100 + "a\n") * 980,
    "lists": "- a\n" * 10_000,
    "nested lists": "".join("  " * depth + "- a\n" for depth in range(99)) * 19,
    "lines that lazily go on": "> " * 99 + "a\n" + "b\n" * 900,
    "table": "|a|b|\n|-|-|\n" + "|a|b|\n" * 4_998,
    "footnotes": "".join(f"[^{n}]: a\n\n[^{n}]\n\n" for n in range(4_500)),
    "links that do not end": ("[a](" * 4_700 + "\n") * 10,
    "entities": ("&amp;" * 3_900 + "\n") * 10,
    "words": ("word " * 3_900 + "\n\n") * 10,
}


@pytest.mark.parametrize("name", HARD)
def test_accepted_text_is_rendered_within_a_second(name):
    # What the tests before left on the heap is not to be looked through at rendering's expense.
    gc.collect()
    gc.freeze()
    started = time.process_time()

    render(HARD[name])

    took = time.process_time() - started
    gc.unfreeze()
    assert took < 1


def test_the_command_renders_stdin():
    done = subprocess.run(
        [sys.executable, "-m", "articles.text.render"],
        input="**Ménaka**\n".encode(),
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stdout.decode(), done.stderr) == (
        0,
        "<p><strong>Ménaka</strong></p>\n",
        b"",
    )


@pytest.mark.parametrize("sent", [b"\xff\xfe", b"a\0b", b"x" * 20_001])
def test_the_command_says_in_one_line_what_is_wrong(sent):
    done = subprocess.run(
        [sys.executable, "-m", "articles.text.render"], input=sent, capture_output=True, check=False
    )

    assert (done.returncode, done.stdout) == (1, b"")
    assert len(done.stderr.splitlines()) == 1
