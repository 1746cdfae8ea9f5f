"""The sample is data: these tests hold its files to what the loader and the reader rely on."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import articles
from articles.models.citation import Stance
from articles.models.fields import validate_partial_date
from articles.models.source import SourceType
from articles.models.verdict import Rating
from articles.text import intake
from articles.text.plain import plain
from articles.text.render import render
from articles.text.sentences import units

SAMPLE = Path(articles.__file__).parent / "sample"
HEADINGS = [
    "## Origins and Mandate of MINUSMA in Mali",
    "## Key Operations Conducted by MINUSMA in Mali",
    "## Challenges Faced by MINUSMA in Mali",
    "## Impact of MINUSMA on Mali’s Security Situation",
    "## Collaboration with Mali’s Government and Other International Actors",
    "### Partnerships with Malian security forces",
    "### Cooperation with regional and international organizations",
    "## Humanitarian and Developmental Contributions of MINUSMA",
    "## Controversies and Criticisms Surrounding MINUSMA in Mali",
    "### Effectiveness and mission constraints",
    "### Local perceptions and operational challenges",
    "## Future Outlook for MINUSMA in Mali",
]
VERDICT = {"id", "text", "rating", "note", "as_of", "citations"}
SOURCE = {
    "key", "type", "title", "authors", "container_title", "publisher",
    "issued", "url", "doi", "language", "accessed", "note",
}  # fmt: skip
FEW = {"number", "volume", "issue"}  # fields that few sources have, left out where empty


def read(name: str) -> Any:
    return json.loads((SAMPLE / name).read_text(encoding="utf-8"))


ARTICLE = (SAMPLE / "article.md").read_text(encoding="utf-8")
EVIDENCE = read("evidence.json")
SOURCES = read("sources.json")
CORRECTIONS = read("corrections.json")["corrections"]
VERDICTS = EVIDENCE + CORRECTIONS


def passage(citation: dict[str, str]) -> tuple[str, str, str]:
    """What a citation points at, whatever it is said to do to the claim."""
    return citation["source"], citation["quote"], citation["locator"]


def paragraphs() -> list[str]:
    """The article's paragraphs of claims: no title, notice, headings or see-also lines."""
    blocks = ARTICLE.strip().split("\n\n")
    return [b for b in blocks if not b.startswith(("#", ">", "See also: "))]


def test_the_title_the_notice_and_the_headings_stand_in_order():
    title, notice = ARTICLE.split("\n\n")[:2]

    assert title == "# Understanding the Role and Impact of MINUSMA in Mali"
    assert notice.startswith("> ")
    assert [line for line in ARTICLE.splitlines() if line.startswith("##")] == HEADINGS
    assert ARTICLE.count("\n\nSee also: ") == 3


def test_the_evidence_is_the_article_sentence_by_sentence():
    by_paragraph: dict[str, list[str]] = {}
    for claim in EVIDENCE:
        by_paragraph.setdefault(claim["id"].rsplit("-", 1)[0], []).append(claim["text"])

    assert [" ".join(sentences) for sentences in by_paragraph.values()] == paragraphs()
    assert [ARTICLE.count(claim["text"]) for claim in EVIDENCE] == [1] * 106


def test_ids_follow_the_headings():
    blocks = [b for b in ARTICLE.strip().split("\n\n") if b.startswith("##") or b in paragraphs()]
    section, expected = 0, []
    for block in blocks:
        if block.startswith("##"):
            section += 1
        else:
            expected.append(section)
    places = dict.fromkeys(claim["id"].rsplit("-", 1)[0] for claim in EVIDENCE)

    assert [int(place[1:3]) for place in places] == expected
    assert len({claim["id"] for claim in EVIDENCE}) == len(EVIDENCE)


@pytest.mark.parametrize("verdict", VERDICTS, ids=lambda v: v["id"])
def test_a_verdict_is_complete_and_its_citations_lead_somewhere(verdict):
    assert set(verdict) - {"kind"} == VERDICT
    assert verdict["rating"] in Rating.values
    assert verdict["note"].strip()
    if verdict["as_of"]:
        validate_partial_date(verdict["as_of"])
    keys = {source["key"] for source in SOURCES}
    for citation in verdict["citations"]:
        assert set(citation) == {"source", "stance", "quote", "locator"}
        assert citation["stance"] in Stance.values
        assert citation["source"] in keys
        assert 0 < len(citation["quote"].split()) <= 25


@pytest.mark.parametrize("verdict", VERDICTS, ids=lambda v: v["id"])
def test_a_rating_has_citations_that_carry_it(verdict):
    stances = {citation["stance"] for citation in verdict["citations"]}

    if verdict["rating"] in {"supported", "partly_supported"}:
        assert stances & {"supports", "qualifies"}
    if verdict["rating"] == "supported":
        assert "supports" in stances
    if verdict["rating"] in {"outdated", "refuted"}:
        assert stances & {"refutes", "qualifies"}
    if verdict["rating"] == "disputed":
        assert len(stances) > 1


def test_corrections_mend_what_was_outdated_or_wrong_and_leave_work():
    ratings = {claim["id"]: claim["rating"] for claim in EVIDENCE}
    corrected = [correction["id"] for correction in CORRECTIONS]
    left = Counter(rating for uid, rating in ratings.items() if uid not in corrected)

    assert len(set(corrected)) == len(corrected) == 12
    assert {ratings[uid] for uid in corrected} == {"outdated", "refuted"}
    assert {c["rating"] for c in CORRECTIONS} <= {"supported", "partly_supported"}
    assert left["outdated"] >= 25
    assert all(c["text"] not in ARTICLE for c in CORRECTIONS)


def test_corrections_cite_only_passages_that_the_evidence_holds():
    known = {passage(citation) for claim in EVIDENCE for citation in claim["citations"]}
    cited = {passage(citation) for c in CORRECTIONS for citation in c["citations"]}

    assert cited <= known


def test_readers_are_told_of_the_corrections():
    told = read("corrections.json")

    assert told["summary"].strip()
    assert told["correction_note"].strip()


def test_sources_are_those_cited_in_the_fields_of_the_model():
    cited = {citation["source"] for v in VERDICTS for citation in v["citations"]}

    assert len(SOURCES) >= 25
    assert Counter(source["key"] for source in SOURCES) == Counter(cited)
    for source in SOURCES:
        assert set(source) - FEW == SOURCE
        assert all(source[name].strip() for name in FEW & set(source))
        assert source["type"] in SourceType.values
        assert source["title"].strip()
        assert source["url"].startswith(("http://", "https://"))
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", source["accessed"])
        if source["issued"]:
            validate_partial_date(source["issued"])


def test_authors_are_inverted_names_or_bodies_in_braces():
    lines = [line for source in SOURCES for line in source["authors"].splitlines()]

    assert [line for line in lines if not re.fullmatch(r"\{[^{}]+\}|[^{},]+, [^{},]+", line)] == []


def test_each_section_has_a_few_tags():
    tags = read("tags.json")

    assert list(tags) == ["", *(heading.lstrip("# ") for heading in HEADINGS)]
    assert {len(names) for names in tags.values()} <= {2, 3, 4}
    assert len({name for names in tags.values() for name in names}) >= 5


def test_apostrophes_are_typographic_in_all_that_we_wrote():
    ours = [ARTICLE, *(v["text"] + v["note"] for v in VERDICTS)]

    assert [text for text in ours if "'" in text] == []


def claims_of(markdown: str) -> list[str]:
    text = plain(render(markdown))
    return [span.of(text.text) for span in units(text, "en")]


def test_an_import_finds_the_title_the_notice_and_the_claims():
    found = intake.read(ARTICLE, plain=False)

    assert (found.title, found.origin, found.language) == (ARTICLE.splitlines()[0][2:], "ai", "en")
    assert found.warnings == ()
    assert len(found.see_also) == 3
    assert [section.level for section in found.sections] == [2, 2, 2, 2, 2, 2, 3, 3, 2, 2, 3, 3, 2]
    claims = [claim for section in found.sections for claim in claims_of(section.body)]
    assert claims == [claim["text"] for claim in EVIDENCE]


def test_a_correction_is_one_sentence():
    for correction in CORRECTIONS:
        assert claims_of(correction["text"]) == [correction["text"]]
