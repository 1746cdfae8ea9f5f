"""Who else has an article open, and since when."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Presence
from tests.admin.forms import fields_of
from tests.factories import EditorFactory, UserFactory, article, claim_of


@pytest.fixture
def other(db):
    browser = Client()
    browser.force_login(EditorFactory(username="other"))
    return browser


@pytest.fixture
def written(db):
    return article()


def form_of(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def claim_form(article):
    return reverse("admin:articles_claim_change", args=[claim_of(article, "15,209").pk])


def beats_of(article):
    return reverse("admin:articles_article_presence", args=[article.pk])


def names_other(answer):
    return "<strong>other</strong> has had this article open since" in answer.content.decode()


def go_back(**ago):
    """Let the time pass."""
    for presence in Presence.objects.all():
        presence.opened_at -= timedelta(**ago)
        presence.seen_at -= timedelta(**ago)
        presence.save()


@pytest.mark.parametrize("theirs", [form_of, claim_form], ids=["article", "sentence"])
@pytest.mark.parametrize("mine", [form_of, claim_form], ids=["article", "sentence"])
def test_a_form_says_who_has_the_article_open_and_since_when(client, other, written, theirs, mine):
    other.get(theirs(written))
    go_back(minutes=5)
    opened = Presence.objects.get().opened_at

    page = client.get(mine(written))

    assert names_other(page)
    assert f'datetime="{opened:%Y-%m-%dT%H:%M}' in page.content.decode()
    assert not names_other(other.get(theirs(written)))


def test_another_article_is_another_matter(client, other, written):
    other.get(form_of(article(slug="another")))

    assert not names_other(client.get(form_of(written)))


def test_a_page_whose_script_does_not_run_counts_for_a_quarter_of_an_hour(client, other, written):
    other.get(form_of(written))
    go_back(minutes=14)
    assert names_other(client.get(form_of(written)))
    go_back(minutes=1)
    assert not names_other(client.get(form_of(written)))


def test_a_page_that_stops_beating_is_forgotten_within_minutes(client, other, written):
    other.get(form_of(written))
    other.post(beats_of(written))
    go_back(minutes=2)
    assert names_other(client.get(form_of(written)))
    go_back(minutes=1)
    assert not names_other(client.get(form_of(written)))


def test_a_beat_keeps_the_page_present_since_it_was_opened_and_answers_with_the_others(
    client, other, written
):
    other.get(form_of(written))
    go_back(minutes=14)
    opened = Presence.objects.get().opened_at

    assert not names_other(other.post(beats_of(written)))
    answer = client.post(beats_of(written))

    assert names_other(answer)
    assert answer.content.decode().count("<p>") == 1
    assert Presence.objects.get(editor__username="other").opened_at == opened


def test_opening_the_form_again_does_not_begin_anew_while_the_first_counts(other, written):
    other.get(form_of(written))
    go_back(minutes=5)
    opened = Presence.objects.get().opened_at
    other.get(form_of(written))
    assert Presence.objects.get().opened_at == opened

    go_back(hours=1)
    other.get(form_of(written))
    assert timezone.now() - Presence.objects.get().opened_at < timedelta(minutes=1)


def test_leaving_the_page_ends_it(client, other, written):
    other.get(form_of(written))

    assert other.post(beats_of(written), {"left": "1"}).status_code == 204

    assert not names_other(client.get(form_of(written)))


@pytest.mark.parametrize(
    ("form", "having"), [(form_of, "base"), (claim_form, "read")], ids=["article", "sentence"]
)
def test_a_save_ends_it(client, other, written, form, having):
    fields = fields_of(other.get(form(written)), having) | {"change_summary": "Why"}

    assert other.post(form(written), fields).status_code == 302

    assert not names_other(client.get(form_of(written)))


def test_those_who_only_look_on_are_not_named_and_cannot_beat(client, written):
    looker = UserFactory(username="other", is_staff=True)
    looker.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    browser = Client()
    browser.force_login(looker)

    page = browser.get(claim_form(written))
    assert (page.status_code, "data-presence" in page.content.decode()) == (200, False)
    assert browser.post(beats_of(written)).status_code == 403

    assert not names_other(client.get(form_of(written)))


def test_a_beat_is_a_post(client, written):
    assert client.get(beats_of(written)).status_code == 405


def test_a_name_is_shown_as_text(client, written):
    browser = Client()
    browser.force_login(EditorFactory(username="<b>bold</b>"))
    browser.get(form_of(written))

    assert (
        "<strong>&lt;b&gt;bold&lt;/b&gt;</strong>" in client.get(form_of(written)).content.decode()
    )


def test_presence_makes_no_revision(client, other, written):
    other.get(form_of(written))
    client.post(beats_of(written))

    written.refresh_from_db()
    assert written.latest == 1


def test_opening_the_form_in_a_row_writes_once(other, written):
    other.get(form_of(written))
    before = Presence.objects.get()

    other.get(form_of(written))

    after = Presence.objects.get()
    assert (after.pk, after.seen_at) == (before.pk, before.seen_at)
