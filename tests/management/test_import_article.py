"""The command that makes an article of a file."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, PublishedArticle
from tests.factories import TWO_SECTIONS, article

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    def write(data: str | bytes, name: str = "two.md") -> str:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return str(path)

    return write


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("import_article", *arguments, stdout=out)
    return out.getvalue()


def test_what_was_found_is_printed_and_stored(file):
    said = run(file(TWO_SECTIONS), "--slug", "two", "--origin", "human").splitlines()

    assert said == [
        "Two sections (/articles/two/)",
        "origin human, language en",
        "2 (introduction): 1 sentence",
        "2 First: 2 sentences",
        "2 Second: 2 sentences",
        "3 sections, 5 sentences",
    ]
    made = Article.objects.get()
    assert (made.slug, made.revisions.get().origin) == ("two", "human")
    assert not PublishedArticle.objects.exists()


def test_json_says_the_same(file):
    said = json.loads(run(file(TWO_SECTIONS), "--json"))

    assert said["slug"] == "two-sections"
    assert said["sentences"] == 5
    assert said["sections"][1] == {"level": 2, "heading": "First", "sentences": 2}


def test_publishing_is_a_word_more(file):
    run(file(TWO_SECTIONS), "--publish")

    assert PublishedArticle.objects.get().number == 1


def test_a_dry_run_stores_nothing(file):
    assert "5 sentences" in run(file(TWO_SECTIONS), "--dry-run", "--publish")

    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.md", b""),
        ("nothing.md", b"\n\n  \n"),
        ("binary.md", bytes(range(256)) * 40),
        ("latin1.txt", "Titre\n\nUn été à Gao".encode("latin-1")),
        ("huge.md", b"# T\n\n" + b"word " * 500_000),
        ("deep.md", b"# T\n\n" + b"> " * 100_000 + b"x\n"),
        ("heads.md", b"# T\n\n" + b"## H\n\nText.\n\n" * 10_000),
        ("nul.md", b"# T\n\nA nul \x00 here.\n"),
        ("text.docx", b"PK"),
    ],
)
def test_a_bad_file_gets_one_line_that_names_it(file, name, data):
    with pytest.raises(CommandError) as error:
        run(file(data, name))

    assert str(error.value).startswith(f"{name}: ")
    assert len(str(error.value).splitlines()) == 1
    assert not Article.objects.exists()


def test_a_text_without_a_title_is_told_where_to_put_one(file):
    text = "1. Wells\n\nThey are dry now.\n\n2. Rivers\n\nThey are wide.\n"

    with pytest.raises(CommandError) as error:
        run(file(text.encode(), "bare.txt"))

    assert str(error.value) == "bare.txt: no title was found: put one alone on the first line."


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    (tmp_path / "folder.md").mkdir()
    for name in ("absent.md", "folder.md"):
        with pytest.raises(CommandError, match=name):
            run(str(tmp_path / name))


def test_a_taken_address_changes_nothing(file):
    article(slug="two")

    with pytest.raises(CommandError, match=r"two\.md: Another article has the address “two”"):
        run(file(TWO_SECTIONS), "--slug", "two")

    assert Article.objects.count() == 1
