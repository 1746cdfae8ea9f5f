"""What differs between two states of an article, as values for pages and as counts. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from articles.history.state import (
    ArticleState,
    CitationState,
    ClaimState,
    SectionState,
    SourceState,
    VerdictState,
)
from articles.text.diff import Run, counted, word_diff
from articles.text.passages import Passage, passages
from articles.text.render import render

# Percent of likeness below which two paragraphs are one removed and one added, not one changed.
SAME_PARAGRAPH = 40.0
FIELDS = ("slug", "language", "translation_of", "see_also")


@dataclass(frozen=True, slots=True)
class FieldChange:
    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: tuple[Run, ...]  # of plain text
    form: str  # as of a Passage

    @property
    def kind(self) -> str:
        return "same" if all(run.kind == "same" for run in self.runs) else "changed"


@dataclass(frozen=True, slots=True)
class VerdictChange:
    claim: ClaimState
    old_claim: ClaimState | None
    old: VerdictState | None  # in force then
    new: VerdictState | None  # in force now
    was_stale: bool
    is_stale: bool


@dataclass(frozen=True, slots=True)
class CitationChange:
    kind: str  # added, removed, changed
    claim: ClaimState
    old: CitationState | None
    new: CitationState | None


@dataclass(frozen=True, slots=True)
class SectionChange:
    kind: str  # same, changed (its text), added, removed
    old: SectionState | None
    new: SectionState | None
    moved: tuple[int, int] | None  # places before and now, counted from 1
    heading: tuple[Run, ...]
    level: tuple[int, int] | None
    tags_added: tuple[str, ...]
    tags_removed: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]  # none where the text is the same
    verdicts: tuple[VerdictChange, ...]
    citations: tuple[CitationChange, ...]

    def __bool__(self) -> bool:
        return self.kind != "same" or any(
            (
                self.moved,
                self.level,
                self.tags_added,
                self.tags_removed,
                self.verdicts,
                self.citations,
                any(run.kind != "same" for run in self.heading),
            )
        )

    @property
    def uid(self) -> str:
        return (self.new or self.old).uid


@dataclass(frozen=True)
class Difference:
    old: ArticleState
    new: ArticleState
    title: tuple[Run, ...] | None  # None: the same
    fields: tuple[FieldChange, ...]
    sections: tuple[SectionChange, ...]  # as they stand now, removed ones where they stood
    sources_added: tuple[SourceState, ...]
    sources_removed: tuple[SourceState, ...]
    sources_changed: tuple[tuple[SourceState, SourceState], ...]

    def __bool__(self) -> bool:
        return bool(
            self.title
            or self.fields
            or any(self.sections)
            or self.sources_added
            or self.sources_removed
            or self.sources_changed
        )

    @cached_property
    def changed(self) -> tuple[SectionChange, ...]:
        return tuple(section for section in self.sections if section)

    def counts(self) -> dict[str, int]:
        """How much changed, by kind; what did not is left out."""
        runs = [run for s in self.sections for p in s.paragraphs for run in p.runs]
        came, went = counted(runs)
        old, new = ({c.uid: c for c in state.claims()} for state in (self.old, self.new))
        known = {v.uid for claim in old.values() for v in claim.verdicts}
        given = [v for claim in new.values() for v in claim.verdicts if v.uid not in known]
        verdicts = [change for s in self.sections for change in s.verdicts]
        citations = [change for s in self.sections for change in s.citations]
        changed = [uid for uid in old if uid in new and old[uid].text != new[uid].text]
        came_within = went_within = 0
        # Only where the words above are not theirs alone.
        if old.keys() != new.keys():
            within = [run for uid in changed for run in word_diff(old[uid].text, new[uid].text)]
            came_within, went_within = counted(within)
        counts = {
            "words_added": came,
            "words_removed": went,
            "sentences_changed": len(changed),
            "words_added_within": came_within,  # sentences that stayed, where others did not
            "words_removed_within": went_within,
            "sentences_added": len(new.keys() - old.keys()),
            "sentences_removed": len(old.keys() - new.keys()),
            "sections_added": sum(s.kind == "added" for s in self.sections),
            "sections_removed": sum(s.kind == "removed" for s in self.sections),
            "sections_moved": sum(s.moved is not None for s in self.sections),
            "sections_retagged": sum(
                s.kind in ("same", "changed") and bool(s.tags_added or s.tags_removed)
                for s in self.sections
            ),
            "verdicts_human": sum(v.by == "human" and not v.dismisses for v in given),
            "verdicts_machine": sum(v.by == "machine" for v in given),
            "dismissed": sum(bool(v.dismisses) for v in given),
            "went_stale": sum(change.is_stale and not change.was_stale for change in verdicts),
            "citations_added": sum(change.kind == "added" for change in citations),
            "citations_removed": sum(change.kind == "removed" for change in citations),
            "sources_added": len(self.sources_added),
        }
        return {name: count for name, count in counts.items() if count}


def compare(old: ArticleState, new: ArticleState) -> Difference:
    before, now = old.source_by_uid, new.source_by_uid
    return Difference(
        old=old,
        new=new,
        title=word_diff(old.title, new.title) if old.title != new.title else None,
        fields=tuple(
            FieldChange(name, as_text(getattr(old, name)), as_text(getattr(new, name)))
            for name in FIELDS
            if getattr(old, name) != getattr(new, name)
        ),
        sections=tuple(_sections(old, new)),
        sources_added=tuple(now[uid] for uid in now if uid not in before),
        sources_removed=tuple(before[uid] for uid in before if uid not in now),
        sources_changed=tuple(
            (before[uid], now[uid]) for uid in now if uid in before and before[uid] != now[uid]
        ),
    )


def since_judged(verdict: VerdictState, claim: ClaimState) -> tuple[Run, ...]:
    """How the claim differs from what was judged: in its words, or else in the sentence around.

    Empty where the verdict speaks of the words as they stand.
    """
    if verdict.judges(claim.text, claim.around):
        return ()
    if verdict.judged_text != claim.text:
        return word_diff(verdict.judged_text, claim.text)
    return word_diff(verdict.judged_around or claim.text, claim.around or claim.text)


def as_text(value: str | Sequence[str]) -> str:
    return value if isinstance(value, str) else "; ".join(value)


def _sections(old: ArticleState, new: ArticleState) -> Iterable[SectionChange]:
    before = {section.uid: section for section in old.sections}
    now = {section.uid: section for section in new.sections}
    claims = {claim.uid: claim for claim in old.claims()}
    moved = _moved([s.uid for s in old.sections], [s.uid for s in new.sections])
    for uid in in_place(list(before), list(now)):
        yield _section(before.get(uid), now.get(uid), moved.get(uid), claims)


def in_place(old: list[str], new: list[str]) -> list[str]:
    """The new order, with what is gone where it stood: after the one that it followed.

    >>> in_place(["a", "b", "c"], ["c", "a"])
    ['c', 'a', 'b']
    """
    order = list(new)
    for place, uid in enumerate(old):
        if uid not in order:
            order.insert(order.index(old[place - 1]) + 1 if place else 0, uid)
    return order


def _moved(old: list[str], new: list[str]) -> dict[str, tuple[int, int]]:
    """Places before and now of those that changed their order among the ones that stayed."""
    common = [uid for uid in old if uid in new]
    order = [uid for uid in new if uid in old]
    kept = {
        uid
        for block in LCSseq.opcodes(common, order)
        if block.tag == "equal"
        for uid in common[block.src_start : block.src_end]
    }
    return {uid: (old.index(uid) + 1, new.index(uid) + 1) for uid in common if uid not in kept}


def _section(
    old: SectionState | None,
    new: SectionState | None,
    moved: tuple[int, int] | None,
    claims: dict[str, ClaimState],
) -> SectionChange:
    there, here = old or new, new or old
    if old and new:
        kind = "same" if old.body == new.body else "changed"
    else:
        kind = "added" if new else "removed"
    was, now = set(old.tags if old else ()), set(new.tags if new else ())
    return SectionChange(
        kind=kind,
        old=old,
        new=new,
        moved=moved,
        heading=word_diff(old.heading if old else "", new.heading if new else ""),
        level=(there.level, here.level) if there.level != here.level else None,
        tags_added=tuple(tag for tag in here.tags if tag in now - was),
        tags_removed=tuple(tag for tag in there.tags if tag in was - now),
        paragraphs=() if kind == "same" else tuple(_paragraphs(old, new)),
        verdicts=tuple(_verdicts(new, claims)) if new else (),
        citations=tuple(_citations(new, claims)) if new else (),
    )


def _paragraphs(old: SectionState | None, new: SectionState | None) -> Iterable[Paragraph]:
    before, after = _passages(old), _passages(new)
    forms = {passage.text: passage.form for passage in [*before, *after]}
    for was, now in paired([p.text for p in before], [p.text for p in after]):
        yield Paragraph(word_diff(was, now), forms[now or was])


def _passages(section: SectionState | None) -> list[Passage]:
    return passages(render(section.body, prefix=section.uid)) if section else []


def paired(old: list[str], new: list[str]) -> Iterable[tuple[str, str]]:
    """Paragraphs side by side: equal ones first, those between them in order if they are alike.

    >>> list(paired(["One is here.", "Two."], ["One was here.", "Two."]))
    [('One is here.', 'One was here.'), ('Two.', 'Two.')]
    """
    for i, i_end, j, j_end in _gaps(old, new):
        before, after = old[i:i_end], new[j:j_end]
        while before and after:
            if fuzz.ratio(before[0], after[0]) >= SAME_PARAGRAPH:
                yield before.pop(0), after.pop(0)
            elif len(before) >= len(after):
                yield before.pop(0), ""
            else:
                yield "", after.pop(0)
        for text in before:
            yield text, ""
        for text in after:
            yield "", text


def _gaps(old: list[str], new: list[str]) -> Iterable[tuple[int, int, int, int]]:
    """Spans of both lists in step: each equal pair alone, and what lies between them."""
    i = j = 0
    for op in LCSseq.opcodes(old, new):
        if op.tag == "equal":
            yield i, op.src_start, j, op.dest_start
            for step in range(op.src_end - op.src_start):
                at, to = op.src_start + step, op.dest_start + step
                yield at, at + 1, to, to + 1
            i, j = op.src_end, op.dest_end
    yield i, len(old), j, len(new)


def _verdicts(new: SectionState, old: dict[str, ClaimState]) -> Iterable[VerdictChange]:
    for claim in new.claims:
        was = old.get(claim.uid)
        before, now = was.verdict if was else None, claim.verdict
        was_stale, is_stale = was is not None and was.stale, claim.stale
        if before != now or was_stale != is_stale:
            yield VerdictChange(claim, was, before, now, was_stale, is_stale)


def _citations(new: SectionState, old: dict[str, ClaimState]) -> Iterable[CitationChange]:
    for claim in new.claims:
        was = old.get(claim.uid)
        before = {c.uid: c for c in was.citations} if was else {}
        now = {c.uid: c for c in claim.citations}
        for uid in now:
            if uid not in before:
                yield CitationChange("added", claim, None, now[uid])
            elif before[uid] != now[uid]:
                yield CitationChange("changed", claim, before[uid], now[uid])
        for uid in before:
            if uid not in now:
                yield CitationChange("removed", claim, before[uid], None)
