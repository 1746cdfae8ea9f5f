"""Works from a file become sources; those that are there already are recognised."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles.editing.articles import By
from articles.editing.sources import save_source
from articles.evidence import likeness
from articles.models import Source
from articles.text.bibliography import Entry
from articles.text.csl import Fields

State = Literal["new", "known", "alike", "twice", "faulty"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A work in a file, and what became known of it."""

    work: Fields
    place: str  # in the file
    state: State
    source: Source | None = None  # known: the one that it is; alike: the one that it may be
    twin: str = ""  # twice: the place of the same work before it
    fault: str = ""  # faulty: why it cannot be stored
    remarks: tuple[str, ...] = ()


def proposals(entries: Sequence[Entry]) -> list[Proposal]:
    """What an import of the works would do, in their order; one query."""
    known = likeness.index()
    met: dict[likeness.Key, str] = {}  # the places of the works before
    found = []
    for entry in entries:
        proposal = _proposal(entry, known, met)
        found.append(proposal)
        if proposal.state != "faulty":
            for key in likeness.keys(proposal.work):
                met.setdefault(key, entry.place)
    return found


def _proposal(entry: Entry, known: likeness.Index, met: Mapping[likeness.Key, str]) -> Proposal:
    work, remarks, fault = storable(entry.work)
    told = Proposal(work, entry.place, "new", remarks=(*entry.work.remarks, *remarks))
    if fault:
        return replace(told, state="faulty", fault=fault)
    if source := known.same(work):
        return replace(told, state="known", source=source)
    if twin := next((met[key] for key in likeness.keys(work) if key in met), ""):
        return replace(told, state="twice", twin=twin)
    if alike := known.alike(work):
        return replace(told, state="alike", source=alike[0])
    return told


def storable(work: Fields) -> tuple[Fields, tuple[str, ...], str]:
    """The work with what a Source can hold, remarks on what it cannot, and why if not at all."""
    if not work.title:
        return work, (), _("It has no title.")
    try:
        Source(**work.values()).clean_fields()
    except ValidationError as error:
        faults = error.message_dict
    else:
        return work, (), ""
    for name in ("title", "type"):
        if name in faults:
            return work, (), " ".join(faults[name])
    remarks = tuple(
        _("Not kept: %(field)s “%(value)s”. %(why)s")
        % {
            "field": Source._meta.get_field(name).verbose_name,
            "value": str(getattr(work, name))[:60],
            "why": " ".join(said),
        }
        for name, said in faults.items()
    )
    return replace(work, **dict.fromkeys(faults, "")), remarks, ""


@transaction.atomic
def import_sources(works: Iterable[Fields], *, by: By) -> list[Source]:
    """Store each work as a new source, all or none. Raises ValidationError."""
    return [save_source(Source(**work.values()), by=by) for work in works]
