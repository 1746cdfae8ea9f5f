"""Sources from a reference manager's file, and back to one."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from articles.models import Source
from articles.text import bibliography
from tests.admin.forms import fields_of
from tests.factories import SourceFactory, UserFactory

ADDRESS = reverse("admin:articles_source_import")
LIST = reverse("admin:articles_source_changelist")
FILE = """@book{a, title = {The Wells of <b>Ménaka</b>}, year = 2019}

@online{b, title = {Mandate}, url = {https://example.org/a}}

@book{c, year = 2019}

@report{d, title = {Fact Sheets}, year = 2017}
""".encode()


def upload(client, name="mine.bib", data=FILE):
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, data), "_read": ""})


def test_a_file_is_shown_before_anything_is_stored(client):
    there = SourceFactory(title="Mandate of old", url="http://example.org/a/")
    alike = SourceFactory(title="Fact sheet", issued="2017-06")

    shown = upload(client)

    assert [(n, p.state, p.place, p.source) for n, p, _reference in shown.context["found"]] == [
        (0, "new", "line 1", None),
        (1, "known", "line 3", there),
        (2, "faulty", "line 5", None),
        (3, "alike", "line 7", alike),
    ]
    page = shown.content.decode()
    assert "<b>Ménaka" not in page
    assert page.count('type="checkbox" name="work"') == 2
    assert page.count(" checked>") == 1
    assert Source.objects.count() == 2


def test_what_is_chosen_is_stored(client):
    fields = fields_of(upload(client), "text")

    answer = client.post(ADDRESS, fields | {"work": ["0", "3"], "_store": ""})

    assert answer["Location"] == LIST
    assert [(s.title, s.type, s.issued) for s in Source.objects.order_by("pk")] == [
        ("The Wells of Ménaka", "book", "2019"),
        ("Fact Sheets", "report", "2017"),
    ]


def test_what_was_stored_meanwhile_is_not_stored_twice(client):
    fields = fields_of(upload(client), "text") | {"work": ["1"], "_store": ""}
    SourceFactory(title="Mandate", url="https://example.org/a")

    answer = client.post(ADDRESS, fields)

    assert answer.status_code == 200
    assert Source.objects.count() == 1


@pytest.mark.parametrize("work", [[], ["2"], ["9"], ["x"]])
def test_what_cannot_be_chosen_is_not_stored(client, work):
    fields = fields_of(upload(client), "text")

    answer = client.post(ADDRESS, fields | {"work": work, "_store": ""})

    assert answer.status_code == 200
    assert not Source.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("empty.bib", b"", "empty"),
        ("cut.bib", b"@book{a,\n title = {Mali", "Line 1"),
        ("cut.ris", b"TY  - BOOK\n", "line 1 has no end"),
        ("none.json", b"[]", "No work was found"),
        ("latin1.bib", "@book{a, title={Été}}".encode("latin-1"), "UTF-8"),
        ("huge.ris", b" " * 2_100_000, "2 MB"),
        ("many.json", b"[" + b"{}," * 2_000 + b"{}]", "2,000"),
        ("text.docx", b"PK", ".bib"),
    ],
)
def test_a_bad_file_is_refused_at_the_field(client, name, data, error):
    answer = upload(client, name, data)

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["file"]
    assert error in answer.context["form"].errors["file"][0]


def test_importing_needs_the_permission_to_add(db):
    looker = UserFactory(is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_source"))
    client = Client()
    client.force_login(looker)

    assert client.get(ADDRESS).status_code == 403
    assert upload(client).status_code == 403
    assert ADDRESS not in client.get(LIST).content.decode()


def test_the_list_leads_to_the_import(client):
    assert ADDRESS in client.get(LIST).content.decode()
    assert client.get(ADDRESS).status_code == 200


@pytest.mark.parametrize("ending", bibliography.FORMATS)
def test_chosen_sources_are_exported(client, ending):
    chosen = [SourceFactory(title=title, place="Bamako") for title in ("Gao", "Kidal")]
    SourceFactory()

    answer = client.post(
        LIST, {"action": f"as_{ending}", "_selected_action": [source.pk for source in chosen]}
    )

    assert answer["Content-Disposition"] == f'attachment; filename="sources.{ending}"'
    found = bibliography.read(f"a.{ending}", answer.content)
    assert [(entry.work.title, entry.work.place) for entry in found] == [
        (source.title, "Bamako") for source in sorted(chosen, key=lambda source: source.title)
    ]


def test_the_form_keeps_the_fields_that_few_works_have(client):
    made = SourceFactory()
    address = reverse("admin:articles_source_change", args=[made.pk])
    fields = fields_of(client.get(address), "title")
    told = {
        "editors": "Ba, Awa",
        "place": "Bamako",
        "volume": "4",
        "issue": "8",
        "pages": "12–34",
        "number": "S/RES/2690 (2023)",
        "isbn": "9780306406157",
        "issn": "1234-5678",
    }

    assert client.post(address, fields | told).status_code == 302

    made.refresh_from_db()
    assert {name: getattr(made, name) for name in told} == told
