"""Claims that ended with a revision, attached to new sentences by hand."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from articles import editing
from articles.history.store import head, load
from articles.models import Article, Claim, Revision
from tests.admin.forms import fields_of, row_of
from tests.factories import EditorFactory, SourceFactory, UserFactory, article, claim_of

OLD = "The force had 15,209 members in 2017. It never left the capital."
NEW = "More than fifteen thousand troops served there. Their camps stayed in the <city>."


def page_of(article, number):
    return reverse("admin:articles_article_endings", args=[article.pk, number])


def rewritten(made, body=NEW, *, heading="First", by=None):
    text = editing.article_text(made)
    sections = tuple(replace(s, body=body) if s.heading == heading else s for s in text.sections)
    return editing.save_article(made, replace(text, sections=sections), base=head(made).hash, by=by)


@pytest.fixture
def ended(editor):
    """An article whose revision 4 ended two sentences, one judged and one cited for."""
    made = article()
    judged, cited = claim_of(made, "15,209"), claim_of(made, "capital")
    editing.judge(judged, read=judged.text, rating="disputed", note="Counts <differ>.", by=editor)
    given = [editing.CitationGiven(SourceFactory())]
    editing.review_claim(cited, read=cited.text, citations=given, by=editor)
    assert rewritten(made, by=editor).revision.number == 4
    return made


def chosen(client, made, words, **fields):
    """The form of the ended claim with these words, as the page gives it."""
    uid = Claim.objects.get(article=made, text__contains=words).uid
    page = client.get(page_of(made, 4))
    base = fields_of(page, "ended")["base"]
    return {"ended": uid, "base": base, **fields}


def test_ended_claims_with_a_record_stand_beside_the_new_sentences(client, ended):
    answer = client.get(page_of(ended, 4))

    offers = answer.context["offers"]
    assert [offer.old.claim.text for offer in offers] == OLD.replace(". It", ".\nIt").split("\n")
    for offer in offers:
        assert {new.placed.claim.text for new in offer.nearest} == {
            "More than fifteen thousand troops served there.",
            "Their camps stayed in the <city>.",
        }
    page = answer.content.decode()
    assert "Counts &lt;differ&gt;." in page
    assert "1 citation" in page
    assert "<city>" not in page


def test_attaching_is_one_revision_and_leads_back_to_what_is_left(client, editor, ended):
    old = Claim.objects.get(text__contains="15,209")
    to = claim_of(ended, "fifteen thousand")

    answer = client.post(page_of(ended, 4), chosen(client, ended, "15,209", place=to.uid))

    assert (answer.status_code, answer.url) == (302, page_of(ended, 4))
    newest = Revision.objects.filter(article=ended).first()
    assert (newest.number, newest.act, newest.author) == (5, "attach", editor.username)
    claim = load(newest).claim(old.uid)
    assert claim.text == "More than fifteen thousand troops served there."
    assert (claim.rating, claim.stale) == ("disputed", True)
    left = client.get(page_of(ended, 4)).context
    assert [offer.old.claim.text for offer in left["offers"]] == ["It never left the capital."]
    assert [new.placed.claim.text for new in left["offers"][0].nearest] == [
        "Their camps stayed in the <city>."
    ]


def test_what_nobody_judged_or_cited_for_is_only_counted(client):
    made = article()
    rewritten(made)

    answer = client.get(page_of(made, 2))

    assert answer.context["offers"] == []
    assert "2 more sentences are gone that nobody had judged" in answer.content.decode()


def test_all_but_the_most_alike_are_in_a_list_that_can_be_chosen_from(client, editor):
    made = article()
    claim = claim_of(made, "15,209")
    editing.judge(claim, read=claim.text, rating="supported", by=editor)
    animals = ["Ravens", "Herons", "Storks", "Cranes", "Swifts", "Eagles"]
    saved = rewritten(made, " ".join(f"{name} nest on the old tower." for name in animals))
    page = page_of(made, saved.revision.number)
    offer = client.get(page).context["offers"][0]
    assert (len(offer.nearest), len(offer.others)) == (3, 3)

    last = offer.others[-1].claim
    sent = fields_of(client.get(page), "ended") | {"place": "other", "other": last.uid}
    client.post(page, sent)

    claim.refresh_from_db()
    assert claim.text == last.text


@pytest.mark.parametrize("fields", [{}, {"place": "other", "other": ""}])
def test_attaching_to_nothing_asks_for_a_choice(client, ended, fields):
    answer = client.post(page_of(ended, 4), chosen(client, ended, "15,209", **fields))

    assert answer.status_code == 200
    assert "Choose the sentence at which it goes on." in answer.content.decode()
    assert Revision.objects.filter(article=ended).count() == 4


def test_a_sentence_that_was_judged_meanwhile_is_not_taken_over(client, ended):
    to = claim_of(ended, "fifteen thousand")
    sent = chosen(client, ended, "15,209", place=to.uid)
    editing.judge(to, read=to.text, rating="supported", by=None)

    answer = client.post(page_of(ended, 4), sent)

    assert answer.status_code == 200
    assert "has a record of its own already" in answer.content.decode()
    assert Revision.objects.filter(article=ended).count() == 5


def test_a_sentence_that_was_rewritten_meanwhile_is_read_again_first(client, ended):
    to = claim_of(ended, "fifteen thousand")
    sent = chosen(client, ended, "15,209", place=to.uid)
    rewritten(ended, NEW.replace("served there", "once served there"))
    assert claim_of(ended, "once served").uid == to.uid

    answer = client.post(page_of(ended, 4), sent)

    assert answer.status_code == 409
    assert Revision.objects.filter(article=ended).count() == 5
    assert not Claim.objects.standing().filter(verdicts__isnull=False).exists()


def test_a_claim_that_another_attached_meanwhile_is_said_to_stand(client, ended):
    old, to = Claim.objects.get(text__contains="15,209"), claim_of(ended, "fifteen thousand")
    sent = chosen(client, ended, "15,209", place=claim_of(ended, "camps").uid)
    editing.attach(old, to=to, read=to.text, by=None)

    answer = client.post(page_of(ended, 4), sent)

    assert answer.status_code == 200
    assert "Only a claim that ended can be attached" in answer.content.decode()


@pytest.mark.parametrize(
    "fields", [{"place": "000000000000"}, {"base": "x"}, {"ended": "000000000000"}]
)
def test_what_names_no_claim_or_revision_changes_nothing(client, ended, fields):
    sent = chosen(client, ended, "15,209", place=claim_of(ended, "camps").uid) | fields

    assert client.post(page_of(ended, 4), sent).status_code == 200

    assert Revision.objects.filter(article=ended).count() == 4


@pytest.mark.parametrize("number", [1, 9])
def test_without_a_revision_before_it_there_is_no_such_page(client, ended, number):
    assert client.get(page_of(ended, number)).status_code == 404


def test_who_may_not_change_articles_attaches_nothing(ended):
    reader, stranger = Client(), Client()
    viewer = UserFactory(is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename="view_article"))
    reader.force_login(viewer)

    assert reader.get(page_of(ended, 4)).status_code == 200
    assert reader.post(page_of(ended, 4), {}).status_code == 403
    assert stranger.get(page_of(ended, 4)).status_code == 302


def said(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_the_message_after_a_save_leads_to_what_it_ended(client, editor):
    made = article()
    claim = claim_of(made, "15,209")
    editing.judge(claim, read=claim.text, rating="supported", by=editor)
    form = reverse("admin:articles_article_change", args=[made.pk])
    fields = fields_of(client.get(form), "base")

    answer = client.post(form, fields | {f"{row_of(fields, 'First')}-body": NEW})

    assert f'href="{page_of(made, 3)}"' in said(answer)[0]


def test_names_in_that_message_are_escaped(client, editor):
    made, other = article(), EditorFactory(username="<b>anna</b>")
    claim = claim_of(made, "15,209")
    editing.judge(claim, read=claim.text, rating="supported", by=editor)
    form = reverse("admin:articles_article_change", args=[made.pk])
    fields = fields_of(client.get(form), "base")
    rewritten(made, "Rain fell all night.", heading="Second", by=other)

    answer = client.post(form, fields | {f"{row_of(fields, 'First')}-body": NEW}, follow=True)

    page = answer.content.decode()
    assert escape("<b>anna</b>") in page
    assert "<b>anna</b>" not in page
    assert page_of(made, 4) in page


def test_the_message_after_a_save_that_ended_nothing_of_worth_has_no_link(client):
    made = article()
    form = reverse("admin:articles_article_change", args=[made.pk])
    fields = fields_of(client.get(form), "base")

    answer = client.post(form, fields | {f"{row_of(fields, 'First')}-body": NEW})

    assert "href" not in said(answer)[0]
    assert "2 sentences are gone" in said(answer)[0]


def test_the_history_and_the_claims_own_form_lead_there(client, ended):
    history = client.get(reverse("admin:articles_article_history", args=[ended.pk]))
    old = Claim.objects.get(text__contains="15,209")
    form = client.get(reverse("admin:articles_claim_change", args=[old.pk]))

    assert [run.ended for run in history.context["runs"]] == [2, 0, 0, 0]
    for answer in (history, form):
        assert f'href="{page_of(ended, 4)}"' in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_a_constant_number_of_queries(
    client, editor, count, django_assert_num_queries
):
    made = article("# T\n\n" + " ".join(f"Camp {n} stood by the river." for n in range(count)))
    for claim in Claim.objects.all():
        editing.judge(claim, read=claim.text, rating="supported", by=editor)
    number = rewritten(made, NEW, heading="").revision.number
    client.get(page_of(made, number))
    assert Article.objects.get().latest == number

    with django_assert_num_queries(13):
        client.get(page_of(made, number))
