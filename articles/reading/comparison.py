"""What differs between two published revisions."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import loader
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.history.diff import (
    CitationChange,
    Difference,
    Paragraph,
    SectionChange,
    VerdictChange,
    compare,
)
from articles.history.rules import tag_slug
from articles.history.state import ClaimState, SourceState, VerdictState
from articles.history.store import load
from articles.models import Language, PublishedArticle, Revision, Stance
from articles.reading import addressing, changes, notice, visible
from articles.reading.serving import look_up, serve
from articles.text import csl
from articles.text.cite import Reference, parts
from articles.text.diff import Run, word_diff


def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """From the form's two numbers to the address of their comparison."""
    shown = look_up(slug)
    if not request.GET:
        return HttpResponseRedirect(addressing.path("history", slug))
    asked = [request.GET.get(name, "") for name in ("a", "b")]
    if not all(number.isascii() and number.isdecimal() and len(number) < 10 for number in asked):
        raise Http404(_("Two revisions can be compared: ?a=1&b=2."))
    old, new = (int(number) for number in asked)
    found_both(shown.article, old, new)
    return HttpResponseRedirect(addressing.path("compare", slug, old, new))


def comparison(request: HttpRequest, slug: str, old: int, new: int) -> HttpResponse:
    return serve(
        request,
        slug,
        f"compare-{old}..{new}",
        lambda row: comparison_page(row, old, new),
        also_withdrawn=True,
    )


def found_both(article: int, old: int, new: int) -> tuple[Revision, Revision]:
    """Both revisions with their manifests, in one query. Raises Http404 unless both are public."""
    # Not `number__in`: a number that no column holds would be an error there, here it is no row.
    either = Q(number=old) | Q(number=new)
    rows = visible.revisions(article).filter(either).select_related("manifest")
    found = {revision.number: revision for revision in rows}
    if not {old, new} <= found.keys():
        raise Http404(_("Only revisions that were published can be compared."))
    return found[old], found[new]


def comparison_page(row: PublishedArticle, old: int, new: int) -> str:
    """The differences, in seven queries. Raises Http404 unless both were published."""
    before, after = found_both(row.article_id, old, new)
    found = compare(load(before), load(after))
    works = {**found.old.source_by_uid, **found.new.source_by_uid}
    return loader.render_to_string(
        "articles/compare.html",
        {
            "article": row,
            "sides": [(revision, revision.hash == row.hash) for revision in (before, after)],
            "shown_now": not row.withdrawn,
            "difference": found,
            "summary": changes.in_words(found.counts()),
            "fields": list(fields(found)),
            "changes": list(outlined(found, works)),
            "sources_added": [reference(source) for source in found.sources_added],
            "sources_removed": [reference(source) for source in found.sources_removed],
            "sources_changed": [(reference(a), reference(b)) for a, b in found.sources_changed],
        },
    )


def reference(source: SourceState) -> tuple[str, Reference]:
    return source.uid, parts(csl.item(source), get_language())


@dataclass(frozen=True, slots=True)
class Field:
    label: str
    runs: tuple[Run, ...]


def fields(found: Difference) -> Iterator[Field]:
    """What changed about the article besides its title and sections, in words."""
    labels = {
        "slug": _("Address"),
        "language": _("Language"),
        "translation_of": _("Translation of"),
        "see_also": _("See also"),
    }
    for change in found.fields:
        old, new = change.old, change.new
        if change.name == "language":
            old, new = (str(dict(Language.choices).get(code, code)) for code in (old, new))
        # Of a list what came and went, of all else the whole.
        listed = change.name == "see_also"
        runs = (
            word_diff(old, new)
            if listed
            else (Run("gone", old), Run("same", " "), Run("came", new))
        )
        yield Field(labels.get(change.name, change.name), tuple(run for run in runs if run.text))


@dataclass(frozen=True, slots=True)
class Mark:
    """A verdict as a glyph and words."""

    rating: str
    by: str
    stale: bool
    label: str
    whose: str
    claimant: str = ""  # whose claim it judges, where it judges one
    claimed: str = ""


def mark(verdict: VerdictState | None, stale: bool) -> Mark:
    if verdict is None:
        return Mark("none", "", stale, notice.label("none"), notice.whose(""))
    return Mark(
        verdict.rating,
        verdict.by,
        stale,
        notice.label(verdict.rating),
        notice.whose(verdict.by),
        verdict.claimant,
        verdict.claimed,
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """How a sentence's verdict changed."""

    kind: str  # stale (went), fresh (again), first, confirmed, again (the same), changed
    old: Mark
    new: Mark
    note: str

    @property
    def of_another(self) -> bool:
        """Whether the verdict before judged somebody's claim, and not the same."""
        before = (self.old.claimant, self.old.claimed)
        return bool(self.old.claimant) and before != (self.new.claimant, self.new.claimed)


def judged(change: VerdictChange) -> Judged:
    return Judged(
        kind=kind_of(change),
        old=mark(change.old, change.was_stale),
        new=mark(change.new, change.is_stale),
        note=change.new.note if change.new and change.new != change.old else "",
    )


def kind_of(change: VerdictChange) -> str:
    old, new = change.old, change.new
    if old == new:
        return "stale" if change.is_stale else "fresh"
    if old is None:
        return "first"
    if new is None or said(new) != said(old) or new.judged_at < old.judged_at:
        return "changed"
    return "confirmed" if (old.by, new.by) == ("machine", "human") else "again"


def said(verdict: VerdictState) -> tuple[str, str, str]:
    return verdict.rating, verdict.claimant, verdict.claimed


@dataclass(frozen=True, slots=True)
class Cited:
    """How a sentence's use of a source changed."""

    kind: str  # added, removed, changed
    stance: str
    source: tuple[str, Reference]
    locator: str


def cited(change: CitationChange, works: dict[str, SourceState]) -> Cited:
    citation = change.new or change.old
    return Cited(
        kind=change.kind,
        stance=Stance(citation.stance).label,
        source=reference(works[citation.source]),
        locator=citation.locator,
    )


@dataclass(frozen=True, slots=True)
class Record:
    """What changed about a sentence's evidence."""

    claim: ClaimState
    judged: Judged | None
    cited: list[Cited]


def records(section: SectionChange, works: dict[str, SourceState]) -> Iterator[Record]:
    """Sentence by sentence, as they stand now."""
    verdicts = {change.claim.uid: change for change in section.verdicts}
    citations = defaultdict(list)
    for change in section.citations:
        citations[change.claim.uid].append(cited(change, works))
    for claim in section.new.claims if section.new else ():
        if claim.uid in verdicts or claim.uid in citations:
            change = verdicts.get(claim.uid)
            yield Record(claim, judged(change) if change else None, citations[claim.uid])


@dataclass(frozen=True, slots=True)
class Changed:
    """A section that changed, as the page shows it."""

    section: SectionChange
    paragraphs: list[Paragraph | int]  # a number stands for so many that stayed the same
    tags_added: list[tuple[str, str]]  # names and slugs
    tags_removed: list[str]
    records: list[Record]


@dataclass(frozen=True, slots=True)
class MovedAway:
    """Stands where a section stood that is elsewhere now."""

    uid: str
    heading: str
    after: str | None  # heading of the section before it now; "" of the introduction


def outlined(
    found: Difference, works: dict[str, SourceState]
) -> Iterator[Changed | MovedAway | int]:
    """The sections that changed; a number stands for so many that did not."""
    same = 0
    for piece in in_order(found):
        if isinstance(piece, SectionChange) and not piece:
            same += 1
            continue
        if same:
            yield same
            same = 0
        yield changed(piece, works) if isinstance(piece, SectionChange) else piece
    if same:
        yield same


def changed(section: SectionChange, works: dict[str, SourceState]) -> Changed:
    return Changed(
        section=section,
        paragraphs=list(folded(section.paragraphs)),
        tags_added=[(tag, tag_slug(tag)) for tag in section.tags_added],
        tags_removed=list(section.tags_removed),
        records=list(records(section, works)),
    )


def in_order(found: Difference) -> Iterator[SectionChange | MovedAway]:
    """The sections as they stand now, with a note where one of them stood."""
    moved = {section.uid for section in found.sections if section.moved}
    places = {section.uid: place for place, section in enumerate(found.new.sections)}
    left: dict[str, list[MovedAway]] = defaultdict(list)  # by what they stood after
    stays = ""
    for section in found.old.sections:
        if section.uid not in moved:
            stays = section.uid
            continue
        place = places[section.uid]
        heading = found.new.sections[place].heading
        after = found.new.sections[place - 1].heading if place else None
        left[stays].append(MovedAway(section.uid, heading, after))
    yield from left[""]
    for section in found.sections:
        yield section
        yield from left.get(section.uid, ())


def folded(paragraphs: tuple[Paragraph, ...]) -> Iterator[Paragraph | int]:
    for kind, stretch in groupby(paragraphs, key=lambda paragraph: paragraph.kind):
        if kind == "same":
            yield sum(1 for _paragraph in stretch)
        else:
            yield from stretch
