"""What is broken, by the sentences that rest on it, and the ways to mend it."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from articles import editing
from articles.models import LinkState, Watch
from tests.admin.forms import fields_of
from tests.evidence.sources import cite, watch
from tests.factories import (
    EditorFactory,
    QuoteCheckFactory,
    SourceFactory,
    article,
    claim_of,
    copy_of,
)
from tests.reading.markup import parse

pytestmark = pytest.mark.django_db

ADDRESS = reverse("admin:articles_source_broken")
QUOTE = "15,209 staff"
MAY = datetime(2026, 5, 4, tzinfo=UTC)


def listed(client, **asked):
    return parse(client.get(ADDRESS, asked).content.decode()).one("ol", class_="entries").all("li")


def entries(client, **asked):
    return client.get(ADDRESS, asked).context["entries"]


def broken(state="not_found", title="A sheet", **values):
    source = SourceFactory(title=title, url="https://example.org/a", **values)
    Watch.objects.create(source=source, state=state, since=MAY)
    return source


def sought(source, result="missing", quote=QUOTE):
    """A copy in which looking for the quote gave this."""
    QuoteCheckFactory(snapshot=copy_of(source), quote=quote, result=result)


def test_the_heaviest_stands_first_and_the_sound_are_not_there(client):
    made = article()
    light, heavy, unused = (broken(title=title) for title in ("A", "B", "C"))
    fine, unseen = broken("ok"), SourceFactory()
    for source in (heavy, light, fine, unseen):
        cite(made, source, "")
    cite(made, heavy, "", words="ceasefire")
    cite(made, heavy, "again", words="ceasefire")

    assert [(entry.source, entry.weight) for entry in entries(client)] == [
        (heavy, 2),
        (light, 1),
        (unused, 0),
    ]


@pytest.mark.parametrize("state", [s for s in LinkState if s not in ("ok", "unknown")])
def test_each_broken_state_is_told_in_words_with_the_day(client, state):
    broken(state)

    page = parse(client.get(ADDRESS).content.decode())

    assert page.one("span", class_="link-state").text == state.label
    said = "seen on" if state in ("changed", "quote_gone") else "since"
    assert f"{state.label} {said} 4 May 2026" in page.one("ol", class_="entries").text


def test_a_sentence_whose_supporting_quotes_are_all_missing_brings_its_source(client):
    made, source, other = article(), SourceFactory(), SourceFactory()
    cite(made, source, QUOTE)
    sought(source)
    cite(made, other, QUOTE, words="ceasefire")
    sought(other, "near")

    (entry,) = entries(client)

    assert (entry.source, entry.claims) == (source, [(claim_of(made, "15,209"), True)])
    page = client.get(ADDRESS).content.decode()
    assert "Of 1 sentence, none of the quotes that support it was found." in page
    assert "No supporting quote found" in page


def test_a_sentence_that_another_quote_supports_brings_nothing(client):
    made, source = article(), SourceFactory()
    cite(made, source, QUOTE)
    sought(source)
    cite(made, SourceFactory(), "not looked for yet")

    assert entries(client) == []


def test_a_quote_that_speaks_against_the_sentence_may_be_missing(client):
    made, source = article(), SourceFactory()
    claim = claim_of(made, "15,209")
    given = [editing.CitationGiven(source, "refutes", QUOTE)]
    editing.review_claim(claim, read=claim.text, citations=given, by=EditorFactory())
    sought(source)

    assert entries(client) == []
    assert "Nothing is broken, as far as anybody looked." in client.get(ADDRESS).content.decode()


def test_it_is_narrowed_to_one_state(client):
    gone, closed = broken("gone", "A"), broken("blocked", "B")

    assert [entry.source for entry in entries(client, state="gone")] == [gone]
    assert [entry.source for entry in entries(client, state="nonsense")] == [gone, closed]
    assert client.get(ADDRESS).context["states"] == [
        ("gone", "Gone for good (410)", 1),
        ("blocked", "Closed to us", 1),
    ]


def test_few_of_many_sentences_are_shown(client):
    sentences = " ".join(f"The {n}th sentence stands here." for n in range(11, 19))
    made, source = article(f"# T\n\n{sentences}\n"), broken()
    for n in range(11, 19):
        cite(made, source, "", words=f"{n}th")

    (entry,) = entries(client)

    assert (entry.weight, len(entry.claims), entry.more) == (8, 5, 3)


def test_the_ways_to_mend_it_are_one_click_away(client):
    source = broken(authors="Ba, Awa", issued="2017-06")

    page = parse(client.get(ADDRESS).content.decode()).one("div", class_="mend")

    address, archived, elsewhere = (link["href"] for link in page.all("a"))
    assert address == reverse("admin:articles_source_address", args=[source.pk])
    assert archived == reverse("admin:articles_source_evidence", args=[source.pk]) + "#archived"
    fields = fields_of(client.get(elsewhere), "title")
    assert (fields["title"], fields["authors"], fields["url"]) == ("A sheet", "Ba, Awa", "")
    assert "url" not in parse_qs(urlsplit(elsewhere).query)


def test_looking_again_comes_back_to_the_list(client):
    source = broken()
    form = parse(client.get(ADDRESS).content.decode()).one("div", class_="mend").one("form")

    answer = client.post(form["action"], {"back": "broken", "_again": ""})

    assert answer["Location"] == ADDRESS
    assert watch(source).due_at is not None


def test_it_has_pages(client):
    for n in range(21):
        broken(title=f"Sheet {n:02}")

    assert len(entries(client)) == 20
    assert [entry.source.title for entry in entries(client, page="2")] == ["Sheet 20"]
    assert client.get(ADDRESS, {"page": "3"}).status_code == 404
    assert client.get(ADDRESS, {"page": "x"}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_as_many_queries_for_many_as_for_one(client, django_assert_num_queries, count):
    made = article()
    for n in range(count):
        source = broken(title=f"Sheet {n}")
        cite(made, source, f"{QUOTE} {n}")
        sought(source, quote=f"{QUOTE} {n}")
    Watch.objects.update(state="not_found")
    client.get(ADDRESS)

    with django_assert_num_queries(12):
        client.get(ADDRESS)


def test_the_list_of_sources_and_the_index_lead_there(client):
    for address in (reverse("admin:articles_source_changelist"), "/admin/"):
        assert ADDRESS in client.get(address).content.decode()
