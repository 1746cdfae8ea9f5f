"""Works as BibTeX, out and in."""

import re

import bibtexparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import bibtex, csl
from tests.text.works import sample, work, works


def there_and_back(works) -> list[csl.Fields]:
    return [csl.fields(found.item) for found in bibtex.read(bibtex.write(map(csl.item, works)))]


def values(works) -> list[dict]:
    return [one.values() for one in works]


def read(text: str) -> dict:
    """What the one entry says, without what it does not."""
    (found,) = bibtex.read(text)
    return {name: value for name, value in csl.fields(found.item).values().items() if value}


@given(st.lists(works(), max_size=3))
def test_what_went_out_comes_in_again(some):
    assert values(there_and_back(some)) == values(some)
    assert all(not found.remarks for found in there_and_back(some))


def test_the_sample_comes_in_as_it_went_out():
    assert values(there_and_back(sample())) == values(sample())


@given(st.lists(works(), max_size=3))
def test_no_text_forges_an_entry(some):
    text = bibtex.write(map(csl.item, some))

    assert text.count("@") == len(some)
    assert text.count("{") == text.count("}")
    library = bibtexparser.parse_string(text)
    assert (len(library.entries), library.failed_blocks) == (len(some), [])


def test_an_entry_as_it_is_written():
    told = bibtex.write(
        [
            csl.item(
                work(
                    type="article-journal",
                    title="R&D at 50%: the {A_B} of me@example.org",
                    authors="Ba, Awa\n{Ministry of War and Peace}",
                    container_title="Military Review",
                    volume="4",
                    issue="8",
                    pages="12–34",
                    issued="2018-03-02",
                    url="https://example.org/a_b?c=50%25&d=me@x",
                    language="fr",
                )
            )
        ]
    )

    assert told == (
        "@article{ba2018example,\n"
        "  author = {Ba, Awa and {Ministry of War and Peace}},\n"
        r"  title = {{R\&D at 50\%: the {\textbraceleft}A\_B{\textbraceright}"
        " of me{\\char64}example.org}},\n"
        "  journal = {Military Review},\n"
        "  volume = {4},\n"
        "  number = {8},\n"
        "  pages = {12--34},\n"
        "  year = {2018},\n"
        "  date = {2018-03-02},\n"
        "  url = {https://example.org/a_b?c=50%25&d=me%40x},\n"
        "  langid = {french},\n"
        "}\n"
    )


def test_keys_are_unique_and_plain():
    some = [
        work(authors="Diallo, Aïssata", title="The Strength of It", issued="2018"),
        work(authors="Diallo, Aïssata", title="On Strength", issued="2018-03"),
        work(authors="{Ünïted Nations}", title="Été"),
        work(title="黒"),
        work(title="黒"),
    ]

    keys = re.findall(r"@\w+\{([^,]*),", bibtex.write(map(csl.item, some)))

    assert keys == [
        "diallo2018strength",
        "diallo2018strengthb",
        "unitednationsete",
        "work",
        "workb",
    ]


def test_every_type_has_an_entry_of_its_own():
    assert set(bibtex.ENTRIES) == set(csl.TYPES)
    assert len(set(bibtex.ENTRIES.values())) == len(csl.TYPES)


def test_strings_accents_nested_braces_and_comments_are_read():
    found = read(r"""
        @string{mr = "Military " # {Review}}
        @comment{@article{not, title = {A trap}}}
        @preamble{"\newcommand{\x}{y}"}
        Words between entries say nothing.
        @Article(ba:18,
          AUTHOR = "Ba, Aw{\'a} and \'Elie Ba and van der Berg, Jr., J.
                    and {UN {Council}} and others",
          title = {The {MINUSMA} of \emph{Str{\"a}nge} 50% --- ``here''},
          journal = mr # ", Mali",
          month = mar, year = 2018, pages = "12--34", number = 8,
          url = {\url{https://example.org/a\_b}}, keywords = {x}
        )""")

    assert found == {
        "type": "article-journal",
        "title": "The MINUSMA of Stränge 50% — “here”",
        "authors": "Ba, Awá\nBa, Élie\nvan der Berg, J., Jr.\n{UN Council}",
        "container_title": "Military Review, Mali",
        "issued": "2018-03",
        "pages": "12–34",
        "issue": "8",
        "url": "https://example.org/a_b",
    }


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("@phdthesis{a, title={T}, school={S}}", {"type": "thesis", "publisher": "S"}),
        ("@techreport{a, title={T}, institution={I}, number={4/2019}}",
         {"type": "report", "publisher": "I", "number": "4/2019"}),
        ("@inproceedings{a, title={T}, booktitle={B}, editor={E, F}}",
         {"type": "chapter", "container_title": "B", "editors": "E, F"}),
        ("@online{a, title={T}, organization={O}, urldate={2026-11-24}}",
         {"type": "webpage", "container_title": "O"}),
        ("@misc{a, title={T}, howpublished={\\url{https://x.org/a}}}",
         {"type": "document", "url": "https://x.org/a"}),
        ("@book{a, title={T}, subtitle={S}, location={P}, langid={ngerman}}",
         {"type": "book", "title": "T: S", "place": "P", "language": "de"}),
        ("@article{a, title={T}, title={U}, date={2018-03-02/2018-04-01}}",
         {"type": "article-journal", "issued": "2018-03-02"}),
        ("@sonnet{a, title={T}}", {"type": "document"}),
    ],
)  # fmt: skip
def test_what_others_write_is_read(entry, told):
    found = read(entry)
    found.pop("accessed", None)

    assert found == {"title": "T"} | told


def test_what_is_not_kept_is_said():
    (found,) = bibtex.read("@article{a, title={T}, author={A and others}, abstract={x}, pmid={3}}")

    assert csl.fields(found.item).remarks == (
        "Not every author’s name could be read.",
        "Not kept: abstract, pmid.",
    )


def test_equal_keys_are_two_works():
    found = bibtex.read("@book{a, title={One}}\n\n@book{a, title={{Two}}}")

    assert [(f.item["title"], f.place) for f in found] == [("One", "line 1"), ("Two", "line 3")]


@pytest.mark.parametrize(
    ("text", "line"),
    [("@book{a, title={One}}\n@book{b,\n title={never", 2), ("@book{a title={One}}", 1)],
)
def test_a_bad_file_is_told_where(text, line):
    with pytest.raises(csl.Unreadable, match=f"^Line {line}:"):
        bibtex.read(text)


@given(st.text('@{}"\\,=#%$&~^_ab \n()', max_size=40))
def test_any_text_is_read_or_refused(text):
    try:
        bibtex.read("@book{a, title={T}}\n" + text)
    except csl.Unreadable:
        return


@pytest.mark.parametrize("field", ["title", "author"])
def test_braces_without_end_are_refused(field):
    deep = "{" * 5_000 + "x" + "}" * 5_000

    with pytest.raises(csl.Unreadable, match=r"^Line 3: its braces are nested too deeply"):
        bibtex.read(f"@book{{a, title={{One}}}}\n\n@book{{b, {field}={{{deep}}}}}")


def test_strings_that_double_forty_times_are_refused():
    doubling = "".join(f"@string{{s{n + 1} = s{n} # s{n}}}\n" for n in range(40))

    with pytest.raises(csl.Unreadable, match="stand for too much text"):
        bibtex.read(f'@string{{s0 = "xy"}}\n{doubling}@book{{a, title = s40}}')
