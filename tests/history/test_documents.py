"""A state as JSON and Markdown, and Markdown back as a draft."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.history.documents import Edition, as_json, as_markdown
from articles.text import intake
from tests.reading.articles import citation, judged, section, source, state, verdict

EDITION = Edition(4, "9f" * 32)


def read_back(markdown: str) -> intake.Found:
    return intake.read(intake.decode(markdown.encode()), plain=False)


def texts(sections) -> list[tuple[int, str, str]]:
    return [(s.level, s.heading, s.body) for s in sections]


WELLS = state(
    section("It began early.\n\nIt had 15,209 staff."),
    section("- One well ran dry.\n- Another one did not.", heading="Wells *and* pumps", number=1),
    section("| a | b |\n| - | - |\n| 1 | 2 |", heading="C# {x} [y]_", level=3, number=2),
    section("It ended.[^1]\n\n[^1]: A note says so.", heading="The end #", level=4, number=3),
    title="Wells & *pumps*: C#",
    see_also=("Pumps", "how wells are dug", "One, two; three"),
)


def test_an_exported_article_comes_back():
    found = read_back(as_markdown(WELLS, EDITION))

    assert found.title == WELLS.title
    assert texts(found.sections) == texts(WELLS.sections)
    assert found.see_also == WELLS.see_also
    assert (found.origin, found.language) == ("ai", "en")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("origin", ["ai", "ai_assisted", "human"])
def test_the_notice_comes_back_as_the_origin(origin, language):
    claims = tuple(replace(c, origin=origin) for c in section("It had 15,209 staff.").claims)
    wells = state(replace(section("It had 15,209 staff."), claims=claims), language=language)

    found = read_back(as_markdown(wells, EDITION))

    assert found.origin == ("human" if origin == "human" else "ai")
    assert texts(found.sections) == [(2, "", "It had 15,209 staff.")]
    assert found.language == language


def test_references_are_told_and_not_imported():
    one = judged(section("It had 15,209 staff."), verdict(), citations=[citation()])
    markdown = as_markdown(state(one, sources=[source()]), EDITION)

    assert "\n1. UN Security Council, Fact sheet (United Nations, 30 June 2017), https" in markdown
    assert texts(read_back(markdown).sections) == [(2, "", "It had 15,209 staff.")]


def test_the_notice_counts_what_people_reviewed():
    one = judged(section("It had 15,209 staff. It never left."), verdict(by="ada"))

    assert "People have reviewed 1 of 2 sentences." in as_markdown(state(one), EDITION)


@given(st.text("ab#*_`[]{}<>&\\;: C1.", min_size=1, max_size=30))
def test_any_heading_comes_back(words):
    heading = f"Wells {' '.join(words.split())} pumps"
    wells = state(section("It began early."), section("It ended.", heading=heading, number=1))

    found = read_back(as_markdown(wells, EDITION))

    assert [s.heading for s in found.sections] == ["", heading]


def test_a_draft_has_no_date():
    assert as_json(state(), EDITION, slugs={})["published_at"] is None


def test_a_document_says_of_each_quote_whether_it_was_found():
    cited = judged(section("It came."), citations=[citation(), citation(quote="nine staff")])
    found = {("s1", "15,209 uniformed staff"): "exact"}

    document = as_json(
        state(cited, sources=[source()]),
        EDITION,
        slugs={},
        check=lambda source, quote: found.get((source, quote), "missing"),
    )

    ((claim,),) = (part["claims"] for part in document["sections"])
    assert [c["quote_check"] for c in claim["citations"]] == ["exact", "missing"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, {}),
        ({"claimant": "Mali"}, {"claimant": "Mali", "claimed": ""}),
        ({"claimant": "Mali", "claimed": "It spied"}, {"claimant": "Mali", "claimed": "It spied"}),
    ],
)
def test_a_document_says_whose_claim_a_verdict_judges_where_it_judges_one(given, said):
    part = judged(section("Mali said that it spied."), verdict("refuted", by="ada", **given))

    document = as_json(state(part), EDITION, slugs={})

    ((claim,),) = (part["claims"] for part in document["sections"])
    assert claim["verdict"] == {
        "rating": "refuted",
        "by": "human",
        "note": "",
        "as_of": "",
        "checked_at": "2026-11-14T08:00:00.000000+00:00",
        **said,
    }
