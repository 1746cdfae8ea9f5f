"""Works as RIS, out and in."""

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from articles.text import csl, ris
from tests.text.works import sample, work, works


def there_and_back(works) -> list[csl.Fields]:
    return [csl.fields(found.item) for found in ris.read(ris.write(map(csl.item, works)))]


def read(text: str) -> dict:
    (found,) = ris.read(text)
    return {name: value for name, value in csl.fields(found.item).values().items() if value}


@given(st.lists(works(), max_size=3))
def test_what_went_out_comes_in_again(some):
    assert there_and_back(some) == some


def test_the_sample_comes_in_as_it_went_out():
    assert there_and_back(sample()) == sample()


@given(st.lists(works(), max_size=3))
def test_every_line_is_a_tag_and_a_value(some):
    text = ris.write(map(csl.item, some))

    assert text.count("TY  - ") == text.count("ER  - ") == len(some)
    for line in text.split("\r\n"):
        assert not line or ris.LINE.fullmatch(line)
        assert "\n" not in line


def test_no_text_forges_a_tag_line():
    evil = "Fine\r\nER  - \nTY  - BOOK\x0bTI  - Forged\u2028AU  - Nobody"
    some = [work(title=evil, note=evil, publisher=evil)]

    text = ris.write(map(csl.item, some))

    tags = [line[:6] for line in text.split("\r\n") if line]
    assert tags == ["TY  - ", "ID  - ", "TI  - ", "PB  - ", *["N1  - "] * 5, "ER  - "]


def test_a_record_as_it_is_written():
    told = ris.write(
        [
            csl.item(
                work(
                    type="article-newspaper",
                    title="Ten years",
                    authors="Ba, Awa\n{UN}",
                    container_title="Le Monde",
                    issued="2018-03-02",
                    pages="2–3",
                    note="Read\nin print.",
                )
            )
        ]
    )

    assert told == (
        "TY  - NEWS\r\nID  - w1\r\nAU  - Ba, Awa\r\nAU  - UN\r\nTI  - Ten years\r\n"
        "T2  - Le Monde\r\nSP  - 2\r\nEP  - 3\r\nPY  - 2018\r\nDA  - 2018/03/02\r\n"
        "N1  - Read\r\nN1  - in print.\r\nER  - \r\n\r\n"
    )


def test_another_reader_finds_the_same():
    some = sample()

    found = rispy.loads(ris.write(map(csl.item, some)))

    assert [entry["title"] for entry in found] == [one.title for one in some]
    assert [entry.get("urls", [""])[0] for entry in found] == [one.url for one in some]
    assert [len(entry.get("authors", [])) for entry in found] == [
        len(one.authors.splitlines()) for one in some
    ]


def test_every_type_has_a_kind_of_its_own():
    assert set(ris.KINDS) == set(csl.TYPES)
    assert len(set(ris.KINDS.values())) == len(csl.TYPES)


def test_what_others_write_is_read():
    found = read(
        "\ufeffTY  - JOUR\nA1  - King, Martin, Jr.\nA1  - Plato\nT1  - A long title that\n"
        "   goes on\nJF  - Review\nY1  - 2018/03//\nSP  - 12\nEP  - 34\nIS  - 8\n"
        "SN  - 1234-5678\nKW  - x\nER  -\n".removeprefix("\ufeff")
    )

    assert found == {
        "type": "article-journal",
        "title": "A long title that goes on",
        "authors": "King, Martin, Jr.\n{Plato}",
        "container_title": "Review",
        "issued": "2018-03",
        "pages": "12–34",
        "issue": "8",
        "issn": "1234-5678",
    }


def test_what_is_not_kept_is_said():
    (found,) = ris.read("TY  - FIGURE\nTI  - A\nAB  - x\nKW  - y\nER  - \n")

    assert csl.fields(found.item).remarks == (
        "Type “FIGURE” taken as “document”.",
        "Not kept: AB, KW.",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("TI  - A\nER  - \n", "^Line 1 stands in no work"),
        ("TY  - BOOK\nTI  - A\nTY  - BOOK\nER  - \n", "^Line 3: a work begins before"),
        ("\nTY  - BOOK\nTI  - A\n", "line 2 has no end"),
    ],
)
def test_a_bad_file_is_told_where(text, said):
    with pytest.raises(csl.Unreadable, match=said):
        ris.read(text)
