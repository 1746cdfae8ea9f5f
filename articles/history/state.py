"""What an article is at one moment, as values: what pages, diff, merge and export work on.

``capture`` reads an ArticleState from the live tables, ``store.load`` from the
history; both give equal values for equal content. An ArticleText is the part that
an editor types.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from articles.text.provenance import Runs, numbers


@dataclass(frozen=True, slots=True)
class VerdictState:
    uid: str
    rating: str
    note: str
    as_of: str  # a year, a month or a day in ISO 8601, or ""
    recheck_by: date | None
    judged_text: str
    editor: str  # user name; "" for a machine
    judged_at: datetime  # UTC
    reaffirms: str = ""  # uid of the verdict that it says again
    judged_around: str = ""  # the sentence around a claim that is a part of one
    dismisses: str = ""  # uid of the machine's suggestion that it sets aside; then no rating
    seconds: int | None = None  # from reading the claim to judging it, where that was seen
    source_opened: bool | None = None  # whether the judge opened a source meanwhile
    claimant: str = ""  # whose claim it judges, which the sentence reports; "": the sentence
    claimed: str = ""  # what they claimed; "": as the sentence has it

    @property
    def by(self) -> str:
        return "human" if self.editor else "machine"

    def judges(self, text: str, around: str) -> bool:
        """Whether it was given on these words, in this sentence."""
        return (self.judged_text, self.judged_around) == (text, around)


@dataclass(frozen=True, slots=True)
class CitationState:
    uid: str
    source: str  # uid
    stance: str
    quote: str
    locator: str


@dataclass(frozen=True, slots=True)
class SourceState:
    uid: str
    type: str
    title: str
    authors: str  # one a line: "Family, Given" or "{Body}"
    container_title: str
    publisher: str
    issued: str
    url: str
    doi: str
    language: str
    accessed: date | None
    note: str
    editors: str = ""
    place: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    number: str = ""
    isbn: str = ""
    issn: str = ""


def verdict_in_force(
    verdicts: Sequence[VerdictState], text: str, around: str = ""
) -> VerdictState | None:
    """The verdict that speaks for a claim that reads ``text``, in the sentence ``around``.

    Of those in ``verdicts`` (oldest first) one on these words goes before one on others,
    a person's before a machine's, a later one before an earlier; a dismissed suggestion does
    not speak. The database's twin of this rule is ``ClaimQuerySet.with_current_verdict``.
    """
    dismissed = {verdict.dismisses for verdict in verdicts if verdict.dismisses}
    return max(
        (v for v in reversed(verdicts) if not v.dismisses and v.uid not in dismissed),
        key=lambda verdict: (verdict.judges(text, around), verdict.editor != ""),
        default=None,
    )


@dataclass(frozen=True)
class ClaimState:
    uid: str
    start: int  # code points of the section's plain text, half-open
    end: int
    text: str
    origin: str  # ai, ai_assisted, human
    writer: str  # ai or human: who wrote the words as they stand
    begun: int = 0  # number of the revision that first had the sentence; 0: not known
    changed: int = 0  # … and of the one that last changed it
    words: Runs = ()  # where each word comes from, see text/provenance.py
    around: str = ""  # the whole sentence, where the claim is a part of one
    verdicts: tuple[VerdictState, ...] = ()  # oldest first
    citations: tuple[CitationState, ...] = ()  # in the editor's order

    @cached_property
    def verdict(self) -> VerdictState | None:
        return verdict_in_force(self.verdicts, self.text, self.around)

    @property
    def stale(self) -> bool:
        """Whether the verdict in force was given on other words, or in another sentence."""
        return self.verdict is not None and not self.verdict.judges(self.text, self.around)

    @property
    def word_numbers(self) -> list[int]:
        """For each word the number of the revision that brought it; 0: not known."""
        return numbers(self.text, self.words, self.begun)

    @property
    def rating(self) -> str:
        """The rating in force; "none" where nobody looked."""
        return self.verdict.rating if self.verdict else "none"

    @property
    def by(self) -> str:
        """ "human", "machine", or "" without a verdict."""
        return self.verdict.by if self.verdict else ""

    @property
    def claimant(self) -> str:
        """Whose claim the rating is of, which the sentence reports; "": the sentence itself."""
        return self.verdict.claimant if self.verdict and not self.stale else ""

    @property
    def reviewed(self) -> bool:
        """Whether a person judged the claim as it reads now, with whatever result."""
        return self.by == "human" and not self.stale

    @property
    def recorded(self) -> bool:
        """Whether anybody judged the claim, or cited for it, in whatever wording."""
        return bool(self.verdicts or self.citations)

    @property
    def disclosure(self) -> str:
        """The claim's ``ai-disclosure`` (W3C community group report, see docs/design.md)."""
        if self.origin == "human":
            return "human-only"
        return "ai-assisted" if self.reviewed else "ai-autonomous"


@dataclass(frozen=True, slots=True)
class SectionText:
    uid: str
    level: int
    heading: str
    body: str  # Markdown
    tags: tuple[str, ...] = ()  # sorted by their folded names


@dataclass(frozen=True, slots=True)
class ArticleText:
    """What an editor types: an article without its record."""

    slug: str
    title: str
    language: str
    translation_of: str  # uid of the other article, or ""
    see_also: tuple[str, ...]
    sections: tuple[SectionText, ...]


@dataclass(frozen=True)
class SectionState:
    uid: str
    level: int
    heading: str
    body: str
    tags: tuple[str, ...]
    claims: tuple[ClaimState, ...]  # in reading order

    @property
    def text(self) -> SectionText:
        return SectionText(self.uid, self.level, self.heading, self.body, self.tags)


@dataclass(frozen=True)
class ArticleState:
    uid: str
    slug: str
    title: str
    language: str
    translation_of: str
    see_also: tuple[str, ...]
    sections: tuple[SectionState, ...]
    sources: tuple[SourceState, ...]  # those that the claims cite, by uid

    @property
    def text(self) -> ArticleText:
        return ArticleText(
            self.slug,
            self.title,
            self.language,
            self.translation_of,
            self.see_also,
            tuple(section.text for section in self.sections),
        )

    def __hash__(self) -> int:
        """From a little of it: whoever remembers what became of a state asks for it often."""
        return hash((self.uid, self.title, tuple(section.body for section in self.sections)))

    def claims(self) -> Iterator[ClaimState]:
        for section in self.sections:
            yield from section.claims

    def claim(self, uid: str) -> ClaimState | None:
        return next((claim for claim in self.claims() if claim.uid == uid), None)

    def section_of(self, uid: str) -> SectionState | None:
        """The section in which a claim stands."""
        return next((s for s in self.sections if any(c.uid == uid for c in s.claims)), None)

    @cached_property
    def source_by_uid(self) -> dict[str, SourceState]:
        return {source.uid: source for source in self.sources}

    def cited(self) -> tuple[SourceState, ...]:
        """The sources in the order in which a reader meets them: reference 1, 2, 3 …"""
        uids = dict.fromkeys(c.source for claim in self.claims() for c in claim.citations)
        return tuple(self.source_by_uid[uid] for uid in uids)


def in_order(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags as a state keeps them: sorted, without regard to case."""
    return tuple(sorted(tags, key=lambda tag: (tag.casefold(), tag)))


def with_sections(text: ArticleText, sections: Sequence[SectionText]) -> ArticleText:
    return replace(text, sections=tuple(sections))
