"""Import by upload or paste: shown first, stored when confirmed."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from articles import editing
from articles.models import Article
from tests.admin.forms import fields_of
from tests.factories import UserFactory, article

ADDRESS = reverse("admin:articles_article_import")
DRAFT = """The Wells of Ménaka

This article was written by AI.

A well was dug in 2014. The pump <b>failed</b> a year later.

Who Came After

Nobody has repaired it yet & nobody will.

See also: Pumps
"""


def upload(client, name, data):
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, data), "kind": "plain"})


@pytest.mark.parametrize("how", ["upload", "paste"])
def test_a_draft_is_shown_before_anything_is_stored(client, how):
    if how == "upload":
        shown = upload(client, "wells.txt", DRAFT.encode())
    else:
        shown = client.post(ADDRESS, {"text": DRAFT, "kind": "plain"})

    found = shown.context["found"]
    assert (found.title, found.origin, found.see_also) == ("The Wells of Ménaka", "ai", ("Pumps",))
    assert [(s.level, s.heading, s.sentences) for s in found.sections] == [
        (2, "", 2),
        (2, "Who Came After", 1),
    ]
    assert not Article.objects.exists()


def test_what_is_confirmed_is_stored_as_it_was_put_right(client, editor):
    shown = upload(client, "wells.txt", DRAFT.encode())
    fields = fields_of(shown, "text") | {
        "slug": "wells",
        "title": "Wells",
        "language": "fr",
        "origin": "human",
        "_store": "",
    }

    answer = client.post(ADDRESS, fields)

    made = Article.objects.get()
    assert answer["Location"] == reverse("admin:articles_article_change", args=[made.pk])
    assert (made.slug, made.title, made.language) == ("wells", "Wells", "fr")
    revision = made.revisions.get()
    assert (revision.origin, revision.author, revision.act) == ("human", editor.username, "import")
    sections = editing.article_text(made).sections
    assert [section.heading for section in sections] == ["", "Who Came After"]


def test_the_text_travels_escaped(client):
    page = upload(client, "wells.txt", DRAFT.encode()).content.decode()

    assert "<b>failed</b>" not in page
    assert "&lt;b&gt;failed&lt;/b&gt;" in page


def test_a_taken_address_is_said_at_the_field_and_the_text_stays(client):
    article(slug="wells")
    fields = fields_of(upload(client, "wells.txt", DRAFT.encode()), "text")

    answer = client.post(ADDRESS, fields | {"slug": "wells", "_store": ""})

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["slug"]
    assert "A well was dug in 2014." in fields_of(answer, "text")["text"]
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("empty.md", b"", "empty"),
        ("nothing.md", b"\n\n  \n", ""),
        ("binary.md", bytes(range(256)), "NUL"),
        ("latin1.txt", "Un été".encode("latin-1"), "UTF-8"),
        ("huge.md", b"# T\n\n" + b"word " * 500_000, "2 MB"),
        ("deep.md", b"# T\n\n" + b"> " * 10_000 + b"x", ""),
        ("text.docx", b"PK", ".txt"),
    ],
)
def test_a_bad_file_is_refused_at_the_field(client, name, data, error):
    answer = upload(client, name, data)

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["file"]
    assert error in answer.context["form"].errors["file"][0]
    assert not Article.objects.exists()


def test_nothing_chosen_is_said(client):
    answer = client.post(ADDRESS, {"text": " ", "kind": "plain"})

    assert list(answer.context["form"].errors) == ["text"]


def test_importing_needs_the_permission_to_add(db):
    looker = UserFactory(is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_article"))
    client = Client()
    client.force_login(looker)

    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS, {"text": DRAFT, "kind": "plain"}).status_code == 403
