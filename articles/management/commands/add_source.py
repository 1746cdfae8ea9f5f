"""Make a source of an address."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from articles import editing
from articles.evidence import keeping, watching
from articles.evidence.documents import Unreadable
from articles.evidence.fetch import Unfetched
from articles.evidence.files import Unstored
from articles.evidence.likeness import same_work, work_of
from articles.evidence.lookup import LookedUp, look_up
from articles.models import Snapshot, Source
from articles.text import csl
from articles.text.canonical import moment


class Command(BaseCommand):
    help = (
        "Find or make the source that an address, a DOI, an ISBN or a UN document symbol names, "
        "and keep a copy of it. All or nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("pasted", metavar="URL|DOI")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *, pasted: str, as_json: bool, **options: Any) -> None:
        try:
            found = look_up(pasted)
            source, created, snapshot = stored(found)
        except (Unfetched, Unreadable, Unstored, ValueError, ValidationError) as error:
            raise CommandError(f"{in_a_line(pasted)[:200]}: {in_a_line(error)}") from error
        if as_json:
            facts = {
                "uid": source.uid,
                "created": created,
                "csl": csl.item(source),
                "snapshot": snapshot and copy_as_json(snapshot),
            }
            self.stdout.write(json.dumps(facts, ensure_ascii=False, indent=2))
        else:
            for line in lines(source, created, snapshot, found):
                self.stdout.write(line)


def stored(found: LookedUp) -> tuple[Source, bool, Snapshot | None]:
    """The source, whether it is new, and the copy of it that was kept; all of it or nothing.

    A source that is there already stays as editors left it. Raises ValidationError.
    """
    if not found.fields.get("title"):
        raise ValidationError(_("No title was found: add the source by hand in the admin."))
    source = Source(**found.fields)
    # The files lie on the disk before anybody is kept waiting by the transaction.
    copy = found.answer and keeping.fetched_copy(source.uid, found.answer, found.document)
    with transaction.atomic():
        known = same_work(source) or same_work(work_of({"url": found.identifier.address}))
        source = known or editing.save_source(source, by=None)
        if not copy:
            return source, not known, None
        copy.source_id = source.uid
        snapshot = keeping.kept(copy)
        if known:
            watching.ask([source.uid])  # its quotes are looked for in the new copy
    return source, not known, snapshot


def copy_as_json(snapshot: Snapshot) -> dict[str, str | int]:
    return {
        "uid": snapshot.uid,
        "sha256": snapshot.body,
        "taken_at": moment(snapshot.taken_at),
        "final_address": snapshot.final_address,
        "media_type": snapshot.media_type,
        "size": snapshot.size,
        "characters": snapshot.characters,
        "pages": snapshot.pages,
    }


def lines(source: Source, created: bool, snapshot: Snapshot | None, found: LookedUp) -> list[str]:
    said = [
        f"{source.title} ({source.uid})",
        _("Added.") if created else _("It was there already, and stays as it is."),
    ]
    if snapshot:
        said.append(
            _("Copy: %(type)s, %(size)d bytes, %(characters)d characters, SHA-256 %(hash)s")
            % {
                "type": snapshot.media_type,
                "size": snapshot.size,
                "characters": snapshot.characters,
                "hash": snapshot.body,
            }
        )
    else:
        said.append(_("No copy was kept."))
    return said + list(found.remarks)


def in_a_line(said: str | Exception) -> str:
    """In one line, whatever was pasted or is wrong; a field's fault with the field's name."""
    if isinstance(said, ValidationError) and hasattr(said, "error_dict"):
        said = " ".join(f"{name}: {' '.join(each)}" for name, each in said.message_dict.items())
    elif isinstance(said, ValidationError):
        said = " ".join(said.messages)
    return " ".join(str(said).split())
