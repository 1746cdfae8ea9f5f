"""What the index holds of a published article."""

import pytest
from django.db import connection

from articles import publishing, search
from articles.models import IndexedArticle, IndexedWord, PublishedArticle
from articles.search import entry, postgresql
from articles.search.matching import Match
from tests.factories import article

pytestmark = pytest.mark.django_db

DEEP = Match(((("deep",),),))


def published(slug: str, markdown: str = "# Wells\n\nIt is a deep well.", **values):
    made = article(markdown, slug=slug, **values)
    publishing.publish(made, by=None)
    return PublishedArticle.objects.get(article=made)


def test_a_row_holds_the_terms_line_by_line():
    row = published(
        "wells",
        "# The Wells\n\nIt is a deep well. They were dug in 1,950 days.\n\n## Étages\n\nMud.",
        tags={"Étages": ["Water"]},
    ).indexed

    assert (row.language, row.title) == ("en", "the well")
    assert row.headings.split("\n") == ["", "etag"]
    assert row.sentences.split("\n") == ["it is a deep well", "they were dug in 1950 day", "mud"]
    assert [place.split(" ")[:2] for place in row.places.split("\n")] == [
        ["0", "none"],
        ["0", "none"],
        ["1", "none"],
    ]
    assert row.facets == "ªlen ªsnone ªtwater"
    assert row.words == "days deep they well wells were étages"


def test_articles_that_were_published_before_are_caught_up_with():
    kept, lost, old = (published(slug) for slug in ("kept", "lost", "old"))
    gone = published("gone")
    publishing.withdraw(gone.article, by=None, reason="Not ours.")
    IndexedArticle.objects.filter(article=lost).delete()
    IndexedArticle.objects.filter(article=old).update(edition=0, title="")

    assert search.catch_up() == 2
    assert search.catch_up() == 0
    assert set(search.find(DEEP, 10).scores) == {kept.pk, lost.pk, old.pk}
    assert set(IndexedArticle.objects.values_list("edition", flat=True)) == {entry.EDITION}


def test_words_are_counted_by_articles():
    one = published("one")
    published("two", "# Wells\n\nIt is a shallow well.")

    def counts() -> dict[str, int]:
        return dict(IndexedWord.objects.values_list("word", "articles"))

    assert counts() == {"deep": 1, "shallow": 1, "well": 2, "wells": 2}
    search.write(one)
    assert counts() == {"deep": 1, "shallow": 1, "well": 2, "wells": 2}
    search.remove(one)
    search.remove(one)
    assert counts() == {"shallow": 1, "well": 1, "wells": 1}


def test_the_index_is_made_again_where_a_migration_left_none():
    row = published("one")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER articles_index_update")
            cursor.execute("DROP TABLE articles_index")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else the table cannot be altered
            cursor.execute("ALTER TABLE articles_indexedarticle DROP vector, DROP head")

    search.index().install(connection)
    search.catch_up()

    assert set(search.find(DEEP, 10).scores) == {row.pk}
    search.write(row)
    search.remove(row)
    assert search.find(DEEP, 10).total == 0


def test_where_many_match_titles_and_the_newest_are_ranked(monkeypatch):
    monkeypatch.setattr(search.index(), "RANKED", 2)
    titled = published("titled", "# Deep\n\nIt is a well.")
    others = [published(f"a{number}") for number in range(4)]

    ranked = search.find(DEEP, 10)

    assert ranked.total == 5
    assert next(iter(ranked.scores)) == titled.pk
    assert set(ranked.scores) == {titled.pk, others[2].pk, others[3].pk}


def test_a_vector_for_postgresql_stays_within_its_bounds():
    row = IndexedArticle(
        title="well",
        sentences=" ".join(["well"] * 20_000 + [f"w{n}" for n in range(200_000)]),
    )

    terms = postgresql.vector(row, postgresql.WEIGHTS, ["ªlen"]).split(" ")

    assert terms[0] == "'ªlen'"
    assert terms[1].startswith("'well':1A,2D,3D,")
    assert terms[1].count(",") == 254
    assert terms[2] == "'w0':16383D"
    assert len(" ".join(terms).encode()) < 1_000_000
