"""Looking at sources on a web that changes, vanishes and misbehaves."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles import editing
from articles.evidence import files, keeping, leases, visiting, watching
from articles.evidence.documents import read
from articles.evidence.fetch import fetch
from articles.models import Article, PublishedArticle, QuoteCheck, Snapshot, Visit, Watch
from tests.evidence.sources import cite, cited, outcomes, watch
from tests.evidence.web import Page, breaks_off, html, redirect
from tests.factories import EditorFactory, SourceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("copies")]

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
QUOTE = "The force had 15,209 members"
WORDS = f"{QUOTE} in 2017, of whom few stayed."


def look(source, now=None, **options):
    """Look at the source and give its watch as it is then."""
    visiting.look(source.uid, now=now, **options)
    return watch(source)


def results():
    return list(QuoteCheck.objects.order_by("pk").values_list("result", flat=True))


def test_a_page_is_read_kept_and_searched(web):
    web.pages["/a"] = html(WORDS, ETag='"1"')
    source = cited(web.url("/a"), quote=QUOTE)

    looked = visiting.look(source.uid)

    copy, visit, check = Snapshot.objects.get(), Visit.objects.get(), QuoteCheck.objects.get()
    row = watch(source)
    assert (looked.visit, looked.checks, looked.new_copy) == (visit, (check,), True)
    assert (visit.outcome, visit.status, visit.snapshot) == ("read", 200, copy)
    assert visit.address == visit.final_address == web.url("/a")
    assert files.body_of(copy) == web.pages["/a"].body
    assert WORDS in files.text_of(copy)
    assert (check.result, check.matched, check.score, check.page) == ("exact", QUOTE, 1000, None)
    assert check.after == " in 2017, of whom few stayed."
    assert (row.state, row.snapshot, row.etag, row.lease) == ("ok", copy, '"1"', "")
    assert row.visited_at == row.read_at == visit.made_at
    assert row.due_at == row.fetch_at
    assert timedelta(days=30) <= row.due_at - row.visited_at <= timedelta(days=33)


def test_looking_again_before_that_asks_nobody_and_records_nothing(web):
    web.pages["/a"] = html(WORDS)
    source = cited(web.url("/a"), quote=QUOTE)
    look(source)
    web.asked.clear()
    watching.ask([source.uid])

    looked = visiting.look(source.uid)

    assert looked == visiting.Looked(source.uid, None, (), False)
    assert web.asked == []
    assert (Visit.objects.count(), Snapshot.objects.count(), results()) == (1, 1, ["exact"])
    assert watch(source).due_at == watch(source).fetch_at


def test_a_quote_that_came_later_is_looked_for_in_the_copy_that_is_there(web):
    web.pages["/a"] = html(WORDS)
    source = cited(web.url("/a"), quote=QUOTE)
    look(source)
    web.asked.clear()

    cite(Article.objects.get(), source, "The force had 15,290 members")
    row = look(source)

    assert results() == ["exact", "near"]
    assert web.asked == []
    assert row.state == "ok"


def test_an_unchanged_page_is_asked_for_conditionally_and_makes_no_copy(web):
    web.pages["/a"] = html(WORDS, ETag='"1"')
    source = cited(web.url("/a"), quote=QUOTE)
    look(source)

    row = look(source, afresh=True)

    assert outcomes(source) == ["read", "unchanged"]
    assert Visit.objects.first().snapshot == Snapshot.objects.get() == row.snapshot
    assert (row.state, row.etag, results()) == ("ok", '"1"', ["exact"])


def test_the_same_bytes_without_a_condition_make_no_copy(web):
    web.pages["/a"] = html(WORDS)
    source = cited(web.url("/a"))
    look(source)
    look(source, afresh=True)

    assert outcomes(source) == ["read", "read"]
    assert {visit.snapshot for visit in Visit.objects.all()} == {Snapshot.objects.get()}


def test_a_page_that_reads_otherwise_has_changed_since_it_was_cited(web):
    web.pages["/a"] = html(WORDS)
    source = cited(web.url("/a"), quote=QUOTE)
    look(source)

    web.pages["/a"] = html(f"{WORDS} Then they left.")
    row = look(source, afresh=True)
    assert (row.state, results()) == ("changed", ["exact", "exact"])

    web.pages["/a"] = html(WORDS)
    assert look(source, afresh=True).state == "ok"


def test_markup_alone_is_no_change(web):
    web.pages["/a"] = html(WORDS)
    source = cited(web.url("/a"))
    look(source)

    web.pages["/a"] = html(f"<b>{WORDS}</b>")
    row = look(source, afresh=True)

    assert (row.state, Snapshot.objects.count()) == ("ok", 2)


def test_what_was_cited_from_the_later_text_has_not_changed(web):
    web.pages["/a"] = html("An earlier text.")
    source = cited(web.url("/a"))
    look(source)
    web.pages["/a"] = html(WORDS)
    assert look(source, afresh=True).state == "changed"

    cite(Article.objects.get(), source, QUOTE)

    assert look(source).state == "ok"


def test_a_quote_that_was_there_and_is_missing_is_gone(web):
    web.pages["/a"] = html(WORDS)
    source = cited(web.url("/a"), quote=QUOTE)
    look(source)

    web.pages["/a"] = html("The page was rewritten from its first word to its last.")
    row = look(source, afresh=True)

    assert (row.state, results()) == ("quote_gone", ["exact", "missing"])


def test_a_quote_that_never_was_there_is_missing_and_not_gone(web):
    web.pages["/a"] = html("Something else altogether, at some length.")
    source = cited(web.url("/a"), quote=QUOTE)

    assert (look(source).state, results()) == ("ok", ["missing"])


def test_a_page_that_moved_for_good_leads_elsewhere(web):
    web.pages |= {"/a": redirect("/b", 301), "/b": html(WORDS, ETag='"1"')}
    source = cited(web.url("/a"), quote=QUOTE)

    assert look(source).state == "redirected"
    assert Visit.objects.get().final_address == web.url("/b")
    assert look(source, afresh=True).state == "redirected"
    assert outcomes(source) == ["read", "unchanged"]


def test_a_page_that_is_elsewhere_for_now_does_not(web):
    web.pages |= {"/a": redirect("/b", 302), "/b": html(WORDS)}
    source = cited(web.url("/a"), quote=QUOTE)

    assert look(source).state == "ok"


def test_a_missing_page_is_told_after_three_days_and_keeps_its_copy(web):
    web.pages["/a"] = html(WORDS)
    source = cited(web.url("/a"), quote=QUOTE)
    look(source)
    copy = Snapshot.objects.get()
    del web.pages["/a"]
    first = timezone.now() + 31 * DAY

    rows = [look(source, first + day * DAY, afresh=True) for day in range(3)]

    assert [row.state for row in rows] == ["ok", "ok", "not_found"]
    assert [row.failed_days for row in rows] == [1, 2, 3]
    assert (rows[2].failing_since, rows[2].since, rows[2].snapshot) == (
        first,
        first + 2 * DAY,
        copy,
    )
    assert outcomes(source) == ["read", "not_found", "not_found", "not_found"]


def test_a_page_that_comes_back_stands_as_before(web):
    source = cited(web.url("/a"))
    for day in range(3):
        row = look(source, NOON + day * DAY, afresh=True)
    assert row.state == "not_found"

    web.pages["/a"] = html(WORDS)
    row = look(source, NOON + 12 * DAY)

    assert (row.state, row.failing_since, row.failed_days) == ("ok", None, 0)


def test_a_failure_is_tried_again_on_the_next_day_and_not_before(web):
    source = cited(web.url("/a"))

    row = look(source, NOON)
    assert DAY <= row.due_at - NOON <= 1.1 * DAY
    look(source, NOON + timedelta(hours=3))
    assert outcomes(source) == ["not_found"]
    look(source, row.due_at)
    assert outcomes(source) == ["not_found", "not_found"]


def test_an_address_inside_is_refused_at_once():
    source = cited("http://127.0.0.1:9/secret")

    row = look(source)

    assert (row.state, outcomes(source)) == ("refused", ["refused"])
    assert Snapshot.objects.count() == 0


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Page(status=410), "gone"),
        (Page(status=403), "blocked"),
        (Page(status=500), "broken"),
        (Page(status=429, headers={"Retry-After": "120"}), "busy"),
        (breaks_off, "broken"),
    ],
)
def test_each_way_to_fail_is_a_visit_of_its_own_kind(web, answer, outcome):
    web.pages["/a"] = answer
    source = cited(web.url("/a"))

    row = look(source)

    assert (outcomes(source), row.state, row.failed_days) == ([outcome], "unknown", 1)


def test_a_site_that_sent_us_away_is_not_asked_for_its_other_pages_either(web):
    web.pages["/a"] = Page(status=429, headers={"Retry-After": "600"})
    web.pages["/b"] = html(WORDS)
    one, other = cited(web.url("/a")), cited(web.url("/b"))
    look(one)
    web.asked.clear()

    row = look(other)

    assert (web.asked, outcomes(other), row.failed_days) == ([], [], 0)
    assert row.due_at == row.fetch_at > timezone.now() + timedelta(minutes=9)


def test_a_copy_without_a_text_is_kept_and_said_to_be_unreadable(web):
    web.pages["/a"] = Page(b"\x89PNG\r\n\x1a\n\0\0", headers={"Content-Type": "image/png"})
    source = cited(web.url("/a"), quote=QUOTE)

    row = look(source)

    assert (outcomes(source), row.state, results()) == (["unreadable"], "ok", [])
    assert (Snapshot.objects.get().text, Snapshot.objects.get().size) == ("", 10)


def test_what_was_fetched_while_the_source_was_entered_is_its_first_visit(web):
    web.pages["/a"] = html(WORDS)
    answer = fetch(web.url("/a"))
    source = cited(web.url("/a"), quote=QUOTE)
    copy = keeping.keep(source.uid, answer, read(answer.body, answer.media_type))
    web.asked.clear()

    row = look(source)

    visit = Visit.objects.get()
    assert (visit.made_at, visit.snapshot, visit.outcome) == (answer.at, copy, "read")
    assert (web.asked, row.state, results()) == ([], "ok", ["exact"])


def test_uploads_of_sources_without_an_address_are_searched(web):
    source = cited("", quote=QUOTE)
    keeping.keep_upload(
        source.uid, body=WORDS.encode(), name="a.txt", editor="awa", note="The printed edition"
    )

    row = look(source)

    assert (results(), row.state, row.due_at) == (["exact"], "unknown", None)
    assert Visit.objects.count() == 0


def test_who_began_to_look_before_the_address_was_changed_records_nothing(web):
    source = cited(web.url("/a"), quote=QUOTE)

    web.pages["/b"] = html("Another page.")
    taken = leases.take(source.uid, timezone.now())
    source.url = web.url("/b")
    editing.save_source(source, by=EditorFactory())

    with pytest.raises(leases.LeaseLost):
        visiting.visit(taken)

    assert (Visit.objects.count(), Snapshot.objects.count()) == (0, 0)
    assert watching.due(timezone.now()) == [source.uid]


def test_who_asks_during_a_look_gets_another_one(web):
    web.pages["/a"] = html(WORDS)
    source = cited(web.url("/a"), quote=QUOTE)
    taken = leases.take(source.uid, timezone.now())
    visiting.visit(taken)

    watching.ask([source.uid])
    visiting._settle(taken, None)
    leases.release(taken)

    assert watching.due(timezone.now()) == [source.uid]


def test_a_source_that_somebody_looks_at_is_left_to_them(web):
    source = cited(web.url("/a"))
    leases.take(source.uid, timezone.now())

    assert visiting.look(source.uid) is None
    assert web.asked == []


def test_pages_that_cite_the_source_grow_a_version_when_something_new_is_known(web):
    web.pages["/a"] = html(WORDS, ETag='"1"')
    source = cited(web.url("/a"), quote=QUOTE, publish=True)
    cited(web.url("/b"), slug="bystander", publish=True)

    def versions():
        return dict(PublishedArticle.objects.values_list("slug", "version"))

    before = versions()
    look(source)
    after = versions()
    look(source, afresh=True)

    assert after["two-sections"] > before["two-sections"]
    assert after["bystander"] == before["bystander"]
    assert versions() == after


def test_a_fault_of_our_own_is_told_and_tried_again_in_an_hour(web, monkeypatch):
    web.pages["/a"] = html(WORDS)
    source = cited(web.url("/a"))
    monkeypatch.setattr(keeping, "fetched_copy", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        visiting.look(source.uid, now=NOON)

    row = watch(source)
    assert (row.due_at, row.lease, Visit.objects.count()) == (NOON + visiting.LATER, "", 0)


def test_several_sources_are_looked_at_one_after_the_other(web):
    web.pages |= {"/a": html(WORDS), "/b": html(WORDS)}
    sources = [SourceFactory(url=web.url(path)) for path in ("/a", "/b", "/c")]
    steps = []

    looked = visiting.look_at(
        [source.uid for source in sources], progress=lambda: steps.append(len(web.asked))
    )

    assert [one.visit.outcome for one in looked] == ["read", "read", "not_found"]
    assert len(steps) == 3
    assert Watch.objects.filter(due_at=None).count() == 0
