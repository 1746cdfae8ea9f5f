"""Web pages: text and fields, read as the child does."""

import pytest

from articles.evidence.documents import child


def told(page: str | bytes, *, kind="text/html", charset="", address="https://example.org/a"):
    body = page if isinstance(page, bytes) else page.encode()
    return child.answer(body, media_type=kind, charset=charset, address=address)


def text(page: str | bytes, **how) -> str:
    return told(page, **how)["text"]


def fields(head: str, body: str = "<p>Words.</p>", **how) -> dict[str, str]:
    return told(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>", **how)[
        "fields"
    ]


def test_each_block_stands_in_a_line_of_its_own():
    page = """<body><header>Home <a href=/>About</a></header><main><h1>Strength</h1>
        <p>In June 2017 the force counted <b>15,209</b>
        members.<br>Others <i>left</i>.<ul><li>One<li>Two</ul>
        <figure><img alt="A camp"><figcaption>The camp at Gao</figcaption></figure>
        <aside>An aside</aside></main><footer>© 2018</footer></body>"""

    assert text(page).split("\n") == [
        "Home About",
        "Strength",
        "In June 2017 the force counted 15,209 members.",
        "Others left.",
        "One",
        "Two",
        "The camp at Gao",
        "An aside",
        "© 2018",
    ]


def test_a_row_of_a_table_is_a_line_its_cells_divided_by_tabs():
    page = (
        "<table><caption>Strength</caption><tr><th>Year<th>Troops<tr><td>2017<td> 13,289 </table>"
    )

    assert text(page) == "Strength\nYear\tTroops\n2017\t13,289"


def test_what_no_reader_sees_as_text_is_left_out():
    page = """<head><title>T</title><style>p{}</style></head><body><script>var a</script>
        <template>t</template><svg><title>Icon</title><text>s</text></svg><iframe>i</iframe>
        <!-- comment -->Seen <!-- another -->words<noscript>, also without scripts</noscript>"""

    assert text(page) == "Seen words\n, also without scripts"


def test_hidden_panels_are_kept_as_readers_open_them():
    assert text("<div hidden>Details</div><details><summary>More</summary>Inside</details>") == (
        "Details\nMore\nInside"
    )


def test_spaces_and_hyphens_that_mean_something_are_left_to_the_finder():
    assert text("<p>June&nbsp;2017, a co\xadlumn of&shy;ten\u202f000</p>") == (
        "June\xa02017, a co\xadlumn of\xadten\u202f000"
    )


def test_lines_of_preformatted_text_stay_lines():
    assert text("<pre>one\ntwo</pre>three") == "one\ntwo\nthree"


def test_a_footnotes_number_is_no_part_of_a_figure():
    page = '<p>It had 15,209<sup><a href="#fn3">3</a></sup> members on 12 km<sup>2</sup>.</p>'

    assert text(page) == "It had 15,209[3] members on 12 km2."


def test_words_are_joined_over_a_chance_to_break():
    assert text("<p>peace<wbr>keeping <custom-word>mission</custom-word></p>") == (
        "peacekeeping\nmission"
    )


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        ("<p>Hampâté Bâ – “é”".encode(), ""),
        ("<p>Hampâté Bâ – “é”".encode("cp1252"), ""),
        ("<p>Hampâté Bâ – “é”".encode("cp1252"), "ISO-8859-1"),
        ("<meta charset=windows-1252><p>Hampâté Bâ – “é”".encode("cp1252"), ""),
        ("<p>Hampâté Bâ – “é”".encode("utf-8-sig"), "iso-8859-1"),
        ("<p>Hampâté Bâ – “é”".encode("utf-16"), ""),
        ("<meta charset=utf-8><p>Hampâté Bâ – “é”".encode("cp1252"), "windows-1252"),
        ("<meta charset=unicode_escape><p>Hampâté Bâ – “é”".encode(), "no-such-set"),
    ],
)
def test_characters_are_read_as_the_page_means_them(body, charset):
    assert text(body, charset=charset) == "Hampâté Bâ – “é”"


def test_other_alphabets_are_read_by_their_declared_sets():
    assert text("<meta charset=windows-1251><p>Мир".encode("cp1251")) == "Мир"
    assert text("<p>平和維持".encode("shift_jis"), charset="shift_jis") == "平和維持"


def test_xhtml_is_read_as_xml_with_its_empty_elements():
    page = (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml">'
        '<head><title>T | Site</title><script src="a.js"/>'
        '<meta name="DC.creator" content="Sims, C."/>'
        "</head><body><p>One</p><p>Two</p></body></html>"
    )

    found = told(page, kind="application/xhtml+xml")

    assert found["text"] == "One\nTwo"
    assert found["fields"]["authors"] == "Sims, C."


def test_xhtml_that_is_none_is_read_as_html():
    assert text("<p>One&nbsp;&eacute;<p>Two", kind="application/xhtml+xml") == "One\xa0é\nTwo"


def test_entities_that_a_document_defines_are_never_expanded():
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    page = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "boom">{entities}]><x><p>&e11;</p></x>'

    assert len(text(page, kind="application/xml")) < 5_000


def test_no_file_is_read_for_a_document():
    page = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'

    assert "&e;" in text(page, kind="application/xml")


def test_elements_that_are_nested_too_deeply_say_so():
    assert told("<div>" * 100_000 + "x") == {"unreadable": "nested"}
    assert told("<div>" * 1_500 + "x")["text"] == "x"


def test_text_and_attributes_may_be_long():
    assert text(f"<p title='{'a' * 11_000_000}'>b</p>{'c' * 11_000_000}")[:3] == "b\nc"


def test_control_characters_and_nul_are_dropped():
    assert text(b"<p>a\x00b\x0bc\x7f&#1;d" + b" words" * 300).startswith("abcd words")


def test_highwire_tags_tell_an_article_in_a_journal():
    found = fields(
        """<title>Strength of the mission | Example Review</title>
        <meta name="citation_title" content="Strength of the <i>mission</i> &amp;amp; more">
        <meta name="citation_author" content="Diallo, A.">
        <meta name="citation_author" content="Ludwig van Beethoven">
        <meta name="citation_publication_date" content="2018/03/02">
        <meta name="citation_journal_title" content="Example Review">
        <meta name="citation_volume" content="12"><meta name="citation_issue" content="3">
        <meta name="citation_firstpage" content="12"><meta name="citation_lastpage" content="34">
        <meta name="citation_doi" content="doi:10.1000/182">
        <meta name="citation_issn" content="12345678">
        <meta name="citation_language" content="en-GB">
        <meta name="citation_publisher" content="Example Press">
        <meta property="og:title" content="Not this one">"""
    )

    assert found == {
        "type": "article-journal",
        "title": "Strength of the mission & more",
        "authors": "Diallo, A.\nvan Beethoven, Ludwig",
        "issued": "2018-03-02",
        "container_title": "Example Review",
        "publisher": "Example Press",
        "volume": "12",
        "issue": "3",
        "pages": "12–34",
        "doi": "10.1000/182",
        "issn": "1234-5678",
        "language": "en",
    }


def test_highwire_tags_tell_a_report():
    found = fields(
        """<meta name="citation_title" content="Mali"><meta name="citation_year" content="2019">
        <meta name="citation_technical_report_institution" content="Example Institute">
        <meta name="citation_technical_report_number" content="TR-7">"""
    )

    assert found == {
        "type": "report",
        "title": "Mali",
        "issued": "2019",
        "publisher": "Example Institute",
        "number": "TR-7",
    }


def test_dublin_core_is_read_in_all_its_spellings():
    found = fields(
        """<meta name="DC.Title" content="Strength"><meta name="dcterms.creator" content="UN News">
        <meta name="DCTERMS.issued" content="2018-03"><meta name="dc:publisher" content="UN">
        <meta name="DC.Identifier" content="10.1000/182"><meta name="DC.Language" content="fre">"""
    )

    assert found == {
        "type": "webpage",
        "title": "Strength",
        "authors": "{UN News}",
        "issued": "2018-03",
        "publisher": "UN",
        "doi": "10.1000/182",
        "language": "fr",
    }


def test_json_ld_tells_an_article_in_a_newspaper():
    found = fields(
        """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
        {"@type": "WebSite", "name": "The Example"},
        {"@type": "Organization", "@id": "#org", "name": "The Example"},
        {"@type": "Person", "@id": "#p", "name": "Ousmane Diallo"},
        {"@type": ["NewsArticle"], "headline": "Strength &#8217;of&#8217; it",
         "author": [{"@id": "#p"}, {"@type": "Organization", "name": "Example Wire"}],
         "datePublished": "2018-03-02T10:00:00+02:00", "inLanguage": "en",
         "publisher": {"@id": "#org"}},
        {"@type": "NewsArticle", "headline": "Another one"}]}</script>"""
    )

    assert found == {
        "type": "article-newspaper",
        "title": "Strength ’of’ it",
        "authors": "Diallo, Ousmane\n{Example Wire}",
        "issued": "2018-03-02",
        "container_title": "The Example",
        "language": "en",
    }


def test_json_ld_names_the_journal_of_an_articles_issue():
    found = fields(
        """<script type="application/ld+json">{"@type": "ScholarlyArticle", "name": "Strength",
        "author": {"@type": "Person", "familyName": "Diallo", "givenName": "A."},
        "pagination": "12-34", "identifier": {"value": "10.1000/182"}, "isPartOf":
        {"@type": "PublicationIssue", "issueNumber": 3, "isPartOf": {"@type": "PublicationVolume",
        "volumeNumber": "12", "isPartOf": {"@type": "Periodical", "name": "Example Review",
        "issn": ["1234-5678"]}}}}</script>"""
    )

    assert found == {
        "type": "article-journal",
        "title": "Strength",
        "authors": "Diallo, A.",
        "container_title": "Example Review",
        "volume": "12",
        "issue": "3",
        "pages": "12–34",
        "doi": "10.1000/182",
        "issn": "1234-5678",
    }


@pytest.mark.parametrize(
    "script",
    ["{", "[" * 100_000, '{"@type": 3, "headline": {}}', "[null, 1, [], {}]", '"text"', "1" * 9999],
)
def test_json_ld_that_is_none_is_passed_over(script):
    found = fields(f'<title>T</title><script type="application/ld+json">{script}</script>')

    assert found == {"type": "webpage", "title": "T"}


def test_open_graph_tells_what_nothing_else_does():
    found = told(
        """<html lang="en-US"><title>Strength - The Example</title>
        <meta property="og:title" content="Strength">
        <meta property="og:site_name" content="The Example">
        <meta property="article:published_time" content="2018-03-02T10:00:00Z">
        <meta property="article:author" content="https://www.facebook.com/diallo">
        <meta name="author" content="By OUSMANE DIALLO and Jane Doe">""",
    )["fields"]

    assert found == {
        "type": "webpage",
        "title": "Strength",
        "authors": "DIALLO, OUSMANE\nDoe, Jane",
        "issued": "2018-03-02",
        "container_title": "The Example",
        "language": "en",
    }


@pytest.mark.parametrize(
    ("title", "site", "heading", "cut"),
    [
        ("Strength | The Example", "The Example", "", "Strength"),
        ("The Example – Strength", "The Example", "", "Strength"),
        ("Strength - of - it - THE EXAMPLE", "The Example", "", "Strength - of - it"),
        ("Strength | The Example", "", "", "Strength | The Example"),
        ("The Example", "The Example", "", "The Example"),
        ("Co-operation in Mali", "operation in Mali", "", "Co-operation in Mali"),
        ("The strength of it all | Ex", "", "The strength of it all", "The strength of it all"),
    ],
)
def test_the_sites_name_is_cut_from_the_title(title, site, heading, cut):
    head = f'<title>{title}</title><meta property="og:site_name" content="{site}">'

    assert fields(head, f"<h1>{heading}</h1>")["title"] == cut


def test_a_date_or_author_may_stand_in_the_text_alone():
    found = fields(
        "<title>T</title>",
        """<a rel="author" href="/d">Ousmane Diallo</a>
        <time class="entry-date published" datetime="2018-03-02">2 March</time>
        <time datetime="2020-01-01">elsewhere</time>""",
    )

    assert (found["authors"], found["issued"]) == ("Diallo, Ousmane", "2018-03-02")


@pytest.mark.parametrize(
    ("canonical", "url"),
    [
        ("https://example.org/b", "https://example.org/b"),
        ("/b?id=3", "https://example.org/b?id=3"),
        ("https://other.example/b", None),
        ("https://example.org/", None),
        ("javascript:alert(1)", None),
        ("http://[", None),
    ],
)
def test_the_pages_own_address_counts_on_its_own_site_only(canonical, url):
    assert fields(f'<link rel="canonical" href="{canonical}">').get("url") == url


def test_origins_tell_where_each_field_was_found():
    page = '<html lang=en><title>T</title><meta name="DC.date" content="2018">'

    assert told(page)["origins"] == {
        "title": "<title>",
        "issued": "dc.date",
        "language": "<html lang>",
        "type": "kind of document",
    }


def test_thousands_of_tags_and_endless_values_are_bounded():
    found = fields(
        "<meta name='citation_author' content='Diallo, A.'>" * 5_000
        + f"<meta name='citation_title' content='{'word ' * 10_000}'>"
        + f"<meta name='citation_journal_title' content='{'j' * 301}'>"
        + "".join(f"<meta name='author' content='Doe {n}, Jane'>" for n in range(3_000))
    )

    assert found["authors"] == "Diallo, A."
    assert len(found.get("title", "")) <= 500
    assert "container_title" not in found
