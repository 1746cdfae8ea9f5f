"""Where the titles under "see also" lead; the pages that say so are made anew when it changes."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from random import Random

import pytest

from articles import editing, publishing
from articles.history.store import head, load
from articles.models import Article, Publication, PublishedArticle
from tests.factories import article
from tests.threads import meanwhile

pytestmark = pytest.mark.django_db


def titled(title: str, slug: str, *see_also: str) -> Article:
    """A draft."""
    return article(f"# {title}\n\nIt says little.", slug=slug, see_also=see_also)


def shown(title: str, slug: str, *see_also: str) -> Article:
    made = titled(title, slug, *see_also)
    publishing.publish(made, by=None)
    return made


def again(made: Article, **values) -> None:
    """Publish the article with these values of its text."""
    made.refresh_from_db()
    text = replace(editing.article_text(made), **values)
    editing.save_article(made, text, base=head(made).hash, by=None)
    publishing.publish(made, by=None)


def withdraw(made: Article) -> None:
    publishing.withdraw(made, by=None, reason="A doubt.")


def linked(made: Article) -> dict[str, str]:
    return PublishedArticle.objects.get(article=made).linked


def version(made: Article) -> int:
    return PublishedArticle.objects.get(article=made).version


def test_an_article_knows_what_it_links_to_from_its_first_publication():
    shown("Élections au Mali", "elections")
    titled("Wells", "wells")
    gone = shown("Pumps", "pumps")
    withdraw(gone)

    naming = shown("Naming", "naming", "ÉLECTIONS AU MALI", "Wells", "Pumps", "Never written")

    assert linked(naming) == {"élections au mali": "elections"}
    assert version(naming) == 1


def test_a_title_becomes_a_link_while_readers_see_an_article_of_it():
    naming, bystander = shown("Naming", "naming", "Wells"), shown("Else", "else", "Pumps")
    wells = shown("WELLS", "the-wells")
    told = [(linked(naming), version(naming))]
    withdraw(wells)
    told.append((linked(naming), version(naming)))
    publishing.publish(wells, by=None)
    told.append((linked(naming), version(naming)))

    assert told == [({"wells": "the-wells"}, 2), ({}, 3), ({"wells": "the-wells"}, 4)]
    assert (linked(bystander), version(bystander)) == ({}, 1)


def test_another_title_takes_the_links_along_to_those_who_name_it():
    before, after = shown("Before", "before", "Wells"), shown("After", "after", "Boreholes")
    both = shown("Both", "both", "Wells", "Boreholes")
    wells = shown("Wells", "wells")

    again(wells, title="Boreholes")

    assert [linked(made) for made in (before, after, both)] == [
        {},
        {"boreholes": "wells"},
        {"boreholes": "wells"},
    ]
    assert [version(made) for made in (before, after)] == [3, 2]


def test_a_page_whose_links_stay_is_not_made_again():
    naming, wells = shown("Naming", "naming", "Wells"), shown("Wells", "wells")
    made_before = version(naming)

    publishing.publish(wells, by=None)
    again(wells, title="WELLS", see_also=("Pumps",))

    assert (linked(naming), version(naming)) == ({"wells": "wells"}, made_before)


def test_of_two_articles_with_one_title_the_one_with_the_older_publication_is_linked():
    naming = shown("Naming", "naming", "Wells")
    first, second = shown("Wells", "first"), shown("wells", "second")
    told = [(linked(naming)["wells"], version(naming))]
    publishing.publish(first, by=None)
    told.append((linked(naming)["wells"], version(naming)))
    withdraw(second)
    told.append((linked(naming)["wells"], version(naming)))
    publishing.publish(second, by=None)
    told.append((linked(naming)["wells"], version(naming)))

    assert told == [("first", 2), ("second", 3), ("first", 4), ("first", 4)]


def test_of_two_published_at_one_moment_the_first_made_is_linked():
    first, second = shown("Wells", "first"), shown("Wells", "second")
    moment = PublishedArticle.objects.get(article=first).published_at
    PublishedArticle.objects.filter(article=second).update(published_at=moment)

    assert linked(shown("Naming", "naming", "Wells")) == {"wells": "first"}


def test_an_article_may_link_to_itself():
    wells = shown("Wells", "wells", "Wells", "Boreholes")
    told = [linked(wells)]
    again(wells, title="Boreholes")
    told.append(linked(wells))
    withdraw(wells)
    told.append(linked(wells))

    assert told == [{"wells": "wells"}, {"boreholes": "wells"}, {}]


def test_a_withdrawn_article_still_knows_where_its_old_pages_lead():
    naming = shown("Naming", "naming", "Wells")
    withdraw(naming)
    before = version(naming)

    shown("Wells", "wells")

    assert (linked(naming), version(naming)) == ({"wells": "wells"}, before + 1)


def test_titles_of_old_revisions_lead_on_and_those_of_drafts_do_not():
    naming = shown("Naming", "naming", "Wells")
    again(naming, see_also=("Pumps",))
    text = replace(editing.article_text(naming), see_also=("Secret",))
    editing.save_article(naming, text, base=head(naming).hash, by=None)
    before = version(naming)

    for title in ("Wells", "Pumps", "Secret"):
        shown(title, title.lower())

    assert linked(naming) == {"wells": "wells", "pumps": "pumps"}
    assert version(naming) == before + 2


@pytest.mark.parametrize("seed", range(3))
def test_links_are_what_a_look_at_all_articles_finds_whatever_happened(seed):
    dice, titles = Random(seed), ["Wells", "wells", "Pumps", "Camps"]
    made = [titled(dice.choice(titles), f"article-{n}", *titles[n:]) for n in range(4)]
    for _ in range(25):
        before, acting = facts(), dice.choice(made)
        act(acting, dice, titles)
        after = facts()

        others = after.keys() & before.keys() - {acting.pk}
        grown = {pk for pk in others if after[pk][1] > before[pk][1]}
        changed = {pk for pk in others if after[pk][0] != before[pk][0]}
        assert {pk: leads for pk, (leads, _) in after.items()} == dict(looked_up())
        assert grown == changed


def act(made: Article, dice: Random, titles: list[str]) -> None:
    if dice.random() < 0.3 and PublishedArticle.objects.shown().filter(article=made).exists():
        withdraw(made)
    else:
        see_also = tuple(dice.sample(titles, 2))
        again(made, title=dice.choice(titles), see_also=see_also)


def facts() -> dict[int, tuple[dict[str, str], int]]:
    rows = PublishedArticle.objects.values_list("pk", "linked", "version")
    return {pk: (leads, version) for pk, leads, version in rows}


def looked_up() -> Iterator[tuple[int, dict[str, str]]]:
    """Where each published article's titles lead, found out one article at a time."""
    readable = list(PublishedArticle.objects.filter(withdrawn=False))
    oldest_last = sorted(readable, key=lambda row: (row.published_at, row.pk), reverse=True)
    slugs = {row.title.casefold(): row.slug for row in oldest_last}
    for row in PublishedArticle.objects.all():
        entries = row.article.publications.filter(act="published")
        named = {title.casefold() for entry in entries for title in load(entry.revision).see_also}
        yield row.pk, {key: slugs[key] for key in named & slugs.keys()}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["naming", "named"])
def test_articles_that_are_published_at_one_moment_are_linked(first):
    naming, named = titled("Naming", "naming", "Wells"), titled("Wells", "wells")
    acts = [partial(publishing.publish, made, by=None) for made in (naming, named)]

    meanwhile(*(acts if first == "naming" else reversed(acts)))

    assert linked(naming) == {"wells": "wells"}


@pytest.mark.django_db(transaction=True)
def test_two_publications_of_which_one_changes_two_links_of_the_other_both_succeed():
    wells, both = shown("Wells", "wells"), shown("Both", "both", "Wells", "Boreholes")
    text = replace(editing.article_text(wells), title="Boreholes")
    editing.save_article(wells, text, base=head(wells).hash, by=None)

    done = meanwhile(*(partial(publishing.publish, made, by=None) for made in (wells, both)))

    assert [type(publication) for publication in done] == [Publication, Publication]
    assert linked(both) == {"boreholes": "wells"}
