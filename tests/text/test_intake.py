"""Drafts of many shapes, taken apart."""

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import blocks, intake, literal
from articles.text.intake import Found, FoundSection, Unreadable, decode, read
from articles.text.plain import plain
from articles.text.render import render

PLAIN = """Water and Power in the Valley

💡 Heads up: This article includes content generated with AI. Please check it.

The valley has four wells. Two of them are dry.

Nobody knows why.

The Wells of the Valley

The first well was dug in 1931.

See also  How a Well is Dug: An Introduction

The second well followed in 1950.

Repairs after the flood

The pump failed in 2014.

Power Lines and Poles

The line reaches Kidal.

See also  Who Owns the Line
"""


def headings(found: Found) -> list[tuple[int, str]]:
    return [(section.level, section.heading) for section in found.sections]


def test_plain_text_gives_title_notice_introduction_levels_and_pointers():
    found = read(PLAIN, plain=True)

    assert found == Found(
        title="Water and Power in the Valley",
        origin="ai",
        notice="💡 Heads up: This article includes content generated with AI. Please check it.",
        language="en",
        sections=(
            FoundSection(
                2, "", "The valley has four wells. Two of them are dry.\n\nNobody knows why."
            ),
            FoundSection(
                2,
                "The Wells of the Valley",
                "The first well was dug in 1931.\n\nThe second well followed in 1950.",
            ),
            FoundSection(3, "Repairs after the flood", "The pump failed in 2014."),
            FoundSection(2, "Power Lines and Poles", "The line reaches Kidal."),
        ),
        see_also=("How a Well is Dug: An Introduction", "Who Owns the Line"),
        tags=(),
        warnings=("Headings were guessed from short lines, their levels from capitals.",),
    )


TITLES = {
    "atx": "# The Valley\n\n",
    "setext": "The Valley\n==========\n\n",
    "bold": "**The Valley**\n\n",
    "line": "The Valley\n\n",
    "label": "Title: The Valley\n\n",
    "front matter": '---\ntitle: "The Valley"\ntags:\n  - water\n---\n\n',
    "front matter and heading": "---\ntitle: The Valley\n---\n# The Valley\n\n",
}
HEADINGS = {
    "atx": ("## Origins", "### The First Well", "## Outlook"),
    "closed": ("## Origins ##", "### The *First* Well ###", "## Outlook ##"),
    "deep": ("### Origins", "#### The First Well", "### Outlook"),
    "numbered": ("1. Origins", "1.1 The First Well", "2. Outlook"),
    "bold and numbered": ("**1. Origins**", "**1.1. The First Well**", "**2. Outlook**"),
}


@pytest.mark.parametrize(("title", "heading"), list(product(TITLES, HEADINGS)))
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_titles_and_headings_have_many_shapes(title, heading, newline):
    first, second, third = HEADINGS[heading]
    text = (
        f"{TITLES[title]}An opening sentence.\n\n{first}\n\nOne here.\n\n"
        f"{second}\n\nTwo here.\n\n{third}\n\nThree here.\n"
    )

    found = read("\ufeff" + text.replace("\n", newline), plain=False)

    assert found.title == "The Valley"
    assert [(s.level, s.heading, s.body) for s in found.sections] == [
        (2, "", "An opening sentence."),
        (2, "Origins", "One here."),
        (3, "The First Well", "Two here."),
        (2, "Outlook", "Three here."),
    ]


def test_several_top_headings_leave_the_first_as_title_and_shift_the_rest():
    found = read("# T\n\n# A\n\nx\n\n## B\n\nx\n\n# C\n\nx\n", plain=False)

    assert found.title == "T"
    assert headings(found) == [(2, "A"), (3, "B"), (2, "C")]


def test_headings_below_the_lowest_level_are_raised_with_a_warning():
    found = read("# T\n\n## A\n\n### B\n\n#### C\n\n##### D\n\n###### E\n\nx\n", plain=False)

    assert headings(found) == [(2, "A"), (3, "B"), (4, "C"), (4, "D"), (4, "E")]
    assert "Headings deeper than level 4 were raised to it: 2." in found.warnings


def test_fenced_code_holds_no_headings():
    found = read("# T\n\n```sh\n# not\n\n## this\n```\n\n## Yes\n\nText.\n", plain=False)

    assert headings(found) == [(2, ""), (2, "Yes")]
    assert "## this" in found.sections[0].body


def test_numbers_that_follow_each_other_are_a_list():
    found = read("# T\n\n1. One\n\n2. Two\n\n3. Three\n\nText.\n", plain=False)

    assert headings(found) == [(2, "")]


def test_without_title_case_all_headings_are_of_one_level():
    text = "Le puits\n\nIl est là.\n\nMandat de la MINUSMA\n\nUn.\n\nSuite du projet\n\nDeux.\n"

    found = read(text, plain=True)

    assert found.language == "fr"
    assert headings(found) == [(2, ""), (2, "Mandat de la MINUSMA"), (2, "Suite du projet")]


def test_names_do_not_make_title_case():
    text = "T\n\nThe road goes to Kidal.\n\nRole of Kidal\n\nOne.\n\nRole of the road\n\nTwo.\n"

    assert headings(read(text, plain=True)) == [
        (2, ""),
        (2, "Role of Kidal"),
        (2, "Role of the road"),
    ]


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize(
    "notice",
    ["*This article was generated by AI.*", "> ⚠️ **Avertissement :** texte généré par une IA"],
)
def test_a_notice_is_found_wherever_it_stands(notice, place):
    parts = ["# T", "One is here.", "## A", "Two is here."]
    parts.insert(place, notice)

    found = read("\n\n".join(parts), plain=False)

    assert (found.origin, found.notice, found.title) == ("ai", notice, "T")
    assert [s.body for s in found.sections] == ["One is here.", "Two is here."]


def test_a_heading_over_nothing_but_a_notice_goes_with_it():
    found = read("# T\n\nOne.\n\n## Disclaimer\n\nThis text was written by AI.\n", plain=False)

    assert headings(found) == [(2, "")]
    assert found.origin == "ai"


@pytest.mark.parametrize(
    "pointers",
    [
        "See also: The Pump\n\nRelated: The Line",
        "## See also\n\n- [The Pump](/pump)\n- [The Line](/line) – who owns it",
        "**Voir aussi :** [The Pump](/pump) et [The Line](/line)",
        "À lire aussi\n\nThe Pump\n\nThe Line",
        "> 👉 **Read more:** [The Pump](/pump) | [The Line](/line)",
        "Related articles:\n- The Pump\n- The Line",
    ],
)
def test_pointers_to_other_articles_are_no_text(pointers):
    found = read(f"# T\n\nOne is here.\n\n{pointers}\n\n## A\n\nTwo is here.\n", plain=False)

    assert found.see_also == ("The Pump", "The Line")
    assert [s.body for s in found.sections] == ["One is here.", "Two is here."]


@pytest.mark.parametrize(
    "sentence", ["See also the report of 2013.", "Related forces stayed away.", "Read more slowly."]
)
def test_a_sentence_that_begins_like_a_pointer_is_text(sentence):
    found = read(f"# T\n\n{sentence}\n", plain=False)

    assert (found.see_also, found.sections[0].body) == ((), sentence)


def test_front_matter_gives_tags_and_language():
    found = read("---\ntitle: T\ntags: [water, Été]\nlang: fr-ML\n---\nText.\n", plain=False)

    assert (found.title, found.tags, found.language) == ("T", ("water", "Été"), "fr")


def test_footnotes_go_where_they_are_used():
    text = "# T\n\n## A\n\nOne.[^1] Two.[^2]\n\n## B\n\nThree.[^1]\n\n[^1]: First.\n[^2]: Second.\n"

    found = read(text, plain=False)

    assert [s.body for s in found.sections] == [
        "One.[^1] Two.[^2]\n\n[^1]: First.\n\n[^2]: Second.",
        "Three.[^1]\n\n[^1]: First.",
    ]


def test_lists_and_tables_stay_and_lines_between_sections_go():
    table = "| a | b |\n| --- | --- |\n| 1\xa0000 | 2 |"

    found = read(f"# T\n\n- a\n- b\n\n---\n\n## A\n\n{table}\n", plain=False)

    assert [s.body for s in found.sections] == ["- a\n- b", table]


def test_plain_text_with_marked_headings_is_markdown():
    found = read("# T\n\nOne *is* here.\n\n## A\n\nTwo.\n", plain=True)

    assert headings(found) == [(2, ""), (2, "A")]
    assert "The text has marked headings, so it was read as Markdown." in found.warnings


@pytest.mark.parametrize(
    ("line", "markdown"),
    [
        ("It had 15_209 staff, a * b, and x < y.", "It had 15_209 staff, a * b, and x < y."),
        ("*sic* and _sic_", r"\*sic\* and \_sic\_"),
        ("#1 of 3", "#1 of 3"),
        ("# of staff", r"\# of staff"),
        ("1. Corps of the army", r"1\. Corps of the army"),
        ("<b> &amp; [a](b)", r"\<b> \&amp; \[a](b)"),
        ("• item", "- item"),
    ],
)
def test_plain_text_is_escaped_no_more_than_needed(line, markdown):
    assert literal.text(blocks.split([line], markdown=False)) == markdown


MARKER = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?=\S)")


@given(st.text(alphabet="ab *_#`[]()<>&;!-.1:|~\\+=^/\"'é\n", max_size=40))
def test_plain_text_reads_the_same_once_rendered(text):
    found = blocks.split(text.split("\n"), markdown=False)

    shown = plain(render(literal.text(found))).text

    def bare(line: str) -> str:
        return re.escape(re.sub(r"\s", "", line))

    lines = [line for block in found for line in block.lines]
    either = "".join(f"(?:{bare(line)}|{bare(MARKER.sub('', line))})" for line in lines)
    assert re.fullmatch(either, re.sub(r"\s", "", shown))


@given(st.text(max_size=300) | st.text("ab# *-_=\n.`[]:>1", max_size=300), st.booleans())
def test_any_text_is_read_or_refused(text, as_plain):
    try:
        found = read(text, plain=as_plain)
    except Unreadable:
        return
    assert found.sections
    assert {section.level for section in found.sections} <= {2, 3, 4}
    assert all(section.heading for section in found.sections[1:])


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "The file is empty"),
        (bytes(range(256)) * 40, "Line 1 holds a NUL byte"),
        ("Titre\n\nUn été à Gao".encode("latin-1"), "Line 3 is not UTF-8 (byte 0xe9"),
        ("Titre".encode("utf-16"), "The file is in UTF-16"),
        (b"word " * 10_500_000, "The file has 50.1 MB"),
    ],
)
def test_a_file_that_is_no_text_is_refused_in_one_line(data, says):
    with pytest.raises(Unreadable) as refusal:
        decode(data)

    assert str(refusal.value).startswith(says)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("\n\n  \n", "There are no words in it"),
        ("# T\n\nA nul \0 here.\n", "Line 3 holds a NUL"),
        ("# T\n\n" + "> " * 100_000 + "x\n", "Line 3 has 200,001 characters"),
        ("# T\n\n" + "> " * 5_000 + "x\n", "nested|stand in one another"),
        ("# T\n\n" + "## H\n\nText.\n\n" * 10_000, "heading number 501"),
        (f"# T\n\n## {'H' * 301}\n\nText.\n", "301 characters"),
        ("\x01\x02\x03abc", "binary data"),
        ("word " * 500_000, "The text has 2.4 MB"),
        ("a\n\n" * 60_000, "paragraph number 50,001"),
    ],
)
def test_a_text_beyond_the_limits_is_refused_in_one_line(text, says):
    with pytest.raises(Unreadable, match=says) as refusal:
        read(text, plain=False)

    assert "\n" not in str(refusal.value)


def test_a_byte_order_mark_is_no_character():
    assert decode("\ufeffTitre été".encode()) == "Titre été"
    assert read("\ufeff# T\n\nx", plain=False).title == "T"
    assert intake.MOST_BYTES == 2 * 1024 * 1024
