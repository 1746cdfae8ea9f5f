import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.history.documents import Edition, as_json, as_markdown
from articles.history.store import load
from articles.models import Article, Publication, Revision
from articles.reading.article import linked_now, looked_up


class Command(BaseCommand):
    help = "Print an article, drafts included: its newest revision, or the one named."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--format", choices=["md", "json"], default="md")
        parser.add_argument("--revision", type=int, metavar="N", help="its number, 1 or more")

    def handle(self, *, slug: str, format: str, revision: int | None, **options: Any) -> None:  # noqa: A002
        found = named(slug, revision)
        state = load(found)
        edition = Edition(found.number, found.hash, published_at(found))
        if format == "json":
            document = as_json(
                state, edition, slugs=linked_now(state), check=looked_up(state).result
            )
            text = json.dumps(document, ensure_ascii=False, indent=1)
        else:
            text = as_markdown(state, edition)
        self.stdout.write(text, ending="" if text.endswith("\n") else "\n")


def named(slug: str, number: int | None) -> Revision:
    """The revision that the arguments name. Raises CommandError where there is none."""
    article = Article.objects.filter(slug=slug).first()
    if article is None:
        raise CommandError(f"No article has the slug “{slug}”. The admin’s list shows them all.")
    number = article.latest if number is None else number
    revisions = Revision.objects.select_related("manifest").filter(article=article)
    found = revisions.filter(number=number).first()
    if found is None:
        raise CommandError(
            f"“{slug}” has no revision {number}; name one from 1 to {article.latest}."
        )
    return found


def published_at(revision: Revision) -> Any:
    """When readers first saw it, None for a draft."""
    shown = Publication.objects.shown().filter(revision=revision).order_by("number")
    return shown.values_list("created_at", flat=True).first()
