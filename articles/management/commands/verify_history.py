import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles.evidence import verify as evidence
from articles.evidence import watching
from articles.history.verify import Finding, summary, verify
from articles.models import Article


class Command(BaseCommand):
    help = "Computes every hash of the history again; exit 1 and what is wrong where it fails."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", nargs="?", default="", help="One article; all without it.")
        parser.add_argument("--json", action="store_true", help="The whole report as JSON.")
        parser.add_argument(
            "--since",
            default="",
            metavar="HASH",
            help="A head of the log that you noted earlier: the log must still hold it.",
        )
        parser.add_argument(
            "--files",
            action="store_true",
            help="Read all stored copies of sources as well; without it only their rows are.",
        )

    def handle(self, *, slug: str, json: bool, since: str, files: bool, **options: Any) -> None:
        try:
            report = verify(slug, since=since)
        except Article.DoesNotExist:
            raise CommandError(f"No article has the slug “{slug}”.") from None
        sources = watching.cited(Article.objects.get(slug=slug)) if slug else None
        found = evidence.verify(sources, with_files=files)
        report.findings += [Finding(where, what) for where, what in found.findings]
        counts = {"snapshots": found.snapshots, "visits": found.visits, "checks": found.checks}
        if json:
            self.stdout.write(as_json(report.as_json() | counts))
        for warning in report.warnings:
            self.stderr.write(f"Warning: {warning}")
        if not json:
            for finding in report.findings:
                self.stderr.write(str(finding))
        if report.findings:
            raise CommandError(f"{len(report.findings)} finding(s): the history does not hold.")
        if not json:
            self.stdout.write(
                _("%(snapshots)d copies, %(visits)d visits and %(checks)d quote checks hold.")
                % counts
            )
            self.stdout.write(summary(report))


def as_json(report: dict) -> str:
    return json.dumps(report, ensure_ascii=False, indent=2)
