from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from articles.evidence import checking, visiting, watching
from articles.evidence.standing import READ
from articles.evidence.visiting import Looked
from articles.models import Article, Outcome


class Command(BaseCommand):
    help = (
        "Visit the addresses of cited sources that are due, keep copies and look for the quotes in "
        "them. What the worker does by and by, at once: for cron, or before publishing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--article", default="", metavar="SLUG", help="Only what it cites.")
        parser.add_argument(
            "--stale-after",
            type=int,
            default=settings.RECHECK_DAYS,
            metavar="DAYS",
            help="Visit also what was last visited so many days ago; 0 for all (%(default)s).",
        )

    def handle(self, *, article: str, stale_after: int, **options: Any) -> None:
        cited = watching.cited(found(article) if article else None)
        uids = list(cited.order_by("pk").values_list("uid", flat=True))
        now = timezone.now()
        old = watching.stale(uids, days=stale_after, moment=now)
        due = [uid for uid in uids if uid in old | watching.asked(uids, moment=now)]
        # A bar is for somebody who looks on.
        with tqdm(total=len(due), unit=_("source"), disable=None) as bar:
            looked = visiting.look_at(due, afresh=old, progress=bar.update)
        self.stdout.write(sources_line(looked, len(uids)))
        for line in failure_lines(looked):
            self.stdout.write(line)
        self.stdout.write(quotes_line(uids))


def found(slug: str) -> Article:
    article = Article.objects.filter(slug=slug).first()
    if article is None:
        raise CommandError(f"No article has the slug “{slug}”. The admin’s list shows them all.")
    return article


def sources_line(looked: list[Looked], cited: int) -> str:
    visits = [one.visit for one in looked if one.visit]
    read = [visit for visit in visits if visit.outcome in READ]
    new = sum(one.new_copy for one in looked)
    return _(
        "%(cited)d cited source(s), %(looked)d due: %(read)d read (%(new)d new copies, "
        "%(unchanged)d unchanged), %(failed)d failed, %(left)d not asked for"
    ) % {
        "cited": cited,
        "looked": len(looked),
        "read": len(read),
        "new": new,
        "unchanged": len(read) - new,
        "failed": len(visits) - len(read),
        "left": len(looked) - len(visits),
    }


def failure_lines(looked: list[Looked]) -> list[str]:
    """How many failed, by reason, the most frequent first."""
    outcomes = Counter(one.visit.outcome for one in looked if one.visit)
    return [
        f"  {count} × {Outcome(outcome).label}"
        for outcome, count in outcomes.most_common()
        if outcome not in READ or outcome == Outcome.UNREADABLE
    ]


def quotes_line(uids: list[str]) -> str:
    results = checking.results(uids)
    return _(
        "%(quotes)d quote(s): %(exact)d word for word, %(near)d with small differences, "
        "%(missing)d not found, %(unchecked)d without a copy to look in"
    ) % {
        "quotes": results.total(),
        **{name: results[name] for name in ("exact", "near", "missing", "unchecked")},
    }
