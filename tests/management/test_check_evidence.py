"""What the command visits, and what it says."""

from datetime import timedelta
from threading import Timer

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from articles.evidence import leases, visiting
from articles.models import Visit, Watch
from tests.evidence.sources import cited, outcomes
from tests.evidence.web import html
from tests.factories import SourceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("copies")]


def check(capsys, *arguments):
    call_command("check_evidence", *arguments)
    return capsys.readouterr().out.splitlines()


def test_it_says_what_came_of_visits_and_quotes(web, capsys):
    web.pages["/a"] = html("The force had 15,209 members in 2017, of whom few stayed.")
    cited(web.url("/a"), quote="The force had 15,209 members")
    cited(web.url("/a"), quote="The force had 15,290 members")
    cited(web.url("/a"), quote="Nobody at all had ever been there")
    cited(web.url("/b"), quote="The force had 15,209 members")
    cited("")

    assert check(capsys) == [
        "5 cited source(s), 5 due: 3 read (3 new copies, 0 unchanged), 1 failed, 1 not asked for",
        "  1 × Not found (404)",
        "4 quote(s): 1 word for word, 1 with small differences, 1 not found, "
        "1 without a copy to look in",
    ]


def test_only_what_an_article_cites(web, capsys):
    cited(web.url("/a"))
    other = cited(web.url("/b"), slug="other")

    check(capsys, "--article", "other")

    assert web.asked.count("/a") == 0
    assert outcomes(other) == ["not_found"]


def test_an_unknown_article_is_told_in_one_line():
    with pytest.raises(CommandError, match="No article has the slug “nothing”"):
        call_command("check_evidence", "--article", "nothing")


def test_what_was_visited_lately_is_left_alone(web, capsys):
    web.pages["/a"] = html("A page.", ETag='"1"')
    source = cited(web.url("/a"))
    check(capsys)

    said = check(capsys)

    assert said[0].startswith("1 cited source(s), 0 due")
    assert outcomes(source) == ["read"]


@pytest.mark.parametrize(("days", "visits"), [(0, 2), (9, 2), (10, 2), (11, 1)])
def test_what_was_visited_so_many_days_ago_is_visited(web, capsys, days, visits):
    web.pages["/a"] = html("A page.")
    source = cited(web.url("/a"))
    check(capsys)
    Watch.objects.update(visited_at=timezone.now() - timedelta(days=10))

    check(capsys, "--stale-after", str(days))

    assert len(outcomes(source)) == visits


def test_sources_that_nobody_cites_are_left_alone(web, capsys):
    SourceFactory(url=web.url("/a"))

    said = check(capsys)

    assert (web.asked, said[0][:17]) == ([], "0 cited source(s)")


@pytest.mark.django_db(transaction=True)
def test_it_waits_for_a_look_that_somebody_else_began(web, capsys, monkeypatch):
    web.pages["/a"] = html("A page.")
    source = cited(web.url("/a"))
    monkeypatch.setattr(visiting, "PAUSE", 0.05)
    held = leases.take(source.uid, timezone.now())

    def finish():
        visiting.visit(held)
        visiting._settle(held, None)
        leases.release(held)
        connection.close()

    other = Timer(0.3, finish)
    other.start()
    said = check(capsys)
    other.join()

    assert "1 read" in said[0]
    assert Visit.objects.count() == 1
