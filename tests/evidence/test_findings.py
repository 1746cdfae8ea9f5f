"""Which of the checks speaks for a quote, and what is said of a source."""

from datetime import UTC, datetime

import pytest

from articles.evidence.findings import Standing, findings, standing, version
from articles.models import Watch
from tests.factories import QuoteCheckFactory, SourceFactory, VisitFactory, copy_of

pytestmark = pytest.mark.django_db

QUOTE = "15,209 staff"


def day(number: int) -> datetime:
    return datetime(2026, 11, number, 8, tzinfo=UTC)


def copy(source, kind: str = "fetched", at: int = 1, **values):
    return copy_of(source, kind, taken_at=day(at), **values)


def check(snapshot, result: str = "exact", **values):
    return QuoteCheckFactory(snapshot=snapshot, result=result, quote=QUOTE, **values)


def best(source) -> tuple[str, str]:
    """The result for the quote, and the copy that it was found in."""
    finding = findings([source.uid]).of(source.uid, QUOTE)
    return finding.result, finding.copy.uid


def test_a_quote_that_nobody_looked_for_has_no_finding():
    source = SourceFactory()
    check(copy(source))

    found = findings([source.uid])

    assert found.of(source.uid, "15,290 staff") is None
    assert found.of("another", QUOTE) is None
    assert found.of(source.uid, "") is None
    assert found.result(source.uid, "15,290 staff") == "unchecked"


def test_a_finding_says_where_the_words_stand():
    source = SourceFactory()
    made = copy(source, pages=4)
    check(made, "near", matched="15,290 staff", before="It had ", after=" then.", page=3)

    finding = findings([source.uid]).of(source.uid, QUOTE)

    assert (finding.result, finding.matched, finding.score) == ("near", "15,290 staff", 950)
    assert (finding.before, finding.after, finding.page) == ("It had ", " then.", 3)
    assert (finding.copy.uid, finding.copy.body, finding.copy.pages) == (made.uid, made.body, 4)


def test_a_copy_that_the_address_no_longer_gives_does_not_count():
    source = SourceFactory()
    check(copy(source, at=1), "exact")
    newest = copy(source, at=2)
    check(newest, "missing")

    assert best(source) == ("missing", newest.uid)


def test_word_for_word_in_an_archive_goes_before_missing_on_the_page():
    source = SourceFactory()
    check(copy(source, at=2), "missing")
    archived = copy(source, "archived", at=1)
    check(archived, "exact")

    assert best(source) == ("exact", archived.uid)


def test_among_equals_a_fetched_copy_goes_first_then_an_archived_then_the_newest():
    source = SourceFactory()
    check(copy(source, "uploaded", at=9))
    uploaded = copy(source, "uploaded", at=10)
    check(uploaded)
    assert best(source) == ("exact", uploaded.uid)

    archived = copy(source, "archived", at=2)
    check(archived)
    assert best(source) == ("exact", archived.uid)

    fetched = copy(source, at=1)
    check(fetched)
    assert best(source) == ("exact", fetched.uid)


def test_what_older_rules_said_of_a_copy_does_not_count():
    source = SourceFactory()
    made = copy(source)
    check(made, "missing", finder=2)
    check(made, "exact", finder=1)

    assert best(source) == ("missing", made.uid)


def test_another_sources_copy_does_not_count():
    source, other = SourceFactory.create_batch(2)
    check(copy(source), "missing")
    check(copy(other), "exact")

    assert best(source)[0] == "missing"


def test_a_standing_names_state_address_and_newest_copy():
    source = SourceFactory()
    copy(source, at=1)
    archived = copy(source, "archived", at=5, archived_at=day(3))
    Watch.objects.update(state="not_found", since=day(4), visited_at=day(6))
    VisitFactory(source=source, address="https://example.org/", final_address="")

    found = findings([source.uid]).standing(source.uid)

    assert found.copy.uid == archived.uid
    assert found.copy.day == day(3)
    assert found == Standing("not_found", day(4), day(6), "https://example.org/", "", found.copy)
    assert found.away
    assert standing(source.uid) == Standing("not_found", day(4), day(6), "https://example.org/", "")


def test_a_source_that_nobody_looked_at_has_an_unknown_standing():
    source = SourceFactory()

    assert findings([source.uid]).standing(source.uid) == standing(source.uid) == Standing()


@pytest.mark.parametrize("count", [1, 3])
def test_any_number_of_sources_is_asked_in_one_query(count, django_assert_num_queries):
    sources = SourceFactory.create_batch(count)
    for source in sources:
        for kind in ("fetched", "archived"):
            check(copy(source, kind))

    with django_assert_num_queries(1) as queries:
        found = findings(source.uid for source in sources)

    assert {found.result(source.uid, QUOTE) for source in sources} == {"exact"}
    assert "articles_source" not in queries[0]["sql"]


def test_no_source_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert findings([]).of("a", QUOTE) is None


def test_a_copy_a_check_a_visit_and_a_state_each_make_another_version(django_assert_num_queries):
    source, other = SourceFactory.create_batch(2)
    with django_assert_num_queries(1):
        versions = [version(source.uid)]

    made = copy(source)
    versions.append(version(source.uid))
    check(made)
    versions.append(version(source.uid))
    VisitFactory(source=source)
    versions.append(version(source.uid))
    Watch.objects.filter(source=source).update(state="gone", since=day(2))
    versions.append(version(source.uid))
    check(copy(other))

    assert len(set(versions)) == 5
    assert version(source.uid) == versions[-1]
