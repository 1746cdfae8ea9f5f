"""Publishing and withdrawing, confirmed on a page that shows what readers will see change."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from articles import editing, publishing
from articles.models import Publication, PublishedArticle
from tests.admin.forms import fields_of
from tests.factories import EditorFactory, UserFactory, article, claim_of
from tests.reading.markup import parse


def page(article, name="publish"):
    return reverse(f"admin:articles_article_{name}", args=[article.pk])


def opened(client, article, name="publish"):
    return fields_of(client.get(page(article, name)), "csrfmiddlewaretoken")


def test_the_confirmation_shows_what_readers_will_see_change(client):
    written = article()
    publishing.publish(written, by=None)
    claim = claim_of(written, "15,209")
    paragraph = editing.paragraph_of(claim).replace("15,209", "15,290")
    editing.review_claim(claim, read=claim.text, paragraph=paragraph, by=None)

    shown = client.get(page(written)).content.decode()

    assert "<del>15,209</del><ins>15,290</ins>" in shown
    assert "Revision 2 becomes what readers see." in shown


def test_publishing_shows_the_revision_with_its_note_and_signer(client, editor):
    editor.first_name, editor.last_name = "Ada", "Lovelace"
    editor.save()
    written = article()
    fields = opened(client, written) | {"correction_note": "A date was wrong.", "sign": "on"}

    answer = client.post(page(written), fields)

    assert answer["Location"] == reverse("admin:articles_article_change", args=[written.pk])
    entry = Publication.objects.get()
    assert (entry.note, entry.responsible, entry.author) == (
        "A date was wrong.",
        "Ada Lovelace",
        editor.username,
    )
    assert PublishedArticle.objects.get().number == 1


def test_without_the_box_nobody_is_responsible(client):
    written = article()

    client.post(page(written), opened(client, written))

    assert Publication.objects.get().responsible == ""


def test_a_save_meanwhile_is_shown_before_it_is_published_and_signed(client, editor):
    written = article()
    fields = opened(client, written) | {"sign": "on", "correction_note": "Kept words"}
    claim = claim_of(written, "15,209")
    editing.judge(claim, read=claim.text, rating="refuted", by=None)

    answer = client.post(page(written), fields)

    assert answer.status_code == 409
    assert not Publication.objects.exists()
    again = fields_of(answer, "revision")
    assert (again["revision"], again["correction_note"], "sign" in again) == (
        "2",
        "Kept words",
        False,
    )
    assert client.post(page(written), again).status_code == 302


def test_too_long_a_note_is_said_at_the_field(client):
    written = article()

    answer = client.post(page(written), opened(client, written) | {"correction_note": "x" * 1001})

    assert list(answer.context["form"].errors) == ["correction_note"]
    assert not Publication.objects.exists()


@pytest.mark.parametrize("name", ["publish", "unpublish"])
def test_publishing_needs_its_permission(db, name):
    written = article()
    writer = UserFactory(is_staff=True)
    for codename in ("view_article", "change_article"):
        writer.user_permissions.add(Permission.objects.get(codename=codename))
    client = Client()
    client.force_login(writer)

    assert client.get(page(written, name)).status_code == 403
    assert client.post(page(written, name), {"revision": 1, "reason": "x"}).status_code == 403
    assert not Publication.objects.exists()


def test_withdrawing_needs_a_reason_and_keeps_the_history(client):
    written = article()
    publishing.publish(written, by=None)

    refused = client.post(page(written, "unpublish"), opened(client, written, "unpublish"))
    done = client.post(
        page(written, "unpublish"),
        opened(client, written, "unpublish") | {"reason": "Written about the wrong town."},
    )

    assert list(refused.context["form"].errors) == ["reason"]
    assert done.status_code == 302
    assert PublishedArticle.objects.get().withdrawn
    assert Publication.objects.first().note == "Written about the wrong town."


def test_a_draft_cannot_be_withdrawn(client):
    written = article()

    answer = client.post(page(written, "unpublish"), {"reason": "Why"})

    assert answer.status_code == 200
    assert "is not before readers" in answer.content.decode()


@pytest.mark.parametrize("name", ["publish", "unpublish", "preview", "history"])
def test_strangers_are_sent_to_the_log_in(db, name):
    answer = Client().get(page(article(), name))

    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/")


def test_only_one_form_of_the_content_posts(client):
    assert client.get(page(article())).content.decode().count('<form method="post" novalidate') == 1


def test_the_preview_is_the_draft_and_is_kept_nowhere(db):
    written = article()
    publishing.publish(written, by=None)
    claim = claim_of(written, "15,209")
    paragraph = editing.paragraph_of(claim).replace("15,209", "15,290")
    editing.review_claim(claim, read=claim.text, paragraph=paragraph, by=None)
    client = Client()
    client.force_login(EditorFactory())

    answer = client.get(page(written, "preview"))

    assert "15,290" in answer.content.decode()
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))


@pytest.mark.parametrize(
    ("published", "corrected", "said"),
    [
        (False, False, "Draft. This is how readers would see revision 1. They don’t yet."),
        (True, True, "Draft. This is how readers would see revision 2. They see revision 1."),
        (True, False, "Readers see this revision."),
    ],
)
def test_the_preview_says_what_readers_see_and_leads_back(client, published, corrected, said):
    written = article()
    if published:
        publishing.publish(written, by=None)
    if corrected:
        claim = claim_of(written, "15,209")
        editing.judge(claim, read=claim.text, rating="supported", by=None)

    banner = parse(client.get(page(written, "preview")).content.decode()).one(class_="banner")

    assert banner.text.startswith(said)
    assert [a["href"] for a in banner.all("a")] == [
        page(written, name) for name in ("change", "history", "publish")
    ]


def test_an_earlier_revision_is_no_draft(client):
    written = article()
    claim = claim_of(written, "15,209")
    editing.judge(claim, read=claim.text, rating="supported", by=None)
    publishing.publish(written, by=None)
    address = reverse("admin:articles_article_revision", args=[written.pk, 1])

    banner = parse(client.get(address).content.decode()).one(class_="banner")

    assert banner.text.startswith("This is how readers would see revision 1. They see revision 2.")


def test_who_signs_without_a_name_is_shown_where_to_give_one(client, editor):
    written = article()
    address = reverse("admin:auth_user_change", args=[editor.pk])
    nameless = client.get(page(written)).content.decode()
    editor.first_name = "Ada <b>"
    editor.save()
    named = client.get(page(written)).content.decode()

    assert address in nameless
    assert address not in named
    assert "Ada &lt;b&gt;" in named
