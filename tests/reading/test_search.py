"""The search page, over several articles."""

from dataclasses import replace
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import editing, publishing, search
from articles.editing import CitationGiven, VerdictGiven
from articles.models import IndexedArticle, IndexedWord
from articles.reading import finding
from articles.reading.finding import Ask, find
from tests.factories import EditorFactory, SourceFactory, article, claim_of
from tests.reading.markup import Node, parse

pytestmark = pytest.mark.django_db

FRENCH = """# Le retrait du Mali

La mission a quitté le Mali en 2023. L’État n’a pas repris tous les camps.

## Les soldats retirés

Quinze mille soldats furent retirés en six mois.
"""


def published(slug: str = "two-sections", **values):
    made = article(slug=slug, **values)
    publishing.publish(made, by=None)
    return made


def with_title(title: str, text: str = "Nothing of note stands in here.") -> str:
    return f"# {title}\n\n{text}"


def page(reader, typed: str, **filters: str) -> Node:
    asked = "".join(f"&{name}={quote(value)}" for name, value in filters.items())
    answer = reader.get(f"/search/?q={quote(typed)}{asked}")
    assert answer.status_code == 200
    return parse(answer.text).one("main")


def slugs(typed: str, **asked) -> list[str]:
    return [found.article.slug for found in find(Ask(typed, **asked)).found]


def sentences(typed: str, **asked) -> list[str]:
    """The sentences found, with what is marked in brackets."""
    return [
        "".join(f"[{piece.text}]" if piece.found else piece.text for piece in hit.extract)
        for found in find(Ask(typed, **asked)).found
        for hit in found.hits
        if hit.kind == "sentence"
    ]


def test_a_word_leads_to_its_sentence(reader):
    made = published()
    claim = claim_of(made, "ceasefire")

    found = page(reader, "ceasefires")

    (link,) = found.one("ol", class_="hits").all("a")
    assert link["href"] == f"/articles/two-sections/#c-{claim.uid}"
    assert link.text == "The ceasefire held for nine months."
    assert [mark.text for mark in found.all("mark")] == ["ceasefire"]
    assert "Not checked · Second" in found.one("p", class_="state").text


def test_a_rating_of_what_somebody_claimed_says_whose_claim_it_is(reader):
    made = article(markdown=with_title("Denials", "The minister said that no camp was lost."))
    claim = claim_of(made, "camp")
    judged = VerdictGiven("refuted", "The inquiry counts three.", claimant="<Mali’s minister>")
    editing.review_claim(
        claim, read=claim.text, verdicts=[judged], citations=[], by=EditorFactory()
    )
    publishing.publish(made, by=None)

    state = page(reader, "camp").one("p", class_="state")

    said = "Refuted by a person, about a claim by <Mali’s minister> · Introduction"
    assert " ".join(state.text.split()) == said


def test_words_may_stand_in_different_places_of_an_article():
    published()
    published("other", markdown=with_title("Force of habit"))

    assert slugs("force ceasefire two") == ["two-sections"]


def test_a_draft_is_never_found(reader):
    article(slug="draft")
    made = published("shown")
    text = editing.article_text(made)
    saved = editing.save_article(
        made,
        editing_with(text, "Nobody had expected the flood."),
        base=made.revisions.latest("number").hash,
        by=None,
    )

    assert saved.revision.number == 2
    assert slugs("ceasefire") == ["shown"]
    assert slugs("flood") == []
    assert not IndexedWord.objects.filter(word="flood").exists()

    publishing.publish(made, by=None)

    assert slugs("flood") == ["shown"]
    assert IndexedWord.objects.get(word="flood").articles == 1


def editing_with(text, sentence: str):
    *others, last = text.sections
    return replace(text, sections=(*others, replace(last, body=sentence)))


def test_a_withdrawn_article_vanishes_with_its_words(reader):
    gone = published("gone")
    published("stays", markdown=with_title("Ceasefires elsewhere"))

    publishing.withdraw(gone, by=None, reason="Not ours.")

    assert slugs("ceasefire") == ["stays"]
    assert slugs("capital") == []
    assert list(IndexedArticle.objects.values_list("article__slug", flat=True)) == ["stays"]
    assert not IndexedWord.objects.filter(word="capital").exists()


def test_what_was_said_before_is_not_found():
    made = published()
    editing.save_article(
        made,
        editing_with(editing.article_text(made), "It ended in the spring."),
        base=made.revisions.get().hash,
        by=None,
    )
    publishing.publish(made, by=None)

    assert (slugs("ceasefire"), slugs("spring")) == ([], ["two-sections"])


def test_a_title_weighs_more_than_a_heading_and_a_heading_more_than_sentences():
    many = " ".join(f"The well number {n} stands in a village." for n in range(30))
    published("sentences", markdown=with_title("Water", many))
    published("heading", markdown="# Rivers\n\nA word.\n\n## Wells\n\nNothing of note stands here.")
    published("title", markdown=with_title("Wells of the north"))

    assert slugs("wells") == ["title", "heading", "sentences"]


@pytest.mark.parametrize(
    ("typed", "there"),
    [
        ("members", "The force had 15,209 [members] in 2017."),
        ("member", "The force had 15,209 [members] in 2017."),
        ("FORCES", "The [force] had 15,209 members in 2017."),
        ("15209", "The force had [15,209] members in 2017."),
        ("15,209", "The force had [15,209] members in 2017."),
        ("expecting", "Nobody had [expected] that."),
    ],
)
def test_english_words_are_found_in_all_their_forms(typed, there):
    published()

    assert sentences(typed) == [there]


@pytest.mark.parametrize(
    ("typed", "there"),
    [
        ("retirée", "Quinze mille soldats furent [retirés] en six mois."),
        ("retirer", "Quinze mille soldats furent [retirés] en six mois."),
        ("soldat", "Quinze mille [soldats] furent retirés en six mois."),
        ("etat", "L’[État] n’a pas repris tous les camps."),
        ("l’état", "L’[État] n’a pas repris tous les camps."),
        ("quitte", "La mission a [quitté] le Mali en 2023."),
    ],
)
def test_french_words_are_found_in_all_their_forms_and_without_accents(typed, there):
    published("retrait", markdown=FRENCH, language="fr")

    assert sentences(typed) == [there]


def test_a_french_word_is_not_taken_for_an_english_one():
    published("note", markdown=with_title("Wells", "It was not a place to be in."))

    assert slugs("notes") == []  # whose French stem is "not"


def test_a_phrase_stands_in_its_order():
    published()

    assert sentences('"nine months"') == ["The ceasefire held for [nine months]."]
    assert slugs('"months nine"') == []
    assert slugs("months nine") == ["two-sections"]


def test_a_minus_leaves_out():
    published("one", markdown=with_title("Wells and roads"))
    published("other", markdown=with_title("Wells"))

    assert slugs("wells -roads") == ["other"]
    assert slugs('wells -"wells and"') == ["other"]


def test_results_are_narrowed_by_language():
    published("retrait", markdown=FRENCH, language="fr")
    published("withdrawal", markdown=with_title("Withdrawal from Mali in 2023"))

    assert sorted(slugs("Mali 2023")) == ["retrait", "withdrawal"]
    assert slugs("Mali 2023", language="fr") == ["retrait"]
    assert slugs("2023", language="en") == ["withdrawal"]


LONG_ENGLISH = with_title(
    "A mission", "It was to protect people in Mali. " + "Nothing of note stands in here. " * 60
)


def test_articles_in_the_language_of_the_interface_come_first(reader):
    published("withdrawal", markdown=LONG_ENGLISH)
    published("bref", markdown="# En bref\n\nLe Mali reste. Le Mali change.", language="fr")

    def order(path: str) -> list[str]:
        return [h2["lang"] for h2 in parse(reader.get(f"{path}?q=Mali").text).all("h2")]

    assert slugs("Mali") == ["bref", "withdrawal"]
    assert order("/search/") == ["en", "fr"]
    assert order("/fr/search/") == ["fr", "en"]


def test_the_language_of_the_interface_leaves_nothing_out():
    published("retrait", markdown=FRENCH, language="fr")

    assert slugs("soldats", interface="en") == ["retrait"]


def test_results_are_narrowed_by_verdict():
    judged, other = article(slug="judged"), article(slug="other")
    for made, words in ((judged, "15,209"), (other, "ceasefire")):
        claim = claim_of(made, words)
        editing.judge(claim, read=claim.text, rating="refuted", by=EditorFactory())
        publishing.publish(made, by=None)

    assert sentences("members", verdict="refuted") == ["The force had 15,209 [members] in 2017."]
    assert slugs("members", verdict="supported") == []
    assert slugs("capital", verdict="refuted") == []
    assert sorted(slugs("capital", verdict="none")) == ["judged", "other"]


def test_a_verdict_that_the_words_outlived_is_no_verdict():
    made = article()
    claim = claim_of(made, "ceasefire")
    editing.judge(claim, read=claim.text, rating="supported", by=EditorFactory())
    base = made.revisions.latest("number").hash
    changed = editing_with(
        editing.article_text(made), "The ceasefire held for ten months. Nobody had expected that."
    )
    editing.save_article(made, changed, base=base, by=None)
    publishing.publish(made, by=None)

    assert sentences("ceasefire", verdict="supported") == []
    assert sentences("ceasefire", verdict="stale") == ["The [ceasefire] held for ten months."]


def test_results_are_narrowed_by_tag_to_its_sections(reader):
    published("one", tags={"First": ["Été", "C++"]})
    published("other")

    assert slugs("members", tag="été") == ["one"]
    assert slugs("ceasefire", tag="été") == []
    choices = page(reader, "members").one("select", name="tag").all("option")
    assert [(choice["value"], choice.text) for choice in choices] == [
        ("", "any"),
        ("c", "C++"),
        ("été", "Été"),
    ]
    kept = page(reader, "members", tag="été", verdict="none")
    assert [choice["value"] for choice in kept.all("option") if "selected" in choice] == [
        "none",
        "été",
    ]


def test_where_not_all_were_looked_through_more_may_be_there(reader, monkeypatch):
    monkeypatch.setattr(finding, "MOST_SENTENCES", 1)
    published("one")
    published("other")

    assert "At least 1 article found." in page(reader, "members", verdict="none").text


def test_tags_and_sources_are_found(reader):
    sheet = SourceFactory(title="Facts on peacekeeping")
    made = article(tags={"First": ["Barracks"]})
    claim = claim_of(made, "15,209")
    editing.review_claim(
        claim,
        read=claim.text,
        verdicts=[VerdictGiven("supported")],
        citations=[CitationGiven(sheet, stance="supports")],
        by=EditorFactory(),
    )
    publishing.publish(made, by=None)

    def hrefs(typed: str) -> list[str]:
        return [link["href"] for link in page(reader, typed).one("ol").all("a")]

    assert hrefs("peacekeeping facts") == [f"/sources/{sheet.uid}/"]
    assert hrefs("barrack") == ["/tags/barracks/"]


def test_a_mistyped_word_is_put_right(reader):
    published("one")

    found = page(reader, "the caesefire")

    assert "No article holds “the caesefire”; this was found for the ceasefire." in found.text
    assert [mark.text for mark in found.all("mark")] == ["ceasefire"]
    assert found.one("input", name="q")["value"] == "the caesefire"


def test_what_was_typed_can_be_looked_for_as_it_is(reader):
    published("one")
    status = page(reader, "caesefire")
    meant, exactly = (status.all("a", href=f"?q={q}") for q in ("ceasefire", "caesefire&exact=1"))

    found = page(reader, "caesefire", exact="1")

    assert [link.text for link in [*meant, *exactly]] == [
        "ceasefire",
        "Search for exactly “caesefire”",
    ]
    assert "No article holds “caesefire”." in found.text
    assert found.one("a", href="?q=ceasefire&exact=1").text == "ceasefire"
    assert found.all("mark") == []


def test_results_of_another_spelling_go_on_over_pages(reader):
    for number in range(11):
        published(f"a{number:02}", markdown=with_title(f"Barracks {number}"))

    first, second = page(reader, "barraks"), page(reader, "barraks", page="2")

    assert first.one("a", rel="next")["href"] == "?q=barraks&page=2"
    assert [len(found.all("h2")) for found in (first, second)] == [10, 1]


def test_a_known_word_is_looked_for_before_an_unknown_one_is_respelled(reader):
    published("one")
    published("other", markdown=with_title("Camels", "Nothing of note stands in here."))

    found = page(reader, "ceasefire canels")

    assert "No article holds all of these words; these hold some of them." in found.text
    assert [mark.text for mark in found.all("mark")] == ["ceasefire"]
    assert found.one("input", name="q")["value"] == "ceasefire canels"
    assert found.one("a", href="?q=ceasefire+camels").text == "ceasefire camels"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("drones", ""),  # not "does", two slips away
        ("barraks", "barracks"),
        ("barakks", "barracks"),
        ("bells", "bills"),  # which begins alike, though more articles hold "wells"
    ],
)
def test_a_short_word_is_put_right_by_one_slip(typed, meant):
    published("wells", markdown=with_title("Wells", "It does stand by the barracks."))
    published("other", markdown=with_title("Wells"))
    published("bills", markdown=with_title("Bills"))

    assert search.corrected(typed) == meant


def test_another_spelling_is_suggested_where_little_is_found(reader):
    published("usual")
    published("odd", markdown=with_title("Ceasefyre", "A film of that name."))

    found = page(reader, "ceasefyre film")

    assert "Did you mean" not in found.text
    assert slugs("ceasefyres") == ["odd"]


def test_some_of_the_words_are_better_than_none(reader):
    published("one")

    found = page(reader, "ceasefire zebra")

    assert "No article holds all of these words; these hold some of them." in found.text
    assert [mark.text for mark in found.all("mark")] == ["ceasefire"]


def test_a_sentence_with_the_rarer_word_comes_first():
    text = " ".join(f"The mission built camp {n}." for n in range(5)) + " A flood came in autumn."
    published("camps", markdown=with_title("Camps", text))

    assert sentences("mission flood")[0] == "A [flood] came in autumn."


def test_nothing_is_said_to_be_nothing(reader):
    published()

    found = page(reader, "zebra", verdict="refuted")

    assert "Nothing was found for “zebra” with these filters." in found.text
    assert found.all("mark") == []
    assert [link["href"] for link in found.all("a")] == ["?q=zebra", "/tags/", "/sources/"]


@pytest.mark.parametrize(
    "typed",
    [
        '"', "' OR 1", "*", "a AND", "(", "\0", "💡", "", " ", "-", '-"', '""', "NOT", "NEAR(a b)",
        "title:force", "^force", "force*", "a:b", "\\", "%", "_", "{title}", "'force':A", "!force",
        "& | <->", "é\u0301", "\ufffd", "\u202e", "ª", "º", "x" * 200, "a " * 100, '"' * 200,
        "-a " * 60, "½ ² ß ŉ ǰ İ", "漢字", "🇫🇷 -🇫🇷",
    ],
)  # fmt: skip
def test_whatever_is_typed_is_answered(reader, typed):
    published(tags={"First": ["été"]})

    for filters in ("", "&language=fr", "&verdict=refuted&tag=%00", f"&tag={quote(typed)}"):
        assert reader.get(f"/search/?q={quote(typed)}{filters}").status_code == 200


def test_bytes_that_are_no_text_are_answered(reader):
    assert reader.get("/search/?q=%ff%fe&tag=%c3&verdict=%ff&language=%ff").status_code == 200


def test_a_question_that_is_too_long_is_refused_in_a_sentence(reader):
    answer = reader.get("/search/?q=" + "x" * 5_000)

    assert answer.status_code == 400
    said = parse(answer.text).one("p", role="alert").text
    assert said.startswith("That is too much to look for: 5000 characters, where at most 200")


def test_more_words_than_are_looked_for_are_told(reader):
    published()

    found = page(reader, " ".join(["ceasefire", *(f"w{n}" for n in range(20))]))

    assert "Only the first sixteen words were looked for." in found.text


def test_what_stands_in_a_text_stays_text(reader):
    published(
        markdown=with_title('Wells <b>&amp;</b> "roads"', "Wells &lt;i&gt; are deep, he said."),
        tags={"": ["<u>deep</u>"]},
    )

    answer = reader.get("/search/?q=" + quote('wells "><script>alert(1)</script>'))
    found = page(reader, "wells")

    assert "<script" not in answer.text
    assert "<i>" not in answer.text
    assert "<u>" not in answer.text
    (title,) = found.all("h2")
    assert title.text == 'Wells <b>&amp;</b> "roads"'
    assert [mark.text for mark in found.all("mark")] == ["Wells", "Wells"]
    assert found.one("p", class_="hit").text == "Wells <i> are deep, he said."


def test_a_long_sentence_is_cut_around_what_was_found():
    before, after = "so it went on and on " * 30, "and so it ended there " * 30
    published(markdown=with_title("Wells", f"It began {before}until the flood {after}at last."))

    (said,) = sentences("flood")

    assert "until the [flood] and so it" in said
    assert said[0] == said[-1] == "…"
    assert len(said) < 330


@pytest.mark.parametrize("count", [3, 6])
def test_the_number_of_queries_does_not_grow(reader, count, django_assert_num_queries):
    for number in range(count):
        published(f"a{number}", tags={"First": ["Wells", "Roads"]})

    with django_assert_num_queries(10):
        page(reader, "members ceasefire", tag="wells")
    with django_assert_num_queries(9):
        page(reader, "members ceasefire")


def test_results_go_on_over_pages(reader):
    for number in range(11):
        published(f"a{number:02}", markdown=with_title(f"Wells {number}"))

    first, second = page(reader, "wells", language="en"), page(reader, "wells", page="2")

    assert "11 articles found." in first.text
    assert len(first.all("h2")) == 10
    assert first.one("a", rel="next")["href"] == "?q=wells&language=en&page=2"
    assert len(second.all("h2")) == 1
    assert reader.get("/search/?q=wells&page=3").status_code == 404
    assert reader.get("/search/?q=wells&page=x").status_code == 404


def test_an_answer_holds_until_something_is_published(reader):
    published("one")
    tag = reader.get("/search/?q=ceasefire").headers["etag"]

    def again(address: str = "/search/?q=ceasefire") -> int:
        return reader.get(address, headers={"if-none-match": tag}).status_code

    assert again() == 304
    assert again("/search/?q=ceasefire&language=en") == 200
    published("two")
    assert again() == 200


def test_answers_do_not_fill_the_cache(reader):
    published()
    with CaptureQueriesContext(connection) as first:
        reader.get("/search/?q=ceasefire")
    with CaptureQueriesContext(connection) as again:
        reader.get("/search/?q=ceasefire")

    assert len(again) == len(first)


def test_every_page_leads_to_the_search(reader):
    for path in ("/", "/tags/", "/sources/", "/search/"):
        links = parse(reader.get(path).text).one("header").all("a")
        assert "/search/" in [link["href"] for link in links]
