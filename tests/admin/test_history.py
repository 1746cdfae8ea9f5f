"""An article's revisions: listed in runs, compared, restored."""

import pytest
from django.urls import reverse

from articles import editing, publishing
from articles.models import Revision
from tests.admin.forms import fields_of
from tests.factories import EditorFactory, article, claim_of


def page(article, name="history", *more):
    return reverse(f"admin:articles_article_{name}", args=[article.pk, *more])


def corrected(article, old="15,209", new="15,290"):
    claim = claim_of(article, old)
    paragraph = editing.paragraph_of(claim).replace(old, new)
    editing.review_claim(claim, read=claim.text, paragraph=paragraph, by=None)


def judge(article, words, by):
    claim = claim_of(article, words)
    return editing.judge(claim, read=claim.text, rating="supported", by=by)


def test_verdicts_in_a_row_by_one_person_are_one_entry(client, editor):
    written, other = article(), EditorFactory()
    for words, by in [("15,209", editor), ("capital", editor), ("nine months", other)]:
        judge(written, words, by)

    runs = client.get(page(written)).context["runs"]

    assert [[revision.number for revision in run.revisions] for run in runs] == [[4], [3, 2], [1]]


def test_a_revision_that_was_published_stands_alone(client, editor):
    written = article()
    for words in ("15,209", "capital"):
        judge(written, words, editor)
        publishing.publish(written, by=editor)

    runs = client.get(page(written)).context["runs"]

    assert [len(run.revisions) for run in runs] == [1, 1, 1]


@pytest.mark.parametrize("count", [1, 30])
def test_the_history_takes_a_constant_number_of_queries(client, count, django_assert_num_queries):
    written = article()
    for n in range(count):
        corrected(written, *(("15,209", "15,290") if n % 2 == 0 else ("15,290", "15,209")))

    with django_assert_num_queries(9):
        client.get(page(written))


def test_any_two_revisions_are_compared_drafts_too(client):
    written = article()
    corrected(written)

    for query in ({"a": 1, "b": 2}, {"a": 2, "b": 1}):
        shown = client.get(page(written, "compare"), query).content.decode()
        assert "<del>15,209</del><ins>15,290</ins>" in shown


@pytest.mark.parametrize("query", [{}, {"a": "1"}, {"a": "x", "b": "2"}, {"a": "1", "b": "9"}])
def test_what_is_no_pair_of_revisions_is_not_found(client, query):
    assert client.get(page(article(), "compare"), query).status_code == 404


def test_an_old_revision_is_shown_as_it_was(client):
    written = article()
    corrected(written)

    assert "15,209" in client.get(page(written, "revision", 1)).content.decode()


def test_restoring_is_shown_first_and_is_a_revision(client, editor):
    written = article()
    corrected(written)

    asked = client.get(page(written, "restore", 1))
    answer = client.post(page(written, "restore", 1), fields_of(asked, "csrfmiddlewaretoken"))

    assert "<del>15,290</del><ins>15,209</ins>" in asked.content.decode()
    assert answer.status_code == 302
    newest = Revision.objects.filter(article=written).first()
    assert (newest.number, newest.act, newest.author) == (3, "restore", editor.username)
    assert claim_of(written, "15,209")


def test_restoring_what_stands_there_makes_no_revision(client):
    written = article()

    client.post(page(written, "restore", 1))

    assert Revision.objects.count() == 1
