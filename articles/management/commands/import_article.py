"""Make an article of a file."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import editing, publishing
from articles.models import Article, Language
from articles.text import intake
from articles.text.draft import Outline, is_plain, outline


class Command(BaseCommand):
    help = (
        "Import a text in Markdown (.md) or plain text (.txt), UTF-8, at most 2 MB. Prints what "
        "was found. All or nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--slug", default="", help="the address; otherwise from the title")
        parser.add_argument("--language", choices=Language.values, default="")
        parser.add_argument("--origin", choices=["ai", "human"], help="who wrote the text")
        parser.add_argument("--publish", action="store_true", help="show it to readers at once")
        parser.add_argument("--dry-run", action="store_true", help="store nothing, only print")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *, file: Path, as_json: bool, **options: Any) -> None:
        try:
            found = read(file)
            article = stored(found, **{k: options[k] for k in WANTED})
        except (intake.Unreadable, ValidationError, OSError) as error:
            raise CommandError(f"{file.name}: {in_a_line(error)}") from error
        made = outline(found, origin=options["origin"] or "", language=options["language"])
        if as_json:
            facts = {"slug": article.slug, **made.as_json()}
            self.stdout.write(json.dumps(facts, ensure_ascii=False, indent=2))
        else:
            for line in lines(article.slug, made):
                self.stdout.write(line)


WANTED = ("slug", "language", "origin", "publish", "dry_run")


def read(file: Path) -> intake.Found:
    """What the file holds. Raises Unreadable, or OSError for what cannot be opened."""
    plain = is_plain(file.name)
    with file.open("rb") as handle:
        # One byte over the limit says as much as 50 MB.
        data = handle.read(intake.MOST_BYTES + 1)
        size = file.stat().st_size
    if len(data) > intake.MOST_BYTES:
        raise intake.Unreadable(
            _("the file has %.1f MB, more than the 2 MB of an import: split it into several.")
            % (size / 2**20)
        )
    return intake.read(intake.decode(data), plain=plain)


@transaction.atomic
def stored(
    found: intake.Found,
    *,
    slug: str,
    language: str,
    origin: str | None,
    publish: bool,
    dry_run: bool,
) -> Article:
    """The article, stored; a dry run goes the whole way and takes it back."""
    if not found.title:
        raise intake.Unreadable(_("no title was found: put one alone on the first line."))
    article = editing.import_found(found, slug=slug, language=language, origin=origin)
    if publish:
        publishing.publish(article, by=None)
    transaction.set_rollback(dry_run)
    return article


def in_a_line(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, OSError):
        return f"{error.strerror}. " + _("Check the file’s name and that you may read it.")
    return str(error)


def line(level: int, heading: str, count: int) -> str:
    sentences = ngettext("%d sentence", "%d sentences", count) % count
    return f"{'  ' * (level - 2)}{level} {heading or '(introduction)'}: {sentences}"


def lines(slug: str, found: Outline) -> list[str]:
    return [
        f"{found.title} (/articles/{slug}/)",
        f"origin {found.origin}, language {found.language}",
        *(line(section.level, section.heading, section.sentences) for section in found.sections),
        f"{len(found.sections)} sections, {found.sentences} sentences",
        *(f"see also: {title}" for title in found.see_also),
        *(f"warning: {warning}" for warning in found.warnings),
    ]
