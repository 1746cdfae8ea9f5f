from datetime import date

import pytest

from articles.text.cite import csl, parts, reference
from tests.reading.articles import source


def test_a_work_is_told_in_csl_without_what_is_unknown():
    work = source(
        type="article-magazine",
        title="Peacekeeping in Mali",
        authors="Sims, Christopher\n{UN Security Council}\n",
        container_title="Military Review",
        publisher="",
        issued="2024-09",
        accessed=date(2026, 11, 24),
    )

    assert csl(work) == {
        "id": "s1",
        "type": "article-magazine",
        "title": "Peacekeeping in Mali",
        "author": [
            {"family": "Sims", "given": "Christopher"},
            {"literal": "UN Security Council"},
        ],
        "container-title": "Military Review",
        "issued": {"date-parts": [[2024, 9]]},
        "accessed": {"date-parts": [[2026, 11, 24]]},
        "URL": "https://example.org/sheet",
        "language": "en",
    }


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
    assert csl(source(authors=authors)).get("author", []) == told


@pytest.mark.parametrize("doi", ["10.1/x", "doi:10.1/x", "https://doi.org/10.1/x"])
def test_a_doi_goes_before_the_address(doi):
    assert parts(csl(source(doi=doi))).url == "https://doi.org/10.1/x"


@pytest.mark.parametrize(
    ("values", "short"),
    [
        ({}, "UN Security Council"),
        ({"authors": "Sims, Christopher\nBa, A\nKeïta, M\nTraoré, B\nDiarra, C"}, "Sims et al."),
        ({"authors": "", "container_title": "Military Review"}, "Military Review"),
        ({"authors": ""}, "United Nations"),
        ({"authors": "", "publisher": ""}, "Fact sheet"),
    ],
)
def test_a_short_form_says_who_speaks(values, short):
    assert parts(csl(source(**values))).short == short


def test_a_work_of_its_own_stands_without_quotation_marks():
    assert reference(csl(source())) == (
        "UN Security Council, Fact sheet, United Nations, 30 June 2017, https://example.org/sheet."
    )


def test_a_title_alone_is_a_reference():
    assert reference({"id": "a", "type": "webpage", "title": "Mali"}) == "“Mali”."
