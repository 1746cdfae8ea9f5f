"""Where a page is in another language."""

import pytest
from django.urls import resolve, reverse
from django.utils import translation

from articles.reading.languages import in_language, in_languages, language_of, versions


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("/", "/fr/"),
        ("/articles/wells/", "/fr/articles/wells/"),
        ("/search/?q=d%C3%A9part&page=2", "/fr/search/?q=d%C3%A9part&page=2"),
        ("/free/", "/fr/free/"),
    ],
)
def test_a_page_has_the_same_address_in_french_after_a_prefix(english, french):
    assert [language_of(english), language_of(french)] == ["en", "fr"]
    assert {in_language(path, "fr") for path in (english, french)} == {french}
    assert {in_language(path, "en") for path in (english, french)} == {english}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_address_is_read_alike_whatever_language_the_thread_has(language):
    with translation.override(language):
        found = [resolve(f"{prefix}/claims/abc/") for prefix in ("", "/fr")]

    assert [(match.view_name, match.kwargs) for match in found] == [
        ("articles:claim", {"uid": "abc"})
    ] * 2


@pytest.mark.parametrize(
    ("name", "arguments", "french"),
    [
        ("article", ["wells"], "/fr/articles/wells/"),
        ("tag", ["été"], "/fr/tags/%C3%A9t%C3%A9/"),
        ("feed-articles", [], "/fr/feeds/articles.atom"),
        ("picture", ["wells"], "/fr/articles/wells/picture.png"),
        ("timegate", ["wells"], "/fr/timegate/articles/wells/"),
        ("cite_bib", ["wells", 3], "/fr/articles/wells/revisions/3/cite.bib"),
        ("json", ["wells"], "/articles/wells.json"),
        ("markdown", ["wells"], "/articles/wells.md"),
        ("references_ris", ["wells"], "/articles/wells/references.ris"),
        ("annotations", ["wells"], "/articles/wells/annotations.jsonld"),
        ("sitemap", [], "/sitemap.xml"),
    ],
)
def test_what_has_words_of_the_interface_has_a_french_address_and_data_has_one(
    name, arguments, french
):
    with translation.override("fr"):
        assert reverse(f"articles:{name}", args=arguments) == french


def test_a_translation_takes_the_place_of_the_page_in_its_language():
    found = versions(in_languages("/articles/wells/", [["fr", "puits"]]))

    assert [(version.language, version.name, version.address) for version in found] == [
        ("en", "English", "http://testserver/articles/wells/"),
        ("fr", "Français", "http://testserver/fr/articles/puits/"),
    ]
