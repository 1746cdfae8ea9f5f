"""Works in languages that are written from right to left."""

import pytest

from articles import editing, publishing
from articles.editing import CitationGiven
from articles.models import Source
from tests.factories import EditorFactory, SourceFactory, article, claim_of
from tests.reading.markup import parse

pytestmark = pytest.mark.django_db


def test_words_written_the_other_way_say_so(reader):
    made = article()
    claim = claim_of(made, "15,209")
    works = {"ar": "تقرير", "fr": "Un rapport"}
    given = [
        CitationGiven(SourceFactory(title=title, language=language), quote=title)
        for language, title in works.items()
    ]
    editing.review_claim(claim, read=claim.text, citations=given, by=EditorFactory())
    publishing.publish(made, by=None)
    arabic = Source.objects.get(language="ar")

    def directions(path: str, *tags: str) -> set[tuple[str, str, str]]:
        """Tags, languages and directions of what is in another language than the page."""
        main = parse(reader.get(path).text).one("main")
        return {
            (node.tag, node["lang"], node.attributes.get("dir", ""))
            for node in main.all()
            if node.tag in tags and node.attributes.get("lang", "en") != "en"
        }

    assert directions("/articles/two-sections/", "blockquote", "cite") == {
        ("blockquote", "ar", "rtl"),
        ("blockquote", "fr", ""),
        ("cite", "ar", "rtl"),
        ("cite", "fr", ""),
    }
    assert directions(f"/claims/{claim.uid}/", "blockquote", "a") == {
        ("a", "ar", "rtl"),
        ("a", "fr", ""),
        ("blockquote", "ar", "rtl"),
        ("blockquote", "fr", ""),
    }
    assert directions(f"/sources/{arabic.uid}/", "blockquote", "h1") == {
        ("blockquote", "ar", "rtl"),
        ("h1", "ar", "rtl"),
    }


def test_a_sentence_is_in_the_language_of_its_article(reader):
    made = article("# Le retrait\n\nIl a plu.", language="fr")
    publishing.publish(made, by=None)
    claim = claim_of(made, "plu")

    root = parse(reader.get(f"/claims/{claim.uid}/").text)

    assert root.one("html")["lang"] == "en"
    assert root.one("p", class_="bigclaim")["lang"] == "fr"
