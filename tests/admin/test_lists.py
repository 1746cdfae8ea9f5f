"""The lists: found, counted, in a constant number of queries; and the doors beside them closed."""

from datetime import date, timedelta

import pytest
from django.contrib import admin
from django.urls import reverse
from taggit.models import Tag

from articles import editing, publishing
from articles.models import (
    Article,
    Blob,
    Claim,
    Publication,
    PublishedArticle,
    Revision,
    Section,
    Verdict,
)
from tests.admin.forms import fields_of
from tests.factories import SourceFactory, article, claim_of

ARTICLES = reverse("admin:articles_article_changelist")
CLAIMS = reverse("admin:articles_claim_changelist")


def listed(client, address, **query):
    return list(client.get(address, query).context["cl"].result_list)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_articles_counts_in_a_constant_number_of_queries(
    client, editor, count, django_assert_num_queries
):
    for n in range(count):
        written = article(slug=f"article-{n}")
        judged, changed = claim_of(written, "15,209"), claim_of(written, "nine months")
        for claim in (judged, changed):
            editing.judge(claim, read=claim.text, rating="supported", by=editor)
        Claim.objects.filter(pk=changed.pk).update(text="The ceasefire held for ten months.")
        publishing.publish(written, by=None)

    with django_assert_num_queries(5):
        found = listed(client, ARTICLES)

    assert [(row.sentences, row.checked, row.stale) for row in found] == [(5, 1, 1)] * count


def test_an_article_is_found_by_title_and_by_slug(client):
    article("# Wells\n\nA well was dug here.", slug="about-wells")
    article("# Pumps\n\nA pump was built here.", slug="about-pumps")

    assert [row.slug for row in listed(client, ARTICLES, q="wells")] == ["about-wells"]
    assert [row.slug for row in listed(client, ARTICLES, q="about-pumps")] == ["about-pumps"]


def test_the_list_says_what_readers_see(client, editor):
    article("# Draft\n\nNobody sees this yet.", slug="draft")
    behind = article(slug="behind")
    publishing.publish(behind, by=None)
    claim = claim_of(behind, "15,209")
    editing.judge(claim, read=claim.text, rating="supported", by=editor)
    withdrawn = article("# Gone\n\nThis was a mistake.", slug="gone")
    publishing.publish(withdrawn, by=None)
    publishing.withdraw(withdrawn, by=editor, reason="Wrong")

    site_admin = admin.site.get_model_admin(Article)

    assert {row.slug: site_admin.state(row) for row in listed(client, ARTICLES)} == {
        "draft": "nothing yet",
        "behind": "revision 1 of 2",
        "gone": "withdrawn",
    }


def test_a_claim_is_found_by_its_words_and_its_uid_which_is_shown(client):
    written = article()
    claim = claim_of(written, "15,209")

    assert listed(client, CLAIMS, q="15,209 members") == [claim]
    assert listed(client, CLAIMS, q=claim.uid) == [claim]
    assert claim.uid in client.get(CLAIMS).content.decode()


def test_a_sentence_that_is_gone_is_found_by_its_uid_alone(client):
    written = article()
    claim = claim_of(written, "15,209")
    paragraph = editing.paragraph_of(claim).replace(claim.text, "")
    editing.review_claim(claim, read=claim.text, paragraph=paragraph, by=None)

    assert listed(client, CLAIMS, q=claim.uid) == [claim]
    assert listed(client, CLAIMS, q="15,209") == []
    assert listed(client, CLAIMS, q="15,209", state="ended") == [claim]


@pytest.mark.parametrize("number", ["0", "9" * 30, "²", "x"])
def test_an_article_that_is_none_filters_no_claim_wrongly(client, number):
    article()

    assert client.get(CLAIMS, {"article": number}).status_code in (200, 302)


def test_stale_claims_come_first(client, editor):
    last = claim_of(article(), "expected")
    editing.judge(last, read=last.text, rating="supported", by=editor)
    Claim.objects.filter(pk=last.pk).update(text="Nobody had foreseen that.")

    assert listed(client, CLAIMS)[0] == last


def test_claims_are_filtered_by_state_rating_article_and_section(client, editor):
    written, _other = article(), article(slug="other")
    human, machine, due, stale = (
        claim_of(written, words) for words in ("15,209", "capital", "nine months", "expected")
    )
    yesterday = date.today() - timedelta(days=1)  # noqa: DTZ011
    editing.judge(human, read=human.text, rating="supported", by=editor)
    editing.judge(machine, read=machine.text, rating="refuted", by=None)
    editing.judge(due, read=due.text, rating="outdated", recheck_by=yesterday, by=editor)
    editing.judge(stale, read=stale.text, rating="supported", by=editor)
    Claim.objects.filter(pk=stale.pk).update(text="Nobody had foreseen that.")
    first = Section.objects.get(article=written, heading="First")

    def found(**query):
        return {claim.pk for claim in listed(client, CLAIMS, article=written.pk, **query)}

    assert found(state="stale") == {stale.pk}
    assert found(state="suggested") == {machine.pk}
    assert found(state="due") == {due.pk}
    assert found(state="checked") == {human.pk, due.pk}
    assert found(state="unjudged") == {claim_of(written, "opening").pk}
    assert found(rating="refuted") == {machine.pk}
    assert found(section=first.uid) == {human.pk, machine.pk}


def test_the_list_of_claims_takes_as_many_queries_for_fifty_as_for_five(
    client, django_assert_num_queries
):
    article("# Long\n\n" + "".join(f"The well {n} was dug. " for n in range(50)))

    with django_assert_num_queries(5):
        client.get(CLAIMS)


@pytest.mark.parametrize("model", [Tag, Blob, Revision, Publication, Verdict, PublishedArticle])
def test_what_is_only_recorded_has_no_pages_of_its_own(db, model):
    assert not admin.site.is_registered(model)


@pytest.mark.parametrize("name", ["article", "claim", "source"])
def test_nothing_is_deleted_from_a_list(client, name):
    written = article()
    pk = {"article": written.pk, "claim": Claim.objects.first().pk, "source": SourceFactory().pk}
    changelist = reverse(f"admin:articles_{name}_changelist")

    answer = client.post(
        changelist, {"action": "delete_selected", "_selected_action": [pk[name]], "post": "yes"}
    )

    assert answer.status_code in (200, 302)
    assert client.post(f"{changelist}{pk[name]}/delete/", {"post": "yes"}).status_code == 403
    assert (Article.objects.count(), Claim.objects.count()) == (1, 5)


def test_nobody_adds_a_claim_by_hand(client):
    article()

    assert client.get(reverse("admin:articles_claim_add")).status_code == 403


def test_a_changed_source_makes_a_revision_in_each_article_that_cites_it(client):
    source = SourceFactory()
    citing, bystander = article(slug="citing"), article(slug="bystander")
    claim = claim_of(citing, "15,209")
    cited = [editing.CitationGiven(source)]
    editing.review_claim(claim, read=claim.text, citations=cited, by=None)
    address = reverse("admin:articles_source_change", args=[source.pk])

    fields = fields_of(client.get(address), "title")
    client.post(address, fields)
    unchanged = Revision.objects.filter(article=citing).count()
    answer = client.post(address, fields | {"title": "The fact sheet, corrected"})

    assert answer.status_code == 302
    assert unchanged == 2
    assert Revision.objects.filter(article=citing).count() == 3
    assert Revision.objects.filter(article=bystander).count() == 1


def test_a_source_that_another_saved_meanwhile_is_not_overwritten_unseen(client):
    source = SourceFactory(title="Sheet", issued="2017")
    address = reverse("admin:articles_source_change", args=[source.pk])
    mine, theirs = (fields_of(client.get(address), "title") for _tab in range(2))
    client.post(address, theirs | {"title": "Their sheet"})

    refused = client.post(address, mine | {"title": "My sheet"})
    source.refresh_from_db()
    between = source.title
    again = fields_of(refused, "title")
    client.post(address, again)
    source.refresh_from_db()

    assert "Somebody else saved this source meanwhile" in refused.content.decode()
    assert "Their sheet" in refused.content.decode()
    assert (between, again["title"], source.title) == ("Their sheet", "My sheet", "My sheet")


@pytest.mark.parametrize("model", ["claim", "source", "article"])
def test_a_search_for_very_many_words_is_answered(client, model):
    address = reverse(f"admin:articles_{model}_changelist")

    assert client.get(address, {"q": "well " * 1200}, follow=True).status_code == 200
