import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import un_documents
from articles.text.identifiers import (
    Identifier,
    Unrecognised,
    check_digit,
    doi,
    isbn,
    recognise,
    same_page,
    without_tracking,
)

UN = "https://docs.un.org/en/"


@pytest.mark.parametrize(
    ("pasted", "identifier"),
    [
        ("https://example.org/a?b=c#d", ("url", "https://example.org/a?b=c#d")),
        (" <http://example.org> ", ("url", "http://example.org")),
        ("www.example.org/a", ("url", "https://www.example.org/a")),
        ("example.org:8080/a", ("url", "https://example.org:8080/a")),
        ("https://example.org/a b", ("url", "https://example.org/a%20b")),
        ("http://2130706433/", ("url", "http://2130706433/")),  # refused when it is fetched
        ("http://user:secret@example.org/", ("url", "http://user:secret@example.org/")),
        # A publisher's page on a work is a page: what it says is asked of it.
        ("https://example.org/doi/10.1000/182", ("url", "https://example.org/doi/10.1000/182")),
    ],
)
def test_an_address_is_taken_as_it_is(pasted, identifier):
    kind, value = identifier

    assert recognise(pasted) == Identifier(kind, value, value)


@pytest.mark.parametrize(
    "pasted",
    [
        "10.1000/182",
        "doi:10.1000/182",
        "DOI 10.1000/182.",
        "https://doi.org/10.1000/182",
        "http://dx.doi.org/10.1000%2F182?download=1",
        "doi.org/10.1000/182",
        "10.1000/182)",
    ],
)
def test_a_doi_is_known_in_all_its_dresses(pasted):
    assert recognise(pasted) == Identifier("doi", "10.1000/182", "https://doi.org/10.1000/182")


def test_a_doi_keeps_the_brackets_that_it_opens():
    assert doi("10.1016/S0140-6736(20)30183-5") == "10.1016/S0140-6736(20)30183-5"
    assert doi("10.1000/a<b>;c").startswith("10.1000/a<b>")


@pytest.mark.parametrize(
    "pasted",
    ["0306406152", "ISBN 0-306-40615-2", "978-0-306-40615-7", "isbn-13: 978 0 306 40615 7"],
)
def test_an_isbn_becomes_one_of_thirteen_digits(pasted):
    assert recognise(pasted) == Identifier("isbn", "9780306406157", "")


def test_an_isbn_may_end_with_an_x():
    assert recognise("0-8044-2957-X").value == "9780804429573"


@given(st.text("0123456789", min_size=9, max_size=9))
def test_every_isbn_of_thirteen_with_its_check_digit_is_known_and_no_other(nine):
    right = check_digit(f"978{nine}")

    assert isbn(f"978{nine}{right}") == f"978{nine}{right}"
    with pytest.raises(Unrecognised, match="check digit"):
        isbn(f"978{nine}{(int(right) + 1) % 10}")


@pytest.mark.parametrize(
    ("pasted", "symbol", "path"),
    [
        ("S/RES/2690 (2023)", "S/RES/2690 (2023)", "S/RES/2690(2023)"),
        ("s/res/2690(2023)", "S/RES/2690 (2023)", "S/RES/2690(2023)"),
        ("S / RES / 2690 (2023)", "S/RES/2690 (2023)", "S/RES/2690(2023)"),
        ("UN Doc. S/2023/36", "S/2023/36", "S/2023/36"),
        ("S/2023/36/Add.1", "S/2023/36/Add.1", "S/2023/36/Add.1"),
        ("A/RES/70/1", "A/RES/70/1", "A/RES/70/1"),
        ("A/RES/3379 (XXX)", "A/RES/3379 (XXX)", "A/RES/3379(XXX)"),
        ("S/PV.9365", "S/PV.9365", "S/PV.9365"),
        ("S/PV.9251 (Resumption 1)", "S/PV.9251 (Resumption 1)", "S/PV.9251(Resumption1)"),
        ("A/HRC/52/81", "A/HRC/52/81", "A/HRC/52/81"),
        ("E/CN.4/1996/4", "E/CN.4/1996/4", "E/CN.4/1996/4"),
        ("https://undocs.org/S/2023/36", "S/2023/36", "S/2023/36"),
        ("https://undocs.org/en/S/RES/2690(2023)", "S/RES/2690 (2023)", "S/RES/2690(2023)"),
        ("https://undocs.org/Home/Mobile?FinalSymbol=S%2F2023%2F36", "S/2023/36", "S/2023/36"),
    ],
)
def test_a_un_document_symbol_is_known_with_or_without_its_address(pasted, symbol, path):
    assert recognise(pasted) == Identifier("un", symbol, UN + path)


def test_the_language_of_a_un_address_is_kept():
    assert recognise("https://docs.un.org/fr/S/2023/36").address.endswith("/fr/S/2023/36")


@pytest.mark.parametrize(
    ("symbol", "title", "kind", "authors", "issued"),
    [
        (
            "S/RES/2690 (2023)",
            "Security Council resolution 2690 (2023)",
            "legislation",
            "{UN Security Council}",
            "2023",
        ),
        (
            "A/RES/70/1",
            "General Assembly resolution 70/1",
            "legislation",
            "{UN General Assembly}",
            "",
        ),
        (
            "S/PV.9365",
            "Security Council, 9365th meeting, verbatim record",
            "document",
            "{UN Security Council}",
            "",
        ),
        (
            "A/HRC/52/81",
            "Human Rights Council document A/HRC/52/81",
            "document",
            "{UN Human Rights Council}",
            "",
        ),
        (
            "S/2023/36",
            "Security Council document S/2023/36",
            "document",
            "{UN Security Council}",
            "2023",
        ),
    ],
)
def test_a_symbol_tells_of_its_document(symbol, title, kind, authors, issued):
    told = un_documents.fields(symbol)

    assert (told["title"], told["type"], told["authors"]) == (title, kind, authors)
    assert (told["number"], told.get("issued", "")) == (symbol, issued)


@pytest.mark.parametrize(
    ("pasted", "reason"),
    [
        ("", "empty"),
        ("x" * 2001, "long"),
        ("ftp://example.org/", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("data:text/plain,x", "scheme"),
        ("http://", "host"),
        ("http://exa mple/", "host"),
        ("http://[::1/", "host"),
        ("http://example.org:port/", "host"),
        ("978-0-306-40615-8", "isbn"),
        ("not an address", "unknown"),
        ("and/or", "unknown"),
        ("S/he", "unknown"),
        ("15,209", "unknown"),
    ],
)
def test_what_names_no_work_is_refused_with_a_reason(pasted, reason):
    with pytest.raises(Unrecognised) as refused:
        recognise(pasted)

    assert refused.value.reason == reason


@given(st.text(max_size=300))
def test_whatever_is_pasted_is_recognised_or_refused(pasted):
    try:
        found = recognise(pasted)
    except Unrecognised:
        return
    assert found.value


def test_long_rows_of_digits_are_looked_at_once():
    with pytest.raises(Unrecognised):
        recognise("1" * 1999 + "!")


@pytest.mark.parametrize(
    "other",
    [
        "https://example.org/a/b?id=3",
        "http://EXAMPLE.org:80/a/b?id=3#top",
        "https://www.example.org./a/b/?id=3",
        "https://example.org:443/a/./c/../b?id=3",
        "https://example.org/%61/b?utm_source=x&id=3&fbclid=y",
        "https://example.org/a/b?id=3&UTM_Campaign=z&",
        "https://somebody@example.org/a/b?id=3#:~:text=words",
    ],
)
def test_one_page_compares_equal_however_it_was_reached(other):
    assert same_page(other) == "https://example.org/a/b?id=3"


@pytest.mark.parametrize(
    "other",
    [
        "https://example.org/a/b?id=4",
        "https://example.org/A/b?id=3",
        "https://example.org/a/b?id=3&page=2",
        "https://example.org:8443/a/b?id=3",
        "https://old.example.org/a/b?id=3",
        "https://example.org/a/b?id=3#!/chapter/2",
        "https://example.org/a%2Fb?id=3",
    ],
)
def test_another_page_stays_another(other):
    assert same_page(other) != same_page("https://example.org/a/b?id=3")


def test_hosts_compare_in_one_alphabet():
    assert same_page("https://bücher.example/ü") == same_page(
        "https://XN--BCHER-KVA.example/%C3%BC"
    )


ADDRESSES = st.builds(
    "{}://{}{}{}".format,
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(["example.org", "www.Example.org:80", "bücher.example", "[::1]:8000", "a.b."]),
    st.text("/.ab%2F~é #!", max_size=20).map(lambda path: "/" + path),
    st.text("?&=utm_sourceb%3é#!", max_size=20),
)


@given(ADDRESSES | st.text(max_size=50))
def test_comparing_what_was_made_comparable_changes_nothing(url):
    assert same_page(same_page(url)) == same_page(url)


@given(ADDRESSES)
def test_what_tracks_never_tells_pages_apart(url):
    bare, mark, fragment = url.strip().partition("#")
    tracked = bare + ("&" if "?" in bare else "?") + "utm_source=x&gclid=y" + mark + fragment

    assert same_page(tracked) == same_page(url)


def test_the_address_to_store_loses_marks_and_fragment_and_keeps_the_rest():
    tracked = "http://Example.org/a/?b=%7e&utm_medium=mail&c=#part"

    assert without_tracking(tracked) == "http://Example.org/a/?b=%7e&c="
    assert without_tracking("https://example.org/#!/a") == "https://example.org/#!/a"
