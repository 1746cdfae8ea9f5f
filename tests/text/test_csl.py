"""Works as CSL-JSON, out and in."""

import json
from datetime import date

import pytest
from hypothesis import given

from articles.models.source import Source, SourceType
from articles.text import csl
from tests.reading.articles import source
from tests.text.works import sample, work, works

# Of the schema csl-data.json 1.0.2, as far as we write them; it allows no others.
KEYS = {
    *("id", "type", "title", "author", "editor", "container-title", "publisher"),
    *("publisher-place", "volume", "issue", "page", "number", "issued", "accessed", "URL", "DOI"),
    *("ISBN", "ISSN", "language", "note"),
}


def kept(item: csl.Csl) -> dict:
    """What a Source gets of the item, without what says nothing."""
    values = csl.fields(item).values()
    return {name: value for name, value in values.items() if value}


def test_a_work_is_told_in_csl_without_what_is_unknown():
    told = csl.item(
        source(
            type="chapter",
            title="Peacekeeping in Mali",
            authors="Sims, Christopher\n{UN Security Council}\n",
            editors="Ba, Awa",
            container_title="Missions",
            publisher="",
            place="Bamako",
            volume="2",
            pages="12–34",
            issued="2024-09",
            isbn="978-0-306-40615-7",
            accessed=date(2026, 11, 24),
        )
    )

    assert told == {
        "id": "s1",
        "type": "chapter",
        "title": "Peacekeeping in Mali",
        "author": [
            {"family": "Sims", "given": "Christopher"},
            {"literal": "UN Security Council"},
        ],
        "editor": [{"family": "Ba", "given": "Awa"}],
        "container-title": "Missions",
        "publisher-place": "Bamako",
        "volume": "2",
        "page": "12–34",
        "issued": {"date-parts": [[2024, 9]]},
        "accessed": {"date-parts": [[2026, 11, 24]]},
        "URL": "https://example.org/sheet",
        "ISBN": "978-0-306-40615-7",
        "language": "en",
    }


def test_types_are_the_models():
    assert set(csl.TYPES) == set(SourceType.values)
    assert set(csl.NEAR.values()) <= set(SourceType.values)


def test_a_source_takes_each_field():
    made = Source(**work(title="Fact sheet", issued="2017").values())

    assert csl.item(made) == {
        "id": made.uid,
        "type": "report",
        "title": "Fact sheet",
        "issued": {"date-parts": [[2017]]},
    }


@given(works())
def test_items_keep_to_the_schema(any_work):
    item = csl.item(any_work)

    assert set(item) <= KEYS
    assert {"id", "type", "title"} <= set(item)
    assert item["type"] in csl.TYPES
    for who in [*item.get("author", ()), *item.get("editor", ())]:
        assert set(who) in ({"literal"}, {"family", "given"})
        assert all(isinstance(part, str) and part for part in who.values())
    for name in ("issued", "accessed"):
        if name in item:
            assert set(item[name]) == {"date-parts"}
            ((year, *_rest),) = item[name]["date-parts"]
            assert isinstance(year, int)
    texts = KEYS - {"author", "editor", "issued", "accessed"}
    assert all(isinstance(item[name], str) for name in texts & set(item))


@given(works())
def test_what_went_out_comes_in_again(any_work):
    (found,) = csl.read(csl.write([csl.item(any_work)]))

    assert csl.fields(found.item) == any_work


def test_the_sample_comes_in_as_it_went_out():
    works = sample()

    assert [csl.fields(found.item) for found in csl.read(csl.write(map(csl.item, works)))] == works


@pytest.mark.parametrize(
    ("authors", "told"),
    [
        ("", []),
        ("{}", []),
        (",\n\t, ", []),
        ("Plato", [{"literal": "Plato"}]),
        ("Ba, ", [{"literal": "Ba"}]),
        ("Ba,Amadou Hampâté", [{"family": "Ba", "given": "Amadou Hampâté"}]),
        ("{Ministry of War, Paris}", [{"literal": "Ministry of War, Paris"}]),
    ],
)
def test_names_of_people_and_bodies(authors, told):
    assert csl.item(work(authors=authors)).get("author", []) == told


@pytest.mark.parametrize(
    ("date", "issued", "remarks"),
    [
        ({"date-parts": [[2018, 3, 2]]}, "2018-03-02", 0),
        ({"date-parts": [["2018", "3"]]}, "2018-03", 0),
        ({"date-parts": [[2018, 3, 2], [2018, 4]]}, "2018-03-02", 1),
        ({"date-parts": [[2018]], "season": "2"}, "2018", 1),
        ({"date-parts": [[2018]], "circa": True}, "2018", 1),
        ({"date-parts": [[2018, 2, 31]]}, "2018-02", 0),
        ({"date-parts": [[None]]}, "", 1),
        ({"date-parts": [[10**30]]}, "", 1),
        ({"date-parts": [[]], "raw": "x"}, "", 1),
        ({"date-parts": "2018"}, "", 1),
        ({"raw": "2018/03/02"}, "2018-03-02", 0),
        ({"raw": "2 March 2018"}, "2018-03-02", 0),
        ({"literal": "March 2, 2018"}, "2018-03-02", 0),
        ({"literal": "Spring 2018"}, "2018", 1),
        ({"literal": "August 2018"}, "2018-08", 0),
        ({"literal": "n.d."}, "", 1),
        ("2018-03", "2018-03", 0),
        ("2018-03-02T10:00:00Z", "2018-03-02", 0),
        ("2018-03-02/2018-04-01", "2018-03-02", 1),
        ("2018~", "2018", 1),
        ("2018-21", "2018", 0),
        ("201X", "", 1),
        (2018, "2018", 0),
        ({}, "", 0),
    ],
)
def test_dates_in_all_their_shapes(date, issued, remarks):
    found = csl.fields({"type": "report", "title": "A", "issued": date})

    assert (found.issued, len(found.remarks)) == (issued, remarks)


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ({"family": "Ba", "given": "Awa"}, "Ba, Awa"),
        ({"family": "Gogh", "given": "V.", "non-dropping-particle": "van"}, "van Gogh, V."),
        ({"family": "King", "given": "M. L.", "suffix": "Jr."}, "King, M. L., Jr."),
        ({"family": "Plato"}, "{Plato}"),
        ({"given": "Plato"}, "{Plato}"),
        ({"literal": "{UN} Council"}, "{UN Council}"),
        ({"family": "", "literal": "UN"}, "{UN}"),
    ],
)
def test_names_in_all_their_shapes(who, told):
    assert csl.fields({"type": "report", "title": "A", "author": [who]}).authors == told


def test_what_cannot_be_kept_is_said():
    found = csl.fields(
        {
            "id": 7,
            "type": "motion_picture",
            "title": "A <i>film</i>\n of two lines",
            "volume": 4,
            "page": "12-34",
            "container-title": [],
            "ISSN": ["1234-5678", "8765-4321"],
            "abstract": "Long.",
            "translator": [{"family": "Ba"}],
            "author": [{"family": "Ba", "given": "A"}, {}],
        }
    )

    assert kept({"type": "book", "title": "A", "URL": ""}) == {"type": "book", "title": "A"}
    assert (found.uid, found.title, found.type) == ("7", "A film of two lines", "document")
    assert (found.volume, found.pages, found.issn) == ("4", "12–34", "1234-5678")
    assert found.remarks == (
        "Type “motion_picture” taken as “document”.",
        "Not every author’s name could be read.",
        "Not kept: abstract, translator.",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Line 1 is no JSON"),
        ('[\n{"a": }]', "Line 2 is no JSON"),
        ("3", "no list of works"),
        ('[{"title": "A"}, 3]', "Item 2 is no object"),
        ("[" * 100_000, "no list of works"),
        ("[" + "9" * 5_000 + "]", "no list of works"),
    ],
)
def test_a_bad_file_is_told_where(text, said):
    with pytest.raises(csl.Unreadable, match=said):
        csl.read(text)


@pytest.mark.parametrize(
    "item", [{}, {"author": 3}, {"author": ["x"]}, {"title": {}}, {"issued": [1]}, {"DOI": None}]
)
def test_nonsense_is_no_work_and_no_error(item):
    assert csl.fields(item).title == ""


def test_one_object_is_a_list_of_one():
    assert [found.item for found in csl.read(json.dumps({"title": "A"}))] == [{"title": "A"}]
