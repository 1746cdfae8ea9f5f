"""Claims in their sections before an edit, and their places after it."""

from dataclasses import dataclass
from enum import StrEnum

from articles.text.spans import Span


class Outcome(StrEnum):
    UNCHANGED = "unchanged"
    EDITED = "edited"
    SPLIT = "split"
    MERGED = "merged"
    MOVED_SECTION = "moved_section"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim and where it stands in its section's text."""

    uid: str
    span: Span


@dataclass(frozen=True, slots=True)
class OldSection:
    """Plain text with all of its sentences, and the claims made of them.

    A claim is a sentence, a part of one, or a run of several.
    """

    uid: str
    text: str
    units: tuple[Span, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class NewSection:
    """Plain text with all of its sentences."""

    uid: str
    text: str
    units: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """What became of a claim, and where it stands now: nowhere if it was deleted.

    After a split the span covers all the sentences. Claims that were merged have the same span.
    """

    outcome: Outcome
    section: str | None = None
    span: Span | None = None


DELETED = Place(Outcome.DELETED)
