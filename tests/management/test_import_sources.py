"""The command that makes sources of a reference manager's file."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.models import Source
from tests.factories import SourceFactory

pytestmark = pytest.mark.django_db
TWO = """@book{a, title = {Mali}, author = {Ba, Awa}, year = 2019, isbn = {9780306406157}}

@online{b, title = {Mandate}, url = {https://example.org/a}, abstract = {Long.}}
"""


@pytest.fixture
def file(tmp_path):
    def write(data: str | bytes, name: str = "mine.bib") -> str:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return str(path)

    return write


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("import_sources", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_works_are_stored_and_printed(file):
    said = run(file(TWO)).splitlines()

    assert said == [
        "line 1: Mali: new",
        "line 3: Mandate: new",
        "  Not kept: abstract.",
        "2 new sources.",
    ]
    assert [(s.title, s.type, s.issued) for s in Source.objects.all()] == [
        ("Mali", "book", "2019"),
        ("Mandate", "webpage", ""),
    ]


def test_what_is_there_already_is_left_out(file):
    there = SourceFactory(title="Other words", url="http://www.example.org/a/?utm_source=x")

    said = run(file(TWO)).splitlines()

    assert said[1] == f"line 3: Mandate: there already, as {there.uid}"
    assert said[-1] == "1 new source."
    assert run(file(TWO)).splitlines()[-1] == "0 new sources."


def test_json_says_the_same(file):
    alike = SourceFactory(title="Mali", type="book", issued="2019-05")

    said = json.loads(run(file(TWO), "--json"))

    assert said == [
        {
            "place": "line 1",
            "title": "Mali",
            "state": "alike",
            "uid": alike.uid,
            "same_as": None,
            "remarks": [],
        },
        {
            "place": "line 3",
            "title": "Mandate",
            "state": "new",
            "uid": Source.objects.get(title="Mandate").uid,
            "same_as": None,
            "remarks": ["Not kept: abstract."],
        },
    ]


def test_a_dry_run_stores_nothing(file):
    assert run(file(TWO), "--dry-run").endswith("2 new sources. Nothing was stored.\n")

    assert not Source.objects.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.bib", b""),
        ("words.bib", b"There is no entry here."),
        ("cut.bib", b"@book{a, title = {Mali"),
        ("cut.ris", b"TY  - BOOK\nTI  - Mali\n"),
        ("cut.json", b'[{"title": '),
        ("latin1.ris", "TY  - BOOK\nTI  - Été\nER  - \n".encode("latin-1")),
        ("binary.bib", bytes(range(256)) * 40),
        ("huge.bib", b" " * 2_100_000),
        ("text.docx", b"PK"),
        ("untitled.json", b'[{"type": "book", "title": "A"}, {"type": "book"}]'),
    ],
)
def test_a_bad_file_stores_nothing_and_gets_a_line(file, name, data):
    with pytest.raises(CommandError) as error:
        run(file(data, name))

    assert len(str(error.value).splitlines()) == 1
    assert not Source.objects.exists()


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    (tmp_path / "folder.bib").mkdir()
    for name in ("absent.bib", "folder.bib"):
        with pytest.raises(CommandError, match=name):
            run(str(tmp_path / name))
