"""References as people read them: full notes of the Chicago manual."""

import pytest
from hypothesis import given

from articles.text import csl
from articles.text.cite import parts, reference
from articles.text.csl import Fields
from tests.text.works import work, works

AUTHOR = "Sims, Christopher"


def note(lang: str = "en", **values) -> str:
    return reference(csl.item(work(**values)), lang)


NOTES = [
    (
        {
            "type": "article-newspaper",
            "authors": "Sieff, Kevin",
            "title": "The deadliest mission",
            "container_title": "The Washington Post",
            "issued": "2017-02-19",
            "url": "https://example.org/a",
        },
        "Kevin Sieff, “The deadliest mission,” The Washington Post, 19 February 2017, "
        "https://example.org/a.",
        "Kevin Sieff, «\u202fThe deadliest mission\u202f», The Washington Post, 19 février 2017, "
        "https://example.org/a.",
    ),
    (
        {
            "type": "article-journal",
            "authors": f"{AUTHOR}\nBa, Awa",
            "title": "Information Sharing",
            "container_title": "Military Review",
            "volume": "104",
            "issue": "5",
            "pages": "12–34",
            "issued": "2024",
            "doi": "10.1/x",
        },
        "Christopher Sims and Awa Ba, “Information Sharing,” Military Review 104, no. 5 (2024): "
        "12–34, https://doi.org/10.1/x.",
        "Christopher Sims et Awa Ba, «\u202fInformation Sharing\u202f», Military Review 104, nº 5 "
        "(2024)\u00a0: 12–34, https://doi.org/10.1/x.",
    ),
    (
        {
            "type": "article-journal",
            "title": "Liberal Peacebuilding",
            "container_title": "International Peacekeeping",
            "issued": "2018-07-24",
        },
        "“Liberal Peacebuilding,” International Peacekeeping, 24 July 2018.",
        "«\u202fLiberal Peacebuilding\u202f», International Peacekeeping, 24 juillet 2018.",
    ),
    (
        {
            "type": "book",
            "authors": f"{AUTHOR}\nBa, Awa\nKeïta, Modibo",
            "title": "Mali",
            "editors": "Doe, Jane",
            "place": "Bamako",
            "publisher": "Cauris",
            "issued": "2019",
            "pages": "7",
        },
        "Christopher Sims, Awa Ba, and Modibo Keïta, Mali, ed. Jane Doe (Bamako: Cauris, 2019), 7.",
        "Christopher Sims, Awa Ba et Modibo Keïta, Mali, sous la dir. de Jane Doe "
        "(Bamako\u00a0: Cauris, 2019), 7.",
    ),
    (
        {"type": "book", "title": "Mali", "editors": "Doe, Jane\nBa, Awa", "volume": "2"},
        "Jane Doe and Awa Ba, eds., Mali, vol. 2.",
        "Jane Doe et Awa Ba, dir., Mali, vol. 2.",
    ),
    (
        {
            "type": "chapter",
            "authors": AUTHOR,
            "title": "Intelligence",
            "container_title": "Perspectives",
            "editors": "Doe, Jane",
            "publisher": "Springer",
            "issued": "2017",
            "pages": "1–9",
        },
        "Christopher Sims, “Intelligence,” in Perspectives, ed. Jane Doe (Springer, 2017), 1–9.",
        "Christopher Sims, «\u202fIntelligence\u202f», dans Perspectives, sous la dir. de Jane Doe "
        "(Springer, 2017), 1–9.",
    ),
    (
        {
            "type": "report",
            "authors": "{United Nations Secretary-General}",
            "title": "Situation in Mali",
            "number": "S/2015/426",
            "publisher": "Security Council",
            "issued": "2015-06",
        },
        "United Nations Secretary-General, Situation in Mali, S/2015/426 "
        "(Security Council, June 2015).",
        "United Nations Secretary-General, Situation in Mali, S/2015/426 "
        "(Security Council, juin 2015).",
    ),
    (
        {
            "type": "legislation",
            "authors": "{UN Security Council}",
            "title": "Resolution 2690 (2023)",
            "number": "S/RES/2690 (2023)",
            "issued": "2023-06-30",
        },
        "UN Security Council, Resolution 2690 (2023), S/RES/2690 (2023), 30 June 2023.",
        "UN Security Council, Resolution 2690 (2023), S/RES/2690 (2023), 30 juin 2023.",
    ),
    (
        {
            "type": "thesis",
            "authors": AUTHOR,
            "title": "Winning",
            "publisher": "Yale",
            "issued": "2015",
        },
        "Christopher Sims, “Winning” (thesis, Yale, 2015).",
        "Christopher Sims, «\u202fWinning\u202f» (thèse ou mémoire, Yale, 2015).",
    ),
    (
        {
            "type": "webpage",
            "title": "Mandate",
            "container_title": "MINUSMA",
            "publisher": "United Nations",
            "accessed": csl.date(2026, 8, 1),
            "url": "https://example.org/a",
        },
        "“Mandate,” MINUSMA, United Nations, accessed 1 August 2026, https://example.org/a.",
        "«\u202fMandate\u202f», MINUSMA, United Nations, consulté le 1er août 2026, "
        "https://example.org/a.",
    ),
    (
        {
            "type": "dataset",
            "authors": "{ACLED}",
            "title": "Mali",
            "number": "v3",
            "issued": "2019",
        },
        "ACLED, Mali, v3, 2019.",
        "ACLED, Mali, v3, 2019.",
    ),
    (
        {
            "type": "speech",
            "authors": AUTHOR,
            "title": "Farewell",
            "container_title": "General Assembly",
            "place": "New York",
            "issued": "2023-12",
        },
        "Christopher Sims, “Farewell” (speech, New York, December 2023), General Assembly.",
        "Christopher Sims, «\u202fFarewell\u202f» (discours, New York, décembre 2023), "
        "General Assembly.",
    ),
    (
        {"type": "entry-encyclopedia", "title": "Mali", "container_title": "Britannica"},
        "Britannica, s.v. “Mali”.",
        "Britannica, s.v. «\u202fMali\u202f».",
    ),
    (
        {"type": "post-weblog", "title": "Why", "container_title": "Observatory"},
        "“Why,” Observatory (blog).",
        "«\u202fWhy\u202f», Observatory (blog).",
    ),
    ({"type": "webpage", "title": "Mali"}, "“Mali”.", "«\u202fMali\u202f»."),
    ({"type": "report", "title": "Mali"}, "Mali.", "Mali."),
]


@pytest.mark.parametrize(
    ("values", "english", "french"),
    NOTES,
    ids=[f"{n}-{v['type']}" for n, (v, *_) in enumerate(NOTES)],
)
def test_each_kind_of_work_has_its_form(values, english, french):
    assert (note(**values), note("fr", **values)) == (english, french)


def test_another_language_is_told_in_english():
    assert note("de", title="Mali", type="webpage") == "“Mali”."


@given(works())
def test_any_work_has_a_reference_with_its_title(any_work: Fields):
    told = parts(csl.item(any_work))

    assert [piece.text for piece in told.pieces if piece.kind in ("title", "whole")] == [
        any_work.title
    ]


def test_titles_of_works_of_their_own_and_of_containers_are_told_apart():
    chapter = parts(csl.item(work(type="chapter", title="One", container_title="All")))
    book = parts(csl.item(work(type="book", title="All")))

    assert [(p.text, p.kind) for p in chapter.pieces if p.kind] == [
        ("One", "title"),
        ("All", "container"),
    ]
    assert (chapter.whole, book.whole) == (False, True)


@pytest.mark.parametrize("doi", ["10.1/x", "doi:10.1/x", "https://doi.org/10.1/x"])
def test_a_doi_goes_before_the_address(doi):
    item = csl.item(work(doi=doi, url="https://example.org/a"))

    assert parts(item).url == "https://doi.org/10.1/x"


@pytest.mark.parametrize(
    ("values", "short"),
    [
        ({"authors": "{UN Security Council}"}, "UN Security Council"),
        ({"authors": f"{AUTHOR}\nBa, A\nKeïta, M\nTraoré, B"}, "Sims et al."),
        ({"container_title": "Military Review"}, "Military Review"),
        ({"publisher": "United Nations"}, "United Nations"),
        ({}, "Fact sheet"),
    ],
)
def test_a_short_form_says_who_speaks(values, short):
    assert parts(csl.item(work(**values))).short == short


def test_a_publisher_that_is_the_container_is_named_once():
    told = note(type="webpage", title="Mali", container_title="ACLED", publisher="ACLED")

    assert told == "“Mali,” ACLED."
