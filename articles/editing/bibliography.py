"""Works from a file become sources; those that are there already are recognised."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from articles.editing.articles import By
from articles.editing.sources import save_source
from articles.history.rules import folded
from articles.models import Source
from articles.text import identifiers, un_documents
from articles.text.bibliography import Entry
from articles.text.csl import Fields, Work

# Of titles in percent; “Report 2018” and “Report 2019” are 91 % alike.
ALIKE = 94
COMPARED = (
    *("uid", "type", "title", "container_title", "issued"),
    *("url", "doi", "isbn", "number"),
)

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


@dataclass(slots=True)
class _Known:
    """Works met so far, by what identifies them and by their titles."""

    by_key: dict[tuple[str, str], Source | str] = field(default_factory=dict)
    titles: dict[str, dict[str, Source]] = field(default_factory=dict)  # by year

    def add(self, source: Source) -> None:
        for key in keys(source):
            self.by_key.setdefault(key, source)
        self.titles.setdefault(source.issued[:4], {}).setdefault(folded(source.title), source)

    def alike(self, work: Work) -> Source | None:
        """One of nearly the same title and of the same year, or where one has no date."""
        year = work.issued[:4]
        years = self.titles if not year else {year: {}, "": {}}
        best: tuple[float, Source | None] = (ALIKE, None)
        for titles in (self.titles.get(y, {}) for y in years):
            if titles and (
                hit := process.extractOne(
                    folded(work.title), titles.keys(), scorer=fuzz.ratio, score_cutoff=best[0]
                )
            ):
                best = (hit[1], titles[hit[0]])
        return best[1]


def proposals(entries: Sequence[Entry]) -> list[Proposal]:
    """What an import of the works would do, in their order; one query."""
    known = _Known()
    for source in Source.objects.only(*COMPARED).order_by("pk"):
        known.add(source)
    return [_proposal(entry, known) for entry in entries]


def _proposal(entry: Entry, known: _Known) -> Proposal:
    work, remarks, fault = storable(entry.work)
    told = Proposal(work, entry.place, "new", remarks=(*entry.work.remarks, *remarks))
    if fault:
        return replace(told, state="faulty", fault=fault)
    found = next((known.by_key[key] for key in keys(work) if key in known.by_key), None)
    if isinstance(found, Source):
        return replace(told, state="known", source=found)
    if found:
        return replace(told, state="twice", twin=found)
    for key in keys(work):
        known.by_key[key] = entry.place
    if alike := known.alike(work):
        return replace(told, state="alike", source=alike)
    return told


def keys(work: Work) -> Iterator[tuple[str, str]]:
    """What tells that two works are the same, whatever else is said of them."""
    if doi := work.doi.strip():
        yield "doi", (identifiers.doi(doi) or doi).casefold()
    if work.url:
        yield "url", identifiers.same_page(work.url)
    # A chapter has its book's number, and so have the other chapters.
    if work.isbn and work.type == "book":
        yield "isbn", isbn(work.isbn)
    if symbol := un_documents.symbol(work.number):
        yield "number", symbol
    if not (work.doi or work.url):
        yield "title", f"{work.type} {work.issued} {folded(work.title)} {work.container_title}"


def isbn(text: str) -> str:
    try:
        return identifiers.isbn(text) or text
    except ValueError:  # with a wrong check digit the same digits are still the same book
        return "".join(filter(str.isalnum, text)).upper()


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
