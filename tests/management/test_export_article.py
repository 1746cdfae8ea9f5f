"""export_article: an article on standard output."""

import json

import pytest
from django.core.management import CommandError, call_command

from articles import editing, publishing
from articles.history.store import head
from articles.models import PublishedArticle
from tests.factories import article, text_of

pytestmark = pytest.mark.django_db


def changed(made) -> None:
    text = editing.article_text(made)
    editing.save_article(
        made, text_of("# Two parts\n\nNothing else is said here.", slug=text.slug),
        base=head(made).hash, by=None,
    )  # fmt: skip


def test_the_newest_revision_is_printed_draft_or_not(capsys):
    made = article()
    publishing.publish(made, by=None)
    changed(made)

    call_command("export_article", "two-sections")

    assert "# Two parts\n" in capsys.readouterr().out


def test_json_is_what_the_address_answers(capsys, client):
    publishing.publish(article(), by=None)

    call_command("export_article", "two-sections", "--format", "json")

    assert json.loads(capsys.readouterr().out) == client.get("/articles/two-sections.json").json()


def test_an_older_revision_can_be_named(capsys):
    made = article()
    publishing.publish(made, by=None)
    changed(made)

    call_command("export_article", "two-sections", "--format", "json", "--revision", "1")

    document = json.loads(capsys.readouterr().out)
    shown = PublishedArticle.objects.get()
    assert (document["revision"], document["title"]) == (1, "Two sections")
    assert document["hash"] == shown.hash


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nothing"], "No article has the slug “nothing”."),
        (["two-sections", "--revision", "2"], "has no revision 2; name one from 1 to 1."),
        (["two-sections", "--revision", "0"], "has no revision 0"),
        (["two-sections", "--revision", "9" * 30], "has no revision 9"),
    ],
)
def test_what_is_not_there_is_told_in_one_line(arguments, words):
    article()

    with pytest.raises(CommandError, match=words) as error:
        call_command("export_article", *arguments)

    assert "\n" not in str(error.value)
