"""The worker: what it finds to do, and what it makes good after one that died."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles.evidence import leases, tasks, watching
from articles.management.commands import db_worker
from articles.models import Report, Snapshot, Visit, Watch
from tests.evidence.sources import cited, outcomes
from tests.evidence.web import html

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("copies")]

NO_PAUSE = {"startup_delay": False, "interval": 0.1}


def work(**options):
    call_command("db_worker", batch=True, **NO_PAUSE | options)


def states():
    return sorted(DBTaskResult.objects.values_list("status", flat=True))


def test_a_batch_looks_at_all_that_is_due_and_ends(web):
    web.pages["/a"] = html("The force had 15,209 members.")
    sources = [cited(web.url(path), quote="15,209 members") for path in ("/a", "/b", "/a")]

    work()

    assert [outcomes(source) for source in sources] == [["read"], ["not_found"], ["read"]]
    assert watching.due(timezone.now()) == []
    assert states() == ["SUCCESSFUL"] * 3


def test_a_batch_without_anything_due_makes_no_task():
    work()

    assert states() == []


def test_a_look_is_queued_once_however_often_the_worker_comes_round():
    cited("https://un.example/a")

    for _round in range(3):
        db_worker.wake(timezone.now())

    assert states() == ["READY"]


def test_a_worker_of_other_queues_looks_at_nothing():
    cited("https://un.example/a")

    work(queue_name="mail")

    assert states() == []


def test_a_worker_ends_after_as_many_tasks_as_it_was_told(web):
    for path in ("/a", "/b", "/c"):
        cited(web.url(path))

    work(max_tasks=2)

    assert Visit.objects.count() == 2


def test_queues_cannot_be_left_out_of_some():
    with pytest.raises(CommandError, match="--exclude-queues"):
        work(exclude_queues="mail")


def running(worker, *before, started=None):
    """A task that the worker has, and that others had before it."""
    row = DBTaskResult.objects.get(pk=tasks.look.enqueue().id)
    row.status, row.started_at = "RUNNING", started or timezone.now()
    row.worker_ids = [*before, worker]
    row.save()
    return row


DEAD = "-".join([*leases.holder().split("-")[:2], "1"])  # this process's number, an earlier start


def test_what_a_dead_worker_had_is_ready_again():
    dropped, held = running(DEAD), running(leases.holder())

    db_worker.tidy(timezone.now())

    dropped.refresh_from_db()
    held.refresh_from_db()
    assert (dropped.status, held.status) == ("READY", "RUNNING")


def test_what_a_worker_elsewhere_has_for_long_is_ready_again():
    row = running("elsewhere", started=timezone.now() - timedelta(hours=1))

    db_worker.tidy(timezone.now())

    row.refresh_from_db()
    assert row.status == "READY"


def test_a_task_over_which_three_workers_died_is_given_up():
    row = running(DEAD, DEAD, DEAD)

    db_worker.tidy(timezone.now())

    row.refresh_from_db()
    assert (row.status, row.traceback) == ("FAILED", "Its workers died, 3 of them.")


def test_results_are_kept_for_a_week():
    for days in (6, 8):
        row = DBTaskResult.objects.get(pk=tasks.look.enqueue().id)
        row.status, row.finished_at = "SUCCESSFUL", timezone.now() - timedelta(days=days)
        row.save()

    db_worker.tidy(timezone.now())

    assert DBTaskResult.objects.count() == 1


def test_who_sent_a_report_is_forgotten_after_a_day():
    sent = Report.objects.create(revision=1, read="It is.", text="It is not.", sender="hash")
    Report.objects.filter(pk=sent.pk).update(created_at=timezone.now() - timedelta(days=1))

    db_worker.tidy(timezone.now())

    sent.refresh_from_db()
    assert (sent.text, sent.sender) == ("It is not.", "")


def test_a_source_whose_worker_died_is_looked_at_by_the_next_one(web):
    web.pages["/a"] = html("The force had 15,209 members.")
    source = cited(web.url("/a"))
    Watch.objects.update(lease=f"{DEAD}-ab", leased_until=timezone.now() + leases.LENGTH)
    running(DEAD)

    work()

    assert (outcomes(source), Snapshot.objects.count()) == (["read"], 1)
