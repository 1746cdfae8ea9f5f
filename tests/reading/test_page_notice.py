from dataclasses import replace

import pytest

from articles.history.review import Tally, review
from articles.history.state import ArticleState
from articles.reading import notice
from articles.reading.page import render_article
from tests.reading.articles import facts, judged, section, state, verdict
from tests.reading.markup import parse

FIVE = "It came. It stayed. It grew. It shrank. It paid."
TWO = section("It had 15,209 staff. It never left.")


def written(article: ArticleState, **who: str) -> ArticleState:
    """The article with other writers behind each sentence."""
    return replace(
        article,
        sections=tuple(
            replace(s, claims=tuple(replace(claim, **who) for claim in s.claims))
            for s in article.sections
        ),
    )


NOBODY = state(TWO)
SUGGESTED = state(judged(TWO, verdict(), verdict("refuted")))
ONE = state(judged(TWO, verdict(by="anna"), verdict()))
BOTH = state(judged(TWO, verdict(by="anna"), verdict("refuted", by="anna")))
REWRITTEN = state(judged(TWO, verdict(by="anna"), verdict(by="anna", on="It left early.")))


@pytest.mark.parametrize(
    ("article", "signed", "reviewed", "checked", "headline"),
    [
        (NOBODY, "", "none", "0", "Written by AI. No person has reviewed it yet."),
        (SUGGESTED, "", "none", "0", "Written by AI. No person has reviewed it yet."),
        (ONE, "", "partial", "1", "Written by AI. People have reviewed 1 of 2 sentences."),
        (
            BOTH,
            "",
            "full",
            "2",
            "Written by AI. People have reviewed every sentence; "
            "nobody has taken responsibility yet.",
        ),
        (
            BOTH,
            "Anna Example",
            "full",
            "2",
            "Written by AI, reviewed by people. Responsible: Anna Example.",
        ),
        (REWRITTEN, "", "partial", "1", "Written by AI. People have reviewed 1 of 2 sentences."),
        (written(NOBODY, origin="human"), "", "none", "0", "Written by people."),
        (
            written(NOBODY, origin="ai_assisted"),
            "",
            "none",
            "0",
            "Written by AI and people. No person has reviewed it yet.",
        ),
    ],
)
def test_the_notice_follows_from_the_record(article, signed, reviewed, checked, headline):
    root = parse(render_article(article, facts(responsible=signed)))

    aside = root.one("aside", id="ai-notice")
    coverage = root.one("p", id="coverage")
    assert aside["data-origin"] == review(article).origin
    assert aside["data-reviewed"] == reviewed
    assert (coverage["data-checked"], coverage["data-total"]) == (checked, "2")
    assert aside.one("p", class_="headline").text == headline
    assert "compliant" not in root.text.lower()


def test_a_signature_under_a_partly_reviewed_text_is_named_too():
    root = parse(render_article(ONE, facts(responsible="Anna Example")))

    assert (
        "Anna Example takes editorial responsibility for this revision."
        in root.one("aside", id="ai-notice").text
    )


def test_a_machines_change_after_the_review_is_told():
    assert list(notice.remarks(review(REWRITTEN), "")) == [
        "A machine changed 1 sentence after the review.",
        "Nobody has taken editorial responsibility for this text.",
    ]


def test_a_persons_change_after_the_review_is_no_machines():
    edited = written(REWRITTEN, writer="human")

    assert list(notice.remarks(review(edited), "")) == [
        "Nobody has taken editorial responsibility for this text."
    ]


def test_the_bar_is_as_long_as_what_it_counts():
    tallies = (
        Tally("none", "", False, 1),
        Tally("outdated", "human", True, 1),
        Tally("refuted", "machine", False, 2),
        Tally("supported", "human", False, 4),
    )

    drawn = notice.bar(tallies)

    assert [(part.rating, part.by, part.width) for part in drawn] == [
        ("supported", "human", 298.0),
        ("refuted", "machine", 148.0),
        ("outdated", "human", 73.0),
        ("none", "", 73.0),
    ]


def test_the_key_tells_people_and_machines_apart():
    tallies = (
        Tally("supported", "human", False, 4),
        Tally("supported", "human", True, 1),
        Tally("supported", "machine", False, 2),
    )

    assert [
        (entry.label, [(part.by, part.count) for part in entry.counts])
        for entry in notice.key(tallies)
    ] == [("supported", [("human", 4), ("machine", 2)]), ("changed since check", [("", 1)])]


def test_the_key_is_heard_as_phrases():
    both = state(judged(section(f"{FIVE} It left."), *[verdict(by="anna")] * 3, *[verdict()] * 2))
    root = parse(render_article(both, facts()))

    assert [entry.text for entry in root.one("ul", class_="key").all("li")] == [
        "supported: 3 by a person, 2 suggested by a machine",
        "not checked: 1",
        "What do these signs mean?",
    ]


def test_an_article_without_a_sentence_has_a_notice():
    root = parse(render_article(state(section("")), facts()))

    assert root.one("p", id="coverage")["data-total"] == "0"
