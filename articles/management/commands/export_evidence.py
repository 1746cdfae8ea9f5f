import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.evidence import files, warc, watching
from articles.models import Article, Snapshot, Source


class Command(BaseCommand):
    help = (
        "Write stored copies of sources as a WARC file to stdout: export_evidence > copies.warc.gz"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("uid", nargs="*", help="Sources by uid; all without any.")
        parser.add_argument("--article", default="", metavar="SLUG", help="Only what it cites.")

    def handle(self, *, uid: list[str], article: str, **options: Any) -> None:
        if sys.stdout.isatty():
            raise CommandError("A WARC file is no text: add > copies.warc.gz")
        snapshots = chosen(uid, article)
        try:
            warc.write(snapshots, sys.stdout.buffer)
        except files.Lost as fault:
            raise CommandError(
                f"{fault}. verify_history --files names all that is wrong."
            ) from None


def chosen(uids: list[str], slug: str) -> list[Snapshot]:
    """The copies of the sources named, the oldest first. Raises CommandError for unknown names."""
    known = set(Source.objects.filter(uid__in=uids).values_list("uid", flat=True))
    if unknown := [uid for uid in uids if uid not in known]:
        raise CommandError(
            f"No source has the uid “{unknown[0]}”. The admin’s list shows them all."
        )
    snapshots = Snapshot.objects.order_by("pk")
    if uids:
        snapshots = snapshots.filter(source__in=uids)
    if slug:
        named = Article.objects.filter(slug=slug).first()
        if named is None:
            raise CommandError(
                f"No article has the slug “{slug}”. The admin’s list shows them all."
            )
        snapshots = snapshots.filter(source__in=watching.cited(named).values("uid"))
    return list(snapshots)
