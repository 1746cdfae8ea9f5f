"""Files of works by their names."""

import pytest

from articles.text import bibliography, csl
from articles.text.bibliography import FORMATS
from tests.text.works import work


@pytest.mark.parametrize("ending", FORMATS)
def test_a_file_is_read_by_the_ending_of_its_name(ending):
    text = FORMATS[ending].write([csl.item(work(title="Été à Gao"))])

    (entry,) = bibliography.read(f"Mine.{ending.upper()}", b"\xef\xbb\xbf" + text.encode())

    assert entry.work.title == "Été à Gao"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"x", "ends in none of"),
        ("a.bib", b"", "No work was found in it: is it BibTeX?"),
        ("a.json", b"[]", "No work was found"),
        ("a.bib", "@book{a,\n title={Été}}".encode("latin-1"), "Line 2 is not UTF-8"),
        ("a.ris", b"TY  - BOOK\nTI  - \0\nER  - \n", "Line 2 holds a NUL"),
        ("a.ris", b" " * (bibliography.MOST_BYTES + 1), "more than the 2 MB"),
        ("a.json", b"[" + b"{}," * 2_000 + b"{}]", "2,001 works, more than the 2,000"),
    ],
)
def test_a_bad_file_is_refused_in_one_line(name, data, said):
    with pytest.raises(bibliography.Unreadable, match=said) as error:
        bibliography.read(name, data)

    assert len(str(error.value).splitlines()) == 1
