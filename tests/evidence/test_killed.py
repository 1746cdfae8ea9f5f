"""Real workers, killed in the midst of their work, and several at once."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Event

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles import editing, publishing
from articles.evidence import checking, keeping, watching
from articles.models import Article, QuoteCheck, Snapshot, Visit, Watch
from tests.evidence.sources import cite, cited, outcomes, watch
from tests.evidence.test_keeping import Reading
from tests.evidence.web import html

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).resolve().parents[2]
QUOTE = "The force had 15,209 members"
PAGE = html(f"{QUOTE} in 2017, of whom few stayed.")


@pytest.fixture
def start(web, copies):
    """Start a worker on the test's database; those that are left are killed in the end."""
    started = []
    database = connection.settings_dict
    name = database["NAME"]
    url = f"sqlite:///{name}"
    if connection.vendor == "postgresql":
        login = f"{database['USER']}:{database['PASSWORD']}@" if database["USER"] else ""
        url = f"postgres://{login}/{database['HOST']}/{name}"  # a socket's directory
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "minusma_site.settings",
        "DATABASE_URL": url,
        "DATA_DIR": str(copies.parent),
        "FETCH_ALLOW": web.place,
        "FETCH_DELAY": "0",
    }
    copies.parent.mkdir(exist_ok=True)

    def start(*arguments):
        command = [sys.executable, "manage.py", "db_worker", "--no-startup-delay", *arguments]
        process = subprocess.Popen(
            [*command, "--interval", "0.2"], cwd=ROOT, env=environment, stderr=subprocess.PIPE
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        print(process.communicate()[1].decode())  # noqa: T201  (where a test failed, pytest shows it)


def kill(process):
    process.send_signal(signal.SIGKILL)
    process.wait(10)


def finish(*processes):
    for process in processes:
        _out, said = process.communicate(timeout=60)
        assert process.returncode == 0, said.decode()


def until(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def unfinished_tasks():
    return DBTaskResult.objects.exclude(status__in=["SUCCESSFUL", "FAILED"]).count()


def test_a_worker_killed_in_a_fetch_loses_and_doubles_nothing(web, start):
    asked = Event()

    def hangs(visitor):
        asked.set()
        visitor.pause(60)

    web.pages |= {"/a": hangs, "/b": PAGE}
    sources = [cited(web.url(path), quote=QUOTE) for path in ("/a", "/b")]
    worker = start()
    assert asked.wait(30)

    kill(worker)
    web.pages["/a"] = PAGE
    finish(start("--batch"))

    assert [outcomes(source) for source in sources] == [["read"], ["read"]]
    assert Snapshot.objects.count() == QuoteCheck.objects.count() == 2
    assert list(Watch.objects.values_list("state", "lease")) == [("ok", "")] * 2
    assert (web.asked.count("/a"), web.asked.count("/b")) == (2, 1)
    assert unfinished_tasks() == 0


def test_a_worker_killed_between_checks_goes_on_where_it_was(web, start):
    web.pages["/a"] = PAGE
    source = cited(web.url("/a"), quote=QUOTE)
    for number in range(25):
        words = f"Copy {number}. {'All but nobody had counted them. ' * 3_000}{QUOTE}."
        keeping.keep_upload(
            source.uid,
            body=words.encode(),
            name="a.txt",
            editor="awa",
            note=f"Part {number}",
            document=Reading(text=words),
        )
    worker = start()
    until(lambda: QuoteCheck.objects.exists())

    kill(worker)
    killed_at = QuoteCheck.objects.count()
    finish(start("--batch"))

    assert 1 <= killed_at < 26
    assert QuoteCheck.objects.count() == 26
    assert QuoteCheck.objects.values("snapshot").distinct().count() == 26
    assert (outcomes(source), web.asked.count("/a")) == (["read"], 1)
    assert unfinished_tasks() == 0


def test_workers_that_are_killed_at_any_moment_record_everything_once(web, start):
    paths = [f"/{number}" for number in range(8)]
    for path in paths:
        web.pages[path] = PAGE
        cited(web.url(path), quote=QUOTE)

    for wait in (0.0, 0.2):
        done = Visit.objects.count()
        worker = start()
        until(lambda done=done: Visit.objects.count() > done)
        time.sleep(wait)
        kill(worker)
    finish(start("--batch"))

    assert sorted(Visit.objects.values_list("source", flat=True)) == sorted(
        Watch.objects.values_list("pk", flat=True)
    )
    assert Snapshot.objects.count() == QuoteCheck.objects.count() == 8
    assert unfinished_tasks() == 0


def test_editors_save_while_workers_look_and_no_quote_is_forgotten(web, start):
    web.pages |= {"/a": PAGE, "/b": PAGE}
    source = cited(web.url("/a"), quote=QUOTE, publish=True)
    other = cited(web.url("/b"), quote=QUOTE)
    made = Article.objects.get()
    worker = start()

    for number in range(12):
        cite(made, source if number % 2 else other, f"{QUOTE} in 20{number:02}")
        source.url = web.url(f"/a?{number}" if number < 11 else "/b")
        editing.save_source(source, by=None)
        publishing.publish(made, by=None)
        time.sleep(0.1)
    kill(worker)
    finish(start("--batch"))

    quotes = {each.pk: set(checking.quotes_of(each.uid)) for each in (source, other)}
    assert {pk: len(found) for pk, found in quotes.items()} == {source.pk: 7, other.pk: 7}
    for each in (source, other):
        checks = QuoteCheck.objects.filter(snapshot=watch(each).snapshot)
        assert set(checks.values_list("quote", flat=True)) == quotes[each.pk]
    assert watch(source).snapshot.address == web.url("/b")
    assert watching.due(timezone.now()) == []


def test_two_workers_share_the_sources_and_look_at_each_once(web, start):
    paths = [f"/{number}" for number in range(10)]
    for path in paths:
        web.pages[path] = PAGE
        cited(web.url(path), quote=QUOTE)

    finish(start("--batch"), start("--batch"))

    assert sorted(path for path in web.asked if path != "/robots.txt") == sorted(paths)
    assert Visit.objects.count() == Snapshot.objects.count() == QuoteCheck.objects.count() == 10
    assert watching.cited().count() == 10
    assert unfinished_tasks() == 0
