from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from articles import editing
from articles.evidence import leases, watching
from articles.models import Article, Watch
from tests.evidence.sources import cite, cited, watch
from tests.factories import EditorFactory, SourceFactory, article, claim_of

pytestmark = pytest.mark.django_db

URL = "https://un.example/a"


def due():
    return watching.due(timezone.now())


def test_a_source_is_due_as_soon_as_it_is_cited():
    SourceFactory(url="https://un.example/uncited")

    source = cited(URL)

    assert due() == [source.uid]


def test_a_citation_that_was_not_saved_makes_nothing_due():
    made, source = article(), SourceFactory(url=URL)

    with transaction.atomic():
        cite(made, source, "15,209 staff")
        transaction.set_rollback(True)

    assert due() == []


def test_another_quote_makes_a_source_due_again_and_another_place_does_not():
    source = cited(URL, quote="15,209 staff")
    watching.leave([source.uid])
    claim = claim_of(Article.objects.get(), "15,209")
    there = claim.citations.get()

    def save(**values):
        given = {"source": source, "quote": there.quote, "uid": there.uid} | values
        citations = [editing.CitationGiven(**given)]
        editing.review_claim(claim, read=claim.text, citations=citations, by=EditorFactory())

    save(locator="p. 3")
    assert due() == []
    save(quote="15,209 members")
    assert due() == [source.uid]


@pytest.mark.parametrize("count", [1, 3])
def test_asking_takes_one_statement(count, django_assert_num_queries):
    sources = [SourceFactory() for _ in range(count)]

    with django_assert_num_queries(1):
        watching.ask(source.uid for source in sources)

    assert sorted(due()) == sorted(source.uid for source in sources)


def test_asking_for_a_source_leaves_the_date_of_its_next_visit():
    source = cited(URL)
    later = timezone.now() + timedelta(days=9)
    Watch.objects.update(due_at=later, fetch_at=later)

    watching.ask([source.uid])
    assert (due(), watch(source).fetch_at) == ([source.uid], later)

    watching.ask([source.uid], afresh=True)
    assert watch(source).fetch_at is None


def test_another_address_is_looked_at_as_if_it_were_new():
    source = cited(URL)
    long_ago = timezone.now() - timedelta(days=40)
    Watch.objects.update(
        state="gone",
        since=long_ago,
        due_at=None,
        fetch_at=timezone.now() + timedelta(days=5),
        visited_at=long_ago,
        etag='"1"',
        failing_since=long_ago,
        failed_days=3,
        lease="somebody",
        leased_until=timezone.now() + timedelta(minutes=3),
    )

    source.url = "https://un.example/b"
    editing.save_source(source, by=EditorFactory())

    row = watch(source)
    assert due() == [source.uid]
    assert (row.state, row.since, row.fetch_at, row.etag) == ("unknown", None, None, "")
    assert (row.visited_at, row.failing_since, row.failed_days, row.lease) == (None, None, 0, "")


def test_another_title_makes_nothing_due():
    source = cited(URL)
    watching.leave([source.uid])

    source.title = "Fact sheet, June 2017"
    editing.save_source(source, by=EditorFactory())

    assert due() == []


def test_a_restored_citation_is_due():
    source = cited(URL, quote="15,209 staff")
    made = Article.objects.get()
    revision = made.revisions.first()
    claim = claim_of(made, "15,209")
    editing.review_claim(claim, read=claim.text, citations=[], by=EditorFactory())
    watching.leave([source.uid])

    editing.restore(made, revision, by=EditorFactory())

    assert due() == [source.uid]


def test_who_is_looked_at_is_not_due_until_the_lease_ends_or_its_holder_has_died():
    now = timezone.now()
    leased, dropped, free = cited(URL), cited(URL), cited(URL)
    for source, lease in ((leased, f"{leases.holder()}-1"), (dropped, dead_lease())):
        Watch.objects.filter(pk=source.uid).update(lease=lease, leased_until=now + leases.LENGTH)

    assert due() == [free.uid, dropped.uid]
    assert set(watching.due(now + leases.LENGTH)) == {leased.uid, dropped.uid, free.uid}


def dead_lease():
    """A lease of a process of this machine that is gone: this one's number, an earlier start."""
    machine, pid, _started = leases.holder().split("-")
    return f"{machine}-{pid}-1-ab"


def test_a_lease_is_taken_by_one_alone():
    source = cited(URL)
    now = timezone.now()

    first, second = leases.take(source.uid, now), leases.take(source.uid, now)

    assert first.pk == source.uid
    assert second is None
    leases.release(first)
    assert leases.take(source.uid, now) is not None


def test_a_dead_holders_lease_is_taken_over_and_its_writes_are_refused():
    source = cited(URL)
    now = timezone.now()
    Watch.objects.update(lease=dead_lease(), leased_until=now + leases.LENGTH)
    old = watch(source)

    assert leases.take(source.uid, now) is not None
    with pytest.raises(leases.LeaseLost):
        leases.keep(old, now)


@pytest.mark.parametrize("name", ["", "w1", "00000000-1-1-ab", "a-b-c-d"])
def test_of_holders_elsewhere_nobody_knows_whether_they_live(name):
    assert not leases.dead(name)


def test_cited_are_sources_of_standing_and_of_published_claims():
    live, shown = cited(URL), cited(URL, slug="other", publish=True)
    other = Article.objects.get(slug="other")
    claim = claim_of(other, "15,209")
    editing.review_claim(claim, read=claim.text, citations=[], by=EditorFactory())
    SourceFactory(url=URL)

    assert set(watching.cited()) == {live, shown}
    assert list(watching.cited(other)) == [shown]
