"""Where a sentence is judged, cited and corrected."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from articles import editing
from articles.models import Citation, Claim, Revision, Verdict
from tests.admin.forms import fields_of
from tests.factories import SourceFactory, UserFactory, article, claim_of


def form_of(claim):
    return reverse("admin:articles_claim_change", args=[claim.pk])


def opened(client, claim):
    return fields_of(client.get(form_of(claim)), "read")


def test_a_verdict_a_citation_and_a_correction_are_one_revision(client, editor):
    written, source = article(), SourceFactory()
    claim = claim_of(written, "15,209")
    fields = opened(client, claim)
    assert "It never left the capital." in fields["paragraph"]

    answer = client.post(
        form_of(claim),
        fields
        | {
            "paragraph": fields["paragraph"].replace("15,209", "15,290"),
            "verdicts-0-rating": "supported",
            "verdicts-0-note": "As the sheet says.",
            "verdicts-0-as_of": "2017-06",
            "verdicts-0-recheck_by": "2027-01-31",
            "verdicts-0-claimant": "The force",
            "verdicts-0-claimed": "It has 15,290 members",
            "citations-0-source": source.pk,
            "citations-0-stance": "qualifies",
            "citations-0-quote": "15,290 in all",
            "citations-0-locator": "p. 3",
        },
    )

    assert answer.status_code == 302
    assert Revision.objects.filter(article=written).count() == 2
    claim.refresh_from_db()
    assert claim.text == "The force had 15,290 members in 2017."
    verdict, citation = Verdict.objects.get(), Citation.objects.get()
    assert (verdict.rating, verdict.editor, verdict.judged_text, verdict.recheck_by) == (
        "supported",
        editor.username,
        claim.text,
        date(2027, 1, 31),
    )
    assert (verdict.claimant, verdict.claimed) == ("The force", "It has 15,290 members")
    assert (citation.source, citation.stance, citation.quote, citation.locator) == (
        source,
        "qualifies",
        "15,290 in all",
        "p. 3",
    )


def test_a_save_without_a_change_makes_no_revision(client):
    written, source = article(), SourceFactory()
    claim = claim_of(written, "15,209")
    cited = editing.CitationGiven(source, quote="two\nlines")
    editing.review_claim(claim, read=claim.text, citations=[cited], by=None)

    answer = client.post(form_of(claim), opened(client, claim))

    assert answer.status_code == 302
    assert Revision.objects.filter(article=written).count() == 2
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert said == ["Nothing differed, so nothing was saved."]


def test_verdicts_given_before_are_shown_and_cannot_be_changed(client):
    claim = claim_of(article(), "15,209")
    editing.judge(claim, read=claim.text, rating="disputed", note="Counts <differ>.", by=None)

    page = client.get(form_of(claim))

    assert "Counts &lt;differ&gt;." in page.content.decode()
    fields = fields_of(page, "read")
    assert fields["verdicts-INITIAL_FORMS"] == "0"
    assert fields["verdicts-0-rating"] == ""


def test_a_citation_keeps_its_identity_when_its_quote_is_changed(client):
    claim = claim_of(article(), "15,209")
    given = editing.CitationGiven(SourceFactory(), quote="15,209")
    editing.review_claim(claim, read=claim.text, citations=[given], by=None)
    uid = Citation.objects.get().uid

    client.post(form_of(claim), opened(client, claim) | {"citations-0-quote": "15,209 staff"})

    assert Citation.objects.values_list("uid", "quote").get() == (uid, "15,209 staff")


def test_a_deleted_citation_is_gone_and_the_other_stays(client):
    claim = claim_of(article(), "15,209")
    given = [editing.CitationGiven(SourceFactory(), quote=quote) for quote in ("one", "two")]
    editing.review_claim(claim, read=claim.text, citations=given, by=None)

    client.post(form_of(claim), opened(client, claim) | {"citations-0-DELETE": "on"})

    assert [citation.quote for citation in claim.citations.all()] == ["two"]


@pytest.mark.parametrize(
    ("typed", "row", "field"),
    [
        ({"verdicts-0-note": "Only a note"}, 0, "rating"),
        ({"verdicts-0-rating": "supported", "verdicts-0-as_of": "June 2017"}, 0, "as_of"),
        ({"verdicts-0-rating": "certain"}, 0, "rating"),
        ({"verdicts-0-rating": "refuted", "verdicts-0-claimed": "It spied"}, 0, "claimant"),
        ({"citations-0-quote": "Without a source"}, 1, "source"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(client, typed, row, field):
    claim = claim_of(article(), "15,209")

    answer = client.post(form_of(claim), opened(client, claim) | typed)

    assert answer.status_code == 200
    formset = answer.context["inline_admin_formsets"][row].formset
    assert list(formset.forms[0].errors) == [field]
    for name, value in typed.items():
        assert fields_of(answer, "read").get(name, "") in (value, "")
    assert not Verdict.objects.exists()


def test_a_verdict_on_a_sentence_that_the_correction_removes_is_refused_at_the_paragraph(client):
    claim = claim_of(article(), "15,209")
    fields = opened(client, claim) | {
        "paragraph": "",
        "verdicts-0-rating": "supported",
    }

    answer = client.post(form_of(claim), fields)

    assert list(answer.context["adminform"].form.errors) == ["paragraph"]
    assert not Verdict.objects.exists()


def test_a_sentence_that_is_gone_is_shown_with_its_record(client):
    written = article()
    claim = claim_of(written, "15,209")
    Claim.objects.filter(pk=claim.pk).update(section=None, start=None, end=None)

    page = client.get(form_of(claim))

    assert page.status_code == 200
    assert "no longer in the article" in page.content.decode()


def test_what_a_sentence_rests_on_is_read_before_its_rows_are_opened(client):
    claim = claim_of(article(), "15,209")
    sheet = SourceFactory(title="Sheet <1>", url="https://example.org/sheet")
    given = editing.CitationGiven(sheet, "qualifies", "15,209 <staff>", "p. 3")
    editing.review_claim(claim, read=claim.text, citations=[given], by=None)

    shown = client.get(form_of(claim)).content.decode()
    refused = client.post(
        form_of(claim), opened(client, claim) | {"citations-0-stance": "no such"}
    ).content.decode()

    assert "<b>Qualifies</b>: Sheet &lt;1&gt;, 2017-06, p. 3" in shown
    assert "<blockquote>15,209 &lt;staff&gt;</blockquote>" in shown
    assert 'href="https://example.org/sheet"' in shown
    assert '<details class="kept">' in shown
    assert '<details class="kept" open>' in refused


@pytest.mark.parametrize("key", ["abc", "9" * 30, "-1", "²"])
def test_a_source_that_is_none_is_refused_at_the_field(client, key):
    claim = claim_of(article(), "15,209")

    answer = client.post(form_of(claim), opened(client, claim) | {"citations-0-source": key})

    formset = answer.context["inline_admin_formsets"][1].formset
    assert list(formset.forms[0].errors) == ["source"]
    assert answer.content


@pytest.mark.parametrize("may_publish", [True, False])
def test_a_save_leads_on_to_the_publication_those_who_may_publish(db, may_publish):
    written = article()
    claim = claim_of(written, "15,209")
    names = ["view_claim", "change_claim", "view_source"] + ["publish_article"] * may_publish
    somebody = UserFactory(is_staff=True)
    somebody.user_permissions.set(Permission.objects.filter(codename__in=names))
    browser = Client()
    browser.force_login(somebody)

    answer = browser.post(
        form_of(claim), opened(browser, claim) | {"verdicts-0-rating": "supported"}
    )

    (said,) = [str(message) for message in get_messages(answer.wsgi_request)]
    publish = reverse("admin:articles_article_publish", args=[written.pk])
    assert said.startswith("Saved as revision 2.")
    assert (publish in said) == may_publish


def test_a_sentences_public_page_leads_to_its_form(client):
    claim = claim_of(article(), "15,209")
    address = reverse("admin:articles_claim_by_uid", args=[claim.uid])

    assert client.get(address)["Location"] == form_of(claim)
    assert client.get(reverse("admin:articles_claim_by_uid", args=["nosuch"])).status_code == 404
    assert Client().get(address)["Location"] == f"/admin/login/?next={address}"
