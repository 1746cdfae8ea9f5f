"""Make sources of a reference manager's file."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import editing
from articles.models import Source
from articles.text import bibliography


class Command(BaseCommand):
    help = (
        "Import works from BibTeX (.bib), RIS (.ris) or CSL-JSON (.json), at most 2 MB and 2,000 "
        "works. Those that are there already, or may be, are left out and named. All or nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="store nothing, only print")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *, file: Path, dry_run: bool, as_json: bool, **options: Any) -> None:
        try:
            found = editing.proposals(bibliography.read(file.name, content(file)))
        except OSError as error:
            check = _("Check the file’s name and that you may read it.")
            raise CommandError(f"{file.name}: {error.strerror}. {check}") from error
        except bibliography.Unreadable as error:
            raise CommandError(f"{file.name}: {error}") from error
        faulty = [proposal for proposal in found if proposal.state == "faulty"]
        for proposal in faulty:
            self.stderr.write(f"{file.name}, {proposal.place}: {proposal.fault}")
        if faulty:
            said = ngettext("%d work cannot be stored.", "%d works cannot be stored.", len(faulty))
            raise CommandError(said % len(faulty) + " " + _("Nothing was stored."))
        new = [proposal for proposal in found if proposal.state == "new"]
        with transaction.atomic():
            made = editing.import_sources([proposal.work for proposal in new], by=None)
            transaction.set_rollback(dry_run)
        sources = {id(proposal): source for proposal, source in zip(new, made, strict=True)}
        if as_json:
            told = [as_data(proposal, sources.get(id(proposal))) for proposal in found]
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        for proposal in found:
            for line in lines(proposal):
                self.stdout.write(line)
        count = ngettext("%d new source", "%d new sources", len(made)) % len(made)
        self.stdout.write(f"{count}. " + _("Nothing was stored.") if dry_run else f"{count}.")


def content(file: Path) -> bytes:
    with file.open("rb") as handle:
        # One byte over the limit says as much as 50 MB.
        return handle.read(bibliography.MOST_BYTES + 1)


def as_data(proposal: editing.Proposal, made: Source | None) -> dict[str, Any]:
    source = made or proposal.source
    return {
        "place": proposal.place,
        "title": proposal.work.title,
        "state": proposal.state,
        "uid": source.uid if source else None,
        "same_as": proposal.twin or None,
        "remarks": list(proposal.remarks),
    }


def lines(proposal: editing.Proposal) -> list[str]:
    title = proposal.work.title
    match proposal.state:
        case "known":
            said = _("there already, as %s") % proposal.source.uid
        case "alike":
            said = _("left out, may be %(uid)s, “%(title)s”") % {
                "uid": proposal.source.uid,
                "title": proposal.source.title,
            }
        case "twice":
            said = _("the same as in %s") % proposal.twin
        case _:
            said = _("new")
    return [
        f"{proposal.place}: {title}: {said}",
        *(f"  {remark}" for remark in proposal.remarks),
    ]
