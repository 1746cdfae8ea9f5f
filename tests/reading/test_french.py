"""The site in French: its interface, and articles in French, each in either language."""

import re
from dataclasses import replace
from html import unescape

import pytest

from articles import editing, publishing
from articles.editing import CitationGiven
from articles.history.store import head, load
from articles.models import Claim, PublishedArticle
from tests.factories import EditorFactory, SourceFactory, article, claim_of
from tests.reading.dated import published, withdrawn

RETREAT = """# Le départ des Casques bleus

La mission de l’ONU au Mali a fermé ses portes le 31 déc. 2023. M. Diop avait demandé un départ \
« sans délai » : il l’a obtenu en six mois.

## Le calendrier

La rés. 2690 a mis fin au mandat le 30 juin 2023. Qui protège les civils depuis ? Personne ne le \
sait encore !
"""
SENTENCES = [
    "La mission de l’ONU au Mali a fermé ses portes le 31 déc. 2023.",
    "M. Diop avait demandé un départ « sans délai » : il l’a obtenu en six mois.",
    "La rés. 2690 a mis fin au mandat le 30 juin 2023.",
    "Qui protège les civils depuis ?",
    "Personne ne le sait encore !",
]

pytestmark = pytest.mark.django_db


def retreat(**values):
    return article(RETREAT, **{"slug": "depart", "language": "fr"} | values)


def text(html: str) -> str:
    """What a reader sees of the page's body, in one line."""
    body = re.sub(r"<(script|style)\b.*?</\1>", "", html.partition("<body")[2], flags=re.DOTALL)
    # Not \s, which also takes the spaces that French needs.
    return re.sub(r"[ \n]+", " ", unescape(re.sub(r"<[^>]*>", "", body)))


def alternates(html: str) -> list[tuple[str, str]]:
    found = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', html)
    return [(language, href.removeprefix("http://testserver")) for language, href in found]


def everything() -> list[str]:
    """The addresses of one page of each kind, of an article that was published twice."""
    made = retreat(tags={"Le calendrier": ["Casques bleus"]})
    published(made, "2026-08-01T08:00:00")
    claim, source = claim_of(made, "2690"), SourceFactory()
    citation = CitationGiven(source, quote="met fin au mandat")
    by = EditorFactory()
    editing.review_claim(claim, read=claim.text, citations=[citation], by=by)
    editing.judge(claim, read=claim.text, rating="supported", note="Elle le dit.", by=by)
    second = published(made, "2026-08-02T08:00:00", note="La date était fausse.")
    return [
        "/",
        "/articles/depart/",
        "/articles/depart/history/",
        "/articles/depart/revisions/1/",
        f"/articles/depart/compare/1..{second.revision.number}/",
        "/articles/depart/provenance/",
        "/articles/depart/as-of/2026-08-01/",
        f"/articles/depart/publications/{second.number}/",
        f"/claims/{claim.uid}/",
        f"/claims/{claim.uid}/report/",
        f"/claims/{claim.uid}/report/thanks/",
        "/search/?q=mandat",
        "/sources/",
        f"/sources/{source.uid}/",
        "/tags/",
        "/tags/casques-bleus/",
        "/corrections/",
        "/about/",
    ]


def test_a_french_article_falls_into_french_sentences():
    made = retreat()

    found = Claim.objects.standing().filter(article=made)
    assert sorted(claim.text for claim in found) == sorted(SENTENCES)


def test_the_notice_speaks_the_language_of_the_address(reader):
    made = retreat()
    claim = claim_of(made, "2690")
    editing.judge(claim, read=claim.text, rating="outdated", by=EditorFactory())
    publishing.publish(made, by=None)

    english, french = (reader.get(f"{start}/articles/depart/").text for start in ("", "/fr"))

    assert "Written by AI. People have reviewed 1 of 5 sentences." in text(english)
    assert "Rédigé par une IA. Des personnes ont vérifié 1 des 5 phrases." in text(french)
    assert ["lang=" in part[:80] for part in (english, french)] == [True, True]
    assert '<html lang="en">' in english
    assert '<html lang="fr">' in french


def test_a_text_names_its_language_where_the_interface_has_another(reader):
    publishing.publish(retreat(), by=None)
    publishing.publish(article(), by=None)

    def marked(path: str) -> list[str]:
        return re.findall(r'<h1( lang="\w+")?>|<div class="text"( lang="\w+")?>', path)

    pages = {
        path: [tag or other for tag, other in marked(reader.get(path).text)]
        for path in (
            *("/articles/depart/", "/fr/articles/depart/"),
            *("/articles/two-sections/", "/fr/articles/two-sections/"),
        )
    }
    assert pages == {
        "/articles/depart/": [' lang="fr"'] * 2,
        "/fr/articles/depart/": ["", ""],
        "/articles/two-sections/": ["", ""],
        "/fr/articles/two-sections/": [' lang="en"'] * 2,
    }


def test_every_page_is_there_in_both_languages_and_says_so(reader):
    for path in everything():
        english, french = reader.get(path), reader.get(f"/fr{path}")

        assert [english.status_code, french.status_code] == [200, 200], path
        assert '<html lang="en">' in english.text, path
        assert '<html lang="fr">' in french.text, path
        both = [("en", path), ("fr", f"/fr{path}"), ("x-default", path)]
        assert alternates(english.text) == alternates(french.text) == both
        assert f'<a href="/fr{path}" lang="fr" hreflang="fr">Français</a>' in english.text
        assert f'<a href="{path}" lang="en" hreflang="en">English</a>' in french.text
        assert french.text.count('rel="canonical" href="http://testserver/fr/') == 1, path
        assert not re.search(r"(?<![:\d])01 ", text(french.text)), path


def test_a_french_page_leads_to_french_pages(reader):
    ours = re.compile(r'(?:href|action|src)="(/[^"]*)"')
    outside = re.compile(
        r"/(admin|static)/|/articles/[\w-]+(\.md|\.json|/references\.\w+|/annotations\.jsonld)"
        r"|/\.well-known/"
    )
    for path in everything():
        html = re.sub(r"<a [^>]*hreflang=[^>]*>", "", reader.get(f"/fr{path}").text)
        english = {
            address
            for address in ours.findall(html)
            if not address.startswith("/fr/") and not outside.match(address)
        }
        assert english == set(), path


def test_no_english_stands_on_a_french_page(reader):
    english = re.compile(
        r"\b(the|of|and|this|sentence|sentences|revision|checked|published|with|by|what|see)\b",
        re.IGNORECASE,
    )
    for path in everything():
        seen = text(reader.get(f"/fr{path}").text).replace("Sentence by Sentence", "")
        bodies = re.sub(r"Fact sheet \d+|Peacekeeping Statistics|verify_history --since", "", seen)
        # The history tells in whatever language editors' summaries are; theirs are not ours.
        bodies = re.sub(r"First version|Judged a sentence[^.]*\.", "", bodies)
        assert english.findall(bodies) == [], path


def test_days_times_and_numbers_are_french(reader):
    everything()

    article_page = text(reader.get("/fr/articles/depart/").text)
    history = text(reader.get("/fr/articles/depart/history/").text)

    assert "Corrigé le 2\u00a0août 2026\u00a0: La date était fausse." in article_page
    assert "première publication le 1er\u00a0août 2026" in article_page
    assert "1er\u00a0août 2026 à 08:00 UTC" in history


def test_references_are_written_as_the_interface_writes(reader):
    made = retreat()
    claim, source = claim_of(made, "2690"), SourceFactory(title="Adieux", type="webpage")
    citation = CitationGiven(source, quote="met fin")
    editing.review_claim(claim, read=claim.text, citations=[citation], by=EditorFactory())
    publishing.publish(made, by=None)

    english, french = (text(reader.get(f"{start}/sources/").text) for start in ("", "/fr"))

    assert "“Adieux,” Peacekeeping Statistics, June 2017" in english
    assert "«\u202fAdieux\u202f», Peacekeeping Statistics, juin 2017" in french


def test_translations_lead_to_each_other(reader):
    original = article()
    publishing.publish(original, by=None)
    translation = retreat(translation_of=original.uid)
    alone = reader.get("/articles/two-sections/")
    publishing.publish(translation, by=None)

    english = reader.get("/articles/two-sections/")
    french = reader.get("/fr/articles/depart/")

    both = [
        ("en", "/articles/two-sections/"),
        ("fr", "/fr/articles/depart/"),
        ("x-default", "/articles/two-sections/"),
    ]
    assert alone.headers["etag"] != english.headers["etag"]
    assert alternates(english.text) == alternates(french.text) == both
    assert "Lire cet article en français" not in alone.text
    assert "Lire cet article en français" in english.text
    assert "Read this article in English" in french.text
    sitemap = reader.get("/sitemap.xml").text
    assert sitemap.count('hreflang="fr" href="http://testserver/fr/articles/depart/"') == 4


def test_each_translation_has_its_own_review(reader):
    original = article()
    translation = retreat(translation_of=original.uid)
    claim = claim_of(original, "15,209")
    editing.judge(claim, read=claim.text, rating="supported", by=EditorFactory())
    for made in (original, translation):
        publishing.publish(made, by=None)

    assert "1 of 5 sentences judged" in text(reader.get("/articles/two-sections/").text)
    assert "0 of 5 sentences judged" in text(reader.get("/articles/depart/").text)


@pytest.mark.parametrize("taken", ["draft", "withdrawn"])
def test_what_readers_do_not_see_is_no_translation(reader, taken):
    original = article()
    publishing.publish(original, by=None)
    translation = retreat(translation_of=original.uid)
    if taken == "withdrawn":
        publishing.publish(translation, by=None)
        publishing.withdraw(translation, by=None, reason="Trop tôt.")

    html = reader.get("/articles/two-sections/").text

    assert "Lire cet article" not in html
    assert alternates(html)[1] == ("fr", "/fr/articles/two-sections/")
    assert PublishedArticle.objects.get(slug="two-sections").translations == []


def test_a_translation_that_was_one_by_mistake_is_let_go(reader):
    original = article()
    publishing.publish(original, by=None)
    translation = retreat(translation_of=original.uid)
    publishing.publish(translation, by=None)

    newest = head(translation)
    text_now = replace(load(newest).text, translation_of="")
    editing.save_article(translation, text_now, base=newest.hash, by=None)
    publishing.publish(translation, by=None)

    assert "Lire cet article" not in reader.get("/articles/two-sections/").text


@pytest.mark.parametrize("path", ["/de/", "/en/", "/de/articles/depart/", "/fr/fr/"])
def test_an_unknown_prefix_leads_nowhere(reader, path):
    publishing.publish(retreat(), by=None)

    assert reader.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/fr/nichts/", "/fr/articles/nothing/", "/fr/articles/depart.md"])
def test_what_is_not_there_is_told_in_french(reader, path):
    publishing.publish(retreat(), by=None)

    answer = reader.get(path)

    assert answer.status_code == 404
    assert '<html lang="fr">' in answer.text
    assert "Il n’y a rien à cette adresse" in answer.text
    assert '<a href="/" lang="en" hreflang="en">English</a>' in answer.text


def test_a_withdrawal_is_told_in_french(reader):
    made = retreat()
    published(made, "2026-08-01T08:00:00")
    withdrawn(made, "2026-09-01T08:00:00", reason="Trop tôt.")

    answer = reader.get("/fr/articles/depart/")

    assert answer.status_code == 410
    assert "Cet article a été retiré le 1er\u00a0septembre 2026." in text(answer.text)


def test_a_missing_slash_is_added_behind_the_prefix(reader):
    answer = reader.get("/fr/tags")

    assert [answer.status_code, answer.headers["location"]] == [301, "/fr/tags/"]


def test_a_french_page_leaves_no_french_behind(reader):
    publishing.publish(retreat(), by=None)

    reader.get("/fr/articles/depart/")

    assert '<html lang="en">' in reader.get("/articles/depart/").text


def test_a_page_is_kept_once_for_each_language(reader, django_assert_num_queries):
    publishing.publish(retreat(), by=None)
    tags = [reader.get(f"{start}/articles/depart/").headers["etag"] for start in ("", "/fr")]

    with django_assert_num_queries(1):
        warm = reader.get("/fr/articles/depart/")

    assert warm.headers["etag"] == tags[1] != tags[0]


def test_the_past_is_reached_in_the_language_of_the_gate(reader):
    entry = published(retreat(), "2026-08-01T08:00:00")

    answer = reader.get("/fr/timegate/articles/depart/")

    address = f"http://testserver/fr/articles/depart/publications/{entry.number}/"
    assert [answer.status_code, answer.headers["location"]] == [302, address]


def test_linked_data_names_the_same_article_in_both_languages(reader):
    publishing.publish(retreat(), by=None)
    names = re.compile(r'"@id":"([^"]+)"')

    english, french = (reader.get(f"{start}/articles/depart/").text for start in ("", "/fr"))

    assert names.findall(english) == names.findall(french) != []


def test_a_report_in_french_is_answered_in_french(client):
    made = retreat()
    publishing.publish(made, by=None)
    claim = claim_of(made, "2690")

    answer = client.post(
        f"/fr/claims/{claim.uid}/report/", {"text": ""}, headers={"accept-language": "en"}
    )

    assert answer.status_code == 400
    assert '<html lang="fr">' in answer.text
    assert "Votre signalement n’a pas encore été envoyé." in answer.text
