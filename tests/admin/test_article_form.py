"""The form in which an article is written."""

from django.urls import reverse

from articles import editing
from articles.models import Revision
from tests.admin.forms import fields_of, row_of
from tests.factories import article, claim_of


def form_of(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def opened(client, article):
    return fields_of(client.get(form_of(article)), "base")


def texts(article):
    return [(s.heading, s.body, s.tags) for s in editing.article_text(article).sections]


def messages_of(client, article):
    return [str(message) for message in client.get(form_of(article)).context["messages"]]


def test_a_changed_sentence_is_saved_as_one_revision(client, editor):
    written = article()
    fields = opened(client, written)
    body = row_of(fields, "First") + "-body"
    fields[body] = fields[body].replace("15,209", "15,290")
    fields["change_summary"] = "Digits were swapped"

    answer = client.post(form_of(written), fields)

    assert answer.status_code == 302
    newest = Revision.objects.filter(article=written).first()
    assert (newest.number, newest.author, newest.summary, newest.origin) == (
        2,
        editor.username,
        "Digits were swapped",
        "human",
    )
    assert claim_of(written, "15,290").origin == "ai_assisted"
    assert messages_of(client, written) == ["Saved as revision 2."]


def test_a_save_that_changes_nothing_makes_no_revision_and_says_so(client):
    written = article()

    answer = client.post(form_of(written), opened(client, written))

    assert answer.status_code == 302
    assert Revision.objects.filter(article=written).count() == 1
    assert messages_of(client, written) == ["Nothing differed, so nothing was saved."]
