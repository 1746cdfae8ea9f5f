"""Editors who work at the same time on one article of a site that is served as it is shipped."""

import itertools
import subprocess
import sys
import time
from threading import Thread

import installation
from browser import Browser
from django.contrib.auth import get_user_model
from editors import Chief, Day, Editor, Judge, Writer
from kept import broken
from report import Figure, conclude
from serving import Server, served
from writing import plain_article

from articles import editing, publishing
from articles.models import Article, Source
from minusma_site import serve

SECTIONS = 6
WRITERS = 8
ACCOUNTS = 3
PASSWORD = "for this run only"
MOST = 600  # seconds
SHOWN = 20  # faults


def run(saves: int) -> None:
    """Let them save so many times together; print the figures and end the command."""
    installation.prepare()
    article, source = article_with_source()
    since = article.latest
    log = installation.DATA_DIR / "server.log"
    day = Day(saves, time.monotonic() + MOST)
    with (
        log.open("wb") as written,
        served(
            "minusma_site.wsgi:application", ready="/healthz", workers=serve.WORKERS, log=written
        ) as server,
    ):
        crowd = editors(server, day, article, source)
        began = time.monotonic()
        work(crowd)
        took = time.monotonic() - began
        said = log.read_text().splitlines()  # how it stops is another matter
    faults = [
        *day.faults,
        *broken(article, day, since=since),
        *(f"The server says: {line}" for line in said),
        *verified(),
    ]
    for fault in faults[:SHOWN]:
        print(fault)
    tell(day, took, article)
    conclude(
        [
            Figure("Saves that are missing", max(0, saves - len(day.saved)), 0),
            Figure("Faults", len(faults), 0),
            Figure("Wall", took, MOST, "s"),
        ]
    )


def article_with_source() -> tuple[Article, Source]:
    """An article, and a source that one of its sentences cites."""
    article = plain_article("camps", sections=SECTIONS)
    source, claim = Source.objects.first(), article.claims.filter(text__contains="road").first()
    cited = [editing.CitationGiven(source)]
    editing.review_claim(claim, read=claim.text, citations=cited, by=None)
    publishing.publish(article, by=None)
    article.refresh_from_db()
    return article, source


def editors(server: Server, day: Day, article: Article, source: Source) -> list[Editor]:
    """All of them, logged in."""
    users = get_user_model().objects
    names = [f"editor{n}" for n in range(ACCOUNTS)]
    for name in names:
        users.create_superuser(name, "", PASSWORD)
    account = itertools.cycle(names)

    def browser() -> Browser:
        new = Browser(server.port, day.heard)
        new.log_in(next(account), PASSWORD)
        return new

    return [
        *(Writer(f"writer{n}", browser(), day, article.pk) for n in range(WRITERS)),
        Judge("judge", browser(), day, article.pk),
        Chief("chief", browser(), day, article.pk, source=source.pk, slug=article.slug),
    ]


def work(crowd: list[Editor]) -> None:
    threads = [Thread(target=editor.work, name=editor.name) for editor in crowd]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for editor in crowd:
        editor.browser.connection.close()


def verified() -> list[str]:
    done = subprocess.run(
        [sys.executable, "manage.py", "verify_history"],
        cwd=installation.ROOT,
        capture_output=True,
        text=True,
    )
    return done.stderr.splitlines() if done.returncode else []


def tell(day: Day, took: float, article: Article) -> None:
    article.refresh_from_db()
    print(
        f"{len(day.saved):,} saves in {took:.0f} s, {len(day.saved) / took:.1f} a second; "
        f"{day.conflicts:,} conflicts settled; longest save {day.longest:.1f} s"
    )
    print(
        f"Meanwhile {len(day.verdicts):,} verdicts, {len(day.sources):,} corrections of a source, "
        f"{day.published:,} publications, {len(day.restored):,} restorations; "
        f"{article.latest:,} revisions"
    )
    print(", ".join(f"{m} {s}: {n:,}" for (m, s), n in sorted(day.answers.items())))
