"""Two editors who change the same thing: nothing typed is lost, nothing overwritten unseen."""

import pytest
from django.test import Client
from django.urls import reverse

from articles import editing
from articles.models import Revision, Verdict
from tests.admin.forms import fields_of, row_of
from tests.factories import EditorFactory, SourceFactory, article, claim_of


@pytest.fixture
def other(db):
    browser = Client()
    browser.force_login(EditorFactory())
    return browser


def form_of(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def opened(client, article):
    return fields_of(client.get(form_of(article)), "base")


def with_words(fields, heading, old, new):
    body = row_of(fields, heading) + "-body"
    assert old in fields[body]
    return fields | {body: fields[body].replace(old, new)}


def bodies(article):
    return {s.heading: s.body for s in editing.article_text(article).sections}


def test_the_page_of_a_conflict_holds_all_three_texts_and_saves_again(client, other):
    written = article()
    mine = with_words(opened(client, written), "First", "never left", "once <left>")
    mine = with_words(mine, "Second", "nine months", "ten months")
    theirs = with_words(opened(other, written), "First", "never left", "rarely left")
    other.post(form_of(written), theirs)

    clash = client.post(form_of(written), mine | {"change_summary": "Why", "ai_text": "on"})

    assert clash.status_code == 409
    page = clash.content.decode()
    assert "<del>never</del><ins>rarely</ins>" in page.replace("> <", "><")
    assert "once &lt;left&gt;" in page
    assert "<left>" not in page
    assert "never" not in bodies(written)["First"]
    proposal = fields_of(clash, "base")
    assert proposal["base"] == Revision.objects.get(article=written, number=2).hash
    assert proposal["change_summary"] == "Why"
    assert "ai_text" in proposal
    again = client.post(form_of(written), proposal)
    assert again.status_code == 302
    assert "once <left>" in bodies(written)["First"]
    assert "ten months" in bodies(written)["Second"]
    assert Revision.objects.filter(article=written).count() == 3


def test_a_conflict_leaves_nothing_half_done(client, other):
    written = article()
    mine = with_words(opened(client, written), "First", "never left", "once left")
    mine |= {"title": "Another title"}
    other.post(
        form_of(written), with_words(opened(other, written), "First", "never left", "rarely left")
    )

    client.post(form_of(written), mine)

    written.refresh_from_db()
    assert (written.title, written.latest) == ("Two sections", 2)


def test_a_section_that_another_deleted_while_mine_changed_it_is_offered(client, other):
    written = article()
    mine = with_words(opened(client, written), "First", "never left", "once left")
    theirs = opened(other, written)
    other.post(form_of(written), theirs | {row_of(theirs, "First") + "-DELETE": "on"})

    clash = client.post(form_of(written), mine)

    assert clash.status_code == 409
    proposal = fields_of(clash, "base")
    assert "once left" in proposal[row_of(proposal, "First") + "-body"]
    assert client.post(form_of(written), proposal).status_code == 302
    assert "once left" in bodies(written)["First"]


def test_changing_another_section_goes_through_although_one_was_deleted_meanwhile(client, other):
    written = article()
    mine = with_words(opened(client, written), "Second", "nine months", "ten months")
    theirs = opened(other, written)
    other.post(form_of(written), theirs | {row_of(theirs, "First") + "-DELETE": "on"})

    assert client.post(form_of(written), mine).status_code == 302

    assert list(bodies(written)) == ["", "Second"]


def claim_form(claim):
    return reverse("admin:articles_claim_change", args=[claim.pk])


def judged(fields, **values):
    return fields | {
        "verdicts-0-rating": "supported",
        "verdicts-0-note": "Seen in the fact sheet.",
        "verdicts-0-as_of": "2017",
        **values,
    }


def test_a_verdict_on_words_that_changed_meanwhile_is_kept_to_be_given_again(client, other):
    written = article()
    claim = claim_of(written, "15,209")
    mine = judged(fields_of(client.get(claim_form(claim)), "read"))
    other.post(form_of(written), with_words(opened(other, written), "First", "15,209", "15,290"))

    refused = client.post(claim_form(claim), mine)

    assert refused.status_code == 409
    assert not Verdict.objects.exists()
    assert "<del>15,209</del><ins>15,290</ins>" in refused.content.decode()
    again = fields_of(refused, "read")
    assert again["read"] == "The force had 15,290 members in 2017."
    assert "15,290" in again["paragraph"]
    assert again["verdicts-0-note"] == "Seen in the fact sheet."
    assert client.post(claim_form(claim), again).status_code == 302
    assert Verdict.objects.get().judged_text == "The force had 15,290 members in 2017."


def test_a_correction_does_not_overwrite_what_another_wrote_in_the_paragraph(client, other):
    written = article()
    claim = claim_of(written, "15,209")
    mine = fields_of(client.get(claim_form(claim)), "paragraph")
    mine["paragraph"] = mine["paragraph"].replace("15,209", "15,290")
    other.post(
        form_of(written), with_words(opened(other, written), "First", "never left", "rarely left")
    )

    refused = client.post(claim_form(claim), mine)

    assert refused.status_code == 409
    assert "15,290" in fields_of(refused, "paragraph")["paragraph"]
    assert "rarely" in refused.content.decode()
    assert "rarely left" in bodies(written)["First"]


def test_judging_leaves_a_citation_alone_that_another_added_meanwhile(client, other):
    written = article()
    claim = claim_of(written, "15,209")
    mine = judged(fields_of(client.get(claim_form(claim)), "read"))
    theirs = fields_of(other.get(claim_form(claim)), "read")
    other.post(claim_form(claim), theirs | {"citations-0-source": SourceFactory().pk})

    assert client.post(claim_form(claim), mine).status_code == 302

    assert (claim.citations.count(), claim.verdicts.count()) == (1, 1)


def test_citations_changed_by_two_are_shown_before_either_is_lost(client, other):
    written = article()
    claim = claim_of(written, "15,209")
    kept, typed = SourceFactory(), SourceFactory()
    mine = fields_of(client.get(claim_form(claim)), "read") | {"citations-0-source": typed.pk}
    theirs = fields_of(other.get(claim_form(claim)), "read") | {"citations-0-source": kept.pk}
    other.post(claim_form(claim), theirs)

    assert client.post(claim_form(claim), mine).status_code == 409

    assert [citation.source for citation in claim.citations.all()] == [kept]
