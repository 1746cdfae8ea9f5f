import time
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.reading import cards
from articles.reading.page import render_article
from tests.reading.articles import (
    citation,
    facts,
    judged,
    section,
    source,
    state,
    verdict,
)
from tests.reading.markup import Node, parse

NASTY = "\"><script>alert(1)</script><img src=x onerror=alert(1)> ' {{ x }} {% x %} &amp;"


def read(article=None, **values) -> Node:
    return parse(render_article(article or state(), facts(**values)))


def claims(root: Node) -> list[dict[str, str]]:
    return [node.attributes for node in root.all("span", class_="claim")]


def test_the_article_says_which_revision_it_is():
    article = read().one("article")

    assert article["data-article"] == "wells"
    assert article["data-revision"] == "4"
    assert article["data-hash"] == "9f" * 32
    assert article["ai-disclosure"] == "ai-autonomous"


def test_the_head_discloses_the_same_as_the_article():
    root = read()

    assert root.one("meta", name="ai-disclosure")["content"] == root.one("article")["ai-disclosure"]


def test_a_claim_carries_its_verdict():
    first = judged(section("It had 15,209 staff. It never left."), verdict("outdated"))

    assert claims(read(state(first))) == [
        {
            "class": "claim",
            "id": "c-c00",
            "data-claim": "c00",
            "data-verdict": "outdated",
            "data-by": "machine",
            "data-stale": "false",
        },
        {
            "class": "claim",
            "id": "c-c01",
            "data-claim": "c01",
            "data-verdict": "none",
            "data-stale": "false",
        },
    ]


def test_a_claim_that_differs_discloses_how_it_was_written():
    first = judged(section("It had 15,209 staff. It never left."), verdict(by="anna"))

    spans = read(state(first)).all("span", class_="claim")

    assert [span.attributes.get("ai-disclosure") for span in spans] == ["ai-assisted", None]


def test_markup_splits_a_claim_without_repeating_its_id():
    root = read(state(section("It [had 15,209](https://example.org) staff.\n\n> - It *never*\n")))

    spans = root.all("span", data_claim="c00")

    assert "".join(span.raw for span in spans) == "It had 15,209 staff."
    assert Counter("id" in span for span in spans)[True] == 1


def test_a_claim_without_evidence_leads_to_its_own_page():
    mark = read().all("a", class_="mark")[0]

    assert mark["href"] == "/claims/c00/"
    assert mark["aria-label"] == "Not checked: this sentence’s record"


def test_a_claim_with_evidence_opens_a_card_behind_the_text():
    first = judged(
        section("It had 15,209 staff. It never left.\n\nA second paragraph stands here."),
        verdict("partly_supported", note="Counted in June.", as_of="2017-06"),
        citations=[citation()],
    )

    root = read(state(first, sources=[source()]))

    mark = root.one("button", class_="mark")
    card = root.one(id=mark["popovertarget"])
    assert mark["aria-label"] == "Partly supported, machine suggestion: show evidence"
    assert "Counted in June. As of June 2017." in card.text
    assert "Supports: [1] UN Security Council, 30 June 2017, p. 3" in card.text
    assert card.one("blockquote").text == "15,209 uniformed staff"
    part = root.one("section", data_section="s0")
    assert [child.tag for child in part.children if isinstance(child, Node)] == ["p", "p"]
    assert card in root.one("div", class_="end-notes").children


@pytest.mark.parametrize(
    ("claimed", "said"),
    [
        ("It spied", "Judges what Mali’s <government> claimed: “It spied”"),
        ("", "Judges what Mali’s <government> claimed, not whether it was said."),
    ],
)
def test_a_card_says_whose_claim_its_verdict_judges(claimed, said):
    given = verdict("refuted", by="anna", claimant="Mali’s <government>", claimed=claimed)

    root = read(state(judged(section("Mali said that it spied."), given)))

    assert said in root.one(id="e-1").text
    assert root.one("button", class_="mark")["aria-label"] == (
        "Refuted, by a person, about a claim by Mali’s <government>: show evidence"
    )


def test_a_card_of_a_verdict_on_the_sentence_names_no_claimant():
    root = read(state(judged(section("Mali said that it spied."), verdict(by="anna"))))

    assert "Judges" not in root.text
    assert root.one("button", class_="mark")["aria-label"] == (
        "Supported, by a person: show evidence"
    )


def test_a_stale_card_shows_what_changed():
    first = judged(section("It had 15,209 staff."), verdict(by="anna", on="It had 15,290 staff."))

    root = read(state(first))

    (span,) = claims(root)
    card = root.one(id="e-1")
    assert (span["data-stale"], span["data-by"]) == ("true", "human")
    assert (card.one("del").text, card.one("ins").text) == ("15,290", "15,209")
    assert "A person judged an earlier wording “Supported” on 14 November 2026." in card.text


def test_beyond_a_number_of_cards_marks_lead_to_the_claims_pages(monkeypatch):
    monkeypatch.setattr(cards, "MOST_CARDS", 1)
    first = judged(section("It had 15,209 staff. It never left."), verdict(), verdict())

    root = read(state(first))

    assert not root.all(class_="card")
    assert [mark["href"] for mark in root.all("a", class_="mark")] == [
        "/claims/c00/",
        "/claims/c01/",
    ]


def test_references_are_numbered_as_they_are_met():
    one = judged(section("One stands here."), citations=[citation("s2"), citation("s1")])
    two = judged(
        section("Two stands here.", heading="Second", number=1),
        citations=[citation("s1"), citation("s1", quote="another quote")],
    )

    root = read(state(one, two, sources=[source("s1"), source("s2")]))

    assert [item["data-source"] for item in root.one("ol", id="references").all("li")] == [
        "s2",
        "s1",
    ]
    assert [(c["href"], c.text) for c in root.all("a", class_="cite")] == [
        ("#ref-1", "1"),
        ("#ref-2", "2"),
        ("#ref-2", "2"),
    ]
    second = root.one("li", id="ref-2")
    assert second["data-quote-check"] == "unchecked"
    assert not second.all("blockquote")
    assert [a["href"] for a in second.all("a")] == [
        "https://example.org/sheet",
        "#m-1",
        "#m-2",
        "/sources/s1/",
    ]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", ""])
def test_a_source_links_to_the_web_only(url):
    one = judged(section("One stands here."), citations=[citation()])

    root = read(state(one, sources=[source(url=url)]))

    assert not root.one("li", id="ref-1").one("cite").all("a")


def test_deeper_sections_lie_in_the_one_above():
    root = read(
        state(
            section("An introduction stands here."),
            section("", heading="First", number=1),
            section("", heading="Inner", number=2, level=3),
            section("", heading="Innermost", number=3, level=4),
            section("", heading="Second", number=4),
        )
    )

    first = root.one("section", id="first")
    assert [part["data-section"] for part in first.all("section")] == ["s2", "s3"]
    assert [heading.tag for heading in first.walk() if heading.tag in {"h2", "h3", "h4"}] == [
        "h2",
        "h3",
        "h4",
    ]
    assert not root.one("section", id="introduction").all("section")
    assert [link["href"] for link in root.one("nav", class_="toc").all("a")] == [
        "#first",
        "#inner",
        "#innermost",
        "#second",
    ]


def test_contents_count_what_is_flagged():
    first = judged(
        section("One is here. Two is here. Three is here.", heading="First"),
        verdict("refuted"),
        verdict("outdated"),
        verdict("supported"),
    )

    assert read(state(first)).one("span", class_="n").text.split()[0] == "2"


def test_no_heading_takes_an_id_of_the_page():
    headings = ["References", "Main", "Coverage", "AI notice", "Ref 1", "C c00", "See also", "Cite"]
    parts = [
        judged(
            section("One stands here.[^1]\n\n[^1]: A note is here.", heading=heading, number=n),
            verdict(),
            citations=[citation()],
        )
        for n, heading in enumerate(headings + headings)
    ]

    root = read(state(*parts, sources=[source()], see_also=("Else",)))

    ids = Counter(node["id"] for node in root.walk() if "id" in node)
    assert [name for name, count in ids.items() if count > 1] == []
    targets = {node["href"][1:] for node in root.all("a") if node["href"].startswith("#")}
    assert targets <= ids.keys()


def test_tags_lead_to_their_pages():
    root = read(state(section("One stands here.", tags=("C++", "Été"))))

    links = root.one("ul", class_="tags").all("a")
    assert [(a["href"], a.text) for a in links] == [
        ("/tags/c/", "C++"),
        ("/tags/%C3%A9t%C3%A9/", "Été"),
    ]


def test_see_also_links_what_is_published():
    root = read(state(see_also=("Rivers", "Lakes")), links={"Rivers": "rivers"})

    items = root.one("section", id="see-also").all("li")
    assert [item.text for item in items] == ["Rivers", "Lakes (not written yet)"]
    assert [a["href"] for a in items[0].all("a")] == ["/articles/rivers/"]


def test_the_latest_correction_stands_under_the_title():
    root = read(correction="The count is of June.", corrected_at=facts().published_at)

    assert root.one("p", class_="corrected").text == (
        "Corrected 14 November 2026: The count is of June. All corrections"
    )


def test_the_permanent_address_is_the_revisions():
    citation = read().one("p", class_="citation")

    assert citation.one("a")["href"] == "/articles/wells/revisions/4/"
    assert "http://testserver/articles/wells/revisions/4/" in citation.text


def test_an_old_revision_says_so():
    root = read(newest=6)

    banner = root.one(class_="banner")
    assert "revision 4 as it was published on 14 November 2026" in banner.text
    assert [a["href"] for a in banner.all("a")] == [
        "/articles/wells/",
        "/articles/wells/compare/4..6/",
    ]
    assert root.one("meta", name="robots")["content"] == "noindex"


def test_a_draft_says_so_and_leads_to_no_page_that_readers_lack():
    one = judged(section("One is here. Two is here.", tags=("Mali",)), verdict())

    root = read(state(one), draft=True, published_at=None, newest=None)

    assert root.one(class_="banner").text.startswith("Draft.")
    links = [a["href"] for a in root.one("main").all("a")]
    assert [link for link in links if not link.startswith("#")] == ["/about/#verdicts"]


def test_another_language_than_the_interfaces_is_named():
    root = read(state(judged(section("Le puits est là."), verdict()), language="fr"))

    assert root.one("html")["lang"] == "en"
    assert root.one("h1")["lang"] == "fr"
    assert root.one("div", class_="text")["lang"] == "fr"
    assert root.one(class_="card")["lang"] == "en"


def hostile(text: str):
    one = judged(
        section("One stands here. Two stands here.", heading=text, tags=(f"a{text}",)),
        verdict(note=text, on=text, as_of="2017"),
        citations=[citation(quote=text, locator=text)],
    )
    work = source(
        title=text,
        authors=f"{text}\n{text}, {text}",
        container_title=text,
        publisher=text,
        url=f"https://example.org/{text}",
        doi=text,
        language=text,
        note=text,
    )
    article = state(replace(one, level=3), title=text, see_also=(text, "b"), sources=[work])
    return article, {
        "responsible": text,
        "correction": text,
        "corrected_at": facts().published_at,
        "links": {"b": "b"},
    }


def outline(root: Node) -> list[tuple[str, tuple[str, ...]]]:
    return [(node.tag, tuple(node.attributes)) for node in root.walk()]


def test_what_editors_type_is_text_wherever_it_appears():
    article, values = hostile(NASTY)

    root = read(article, **values)

    assert [script["src"] for script in root.all("script") if "src" in script] == [
        f"/static/articles/js/{name}.js" for name in ("switch", "card", "contents", "visit")
    ]
    assert not [name for node in root.walk() for name in node.attributes if name[:2] == "on"]
    assert root.one("h1").text == " ".join(NASTY.split())


@settings(max_examples=25)
@given(st.text("<>\"'&;/= aZé{}%#-\u2028\u202e`", min_size=1, max_size=25).filter(str.strip))
def test_whatever_editors_type_the_page_keeps_its_shape(text):
    plain_article, plain_values = hostile("words")
    article, values = hostile(text)
    # Whether a difference or a DOI's link is there depends on the text: compare the rest.
    loose = {"a", "ins", "del", "cite"}

    def shape(root: Node) -> Counter:
        return Counter(tag for tag, _ in outline(root) if tag not in loose)

    assert shape(read(article, **values)) == shape(read(plain_article, **plain_values))


def test_a_claim_is_marked_where_its_words_stand_now():
    counted = section("It had 15,209 staff. It never left. The well is dry.")
    one, two, three = counted.claims
    moved = replace(
        counted,
        claims=(
            replace(one, start=3, end=23),
            replace(two, text="It is rendered otherwise now."),
            replace(three, start=90, end=105),
        ),
    )

    spans = read(state(moved)).all("span", class_="claim")

    assert [span.raw for span in spans] == [one.text, three.text]


def test_outermost_sections_tell_how_long_they_are_with_all_under_them():
    root = read(
        state(
            section("One."),
            section("Three.", heading="Outer", number=1),
            section("Seven.", heading="Inner", number=2, level=3),
        )
    )

    found = {
        node["id"]: node.attributes.get("data-length")
        for node in root.one("div", class_="text").all("section")
    }
    assert found == {"introduction": "4", "outer": "12", "inner": None}


def test_an_article_of_12000_claims_takes_seconds():
    body = " ".join(f"The *count* of wells was {n} in the end." for n in range(40))
    first = section(body)
    parts = [
        replace(
            first,
            uid=f"s{n}",
            heading=f"Part {n}",
            claims=tuple(replace(claim, uid=f"c{n}-{claim.uid}") for claim in first.claims),
        )
        for n in range(300)
    ]

    began = time.process_time()
    html = render_article(state(*parts), facts())

    assert html.count('class="claim"') >= 12_000
    assert time.process_time() - began < 5
