"""Two editors' texts with a common past made one, where they do not clash. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from articles.history.diff import in_place
from articles.history.state import ArticleText, SectionText, in_order
from articles.text import merge as text_merge
from articles.text.threeway import Stretch

ARTICLE_FIELDS = ("title", "slug", "language", "translation_of")
SECTION_FIELDS = ("heading", "level")
NOTHING = SectionText("", 0, "", "")

Value = str | int | tuple[str, ...] | SectionText | None


@dataclass(frozen=True, slots=True)
class Change:
    """One part of the article that a side changed, or both, and how it reads in each text."""

    section: str  # uid, or "" for what belongs to the article
    name: str  # of the field; "section" for one that is new or gone, "order" for the uids
    base: Value  # None: there is no such section
    theirs: Value
    mine: Value
    clashes: bool = False
    stretches: tuple[Stretch, ...] = ()  # of a body

    @property
    def by(self) -> str:
        """Who changed it: "theirs", "mine" or "both"."""
        if self.mine == self.base:
            return "theirs"
        return "mine" if self.theirs == self.base else "both"


@dataclass(frozen=True, slots=True)
class Merge:
    text: ArticleText  # both sides' changes; where they clash, both joined or mine
    changes: tuple[Change, ...]

    @property
    def clashes(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.clashes)


def merge(base: ArticleText, theirs: ArticleText, mine: ArticleText) -> Merge:
    """Three-way merge by field and by section; a section's text by line and sentence."""
    return _Merging(base, theirs, mine).merged()


class _Merging:
    """The three texts, and what was found to have changed so far."""

    def __init__(self, base: ArticleText, theirs: ArticleText, mine: ArticleText) -> None:
        self.sides = (base, theirs, mine)
        self.language = mine.language
        self.changes: list[Change] = []

    def merged(self) -> Merge:
        base, theirs, mine = self.sides
        values = {
            name: self.field("", name, *(getattr(side, name) for side in self.sides))
            for name in ARTICLE_FIELDS
        }
        see_also = self.titles(base.see_also, theirs.see_also, mine.see_also)
        sections = self.sections()
        text = replace(mine, **values, see_also=see_also, sections=sections)
        return Merge(text, tuple(self.changes))

    def found(self, change: Change) -> None:
        if not change.base == change.theirs == change.mine:
            self.changes.append(change)

    def field(self, section: str, name: str, was: Value, there: Value, here: Value) -> Value:
        """The value of the side that changed it; mine where both did."""
        clash = there != here and was not in (there, here)
        self.found(Change(section, name, was, there, here, clash))
        return there if here == was else here

    def titles(
        self, was: tuple[str, ...], there: tuple[str, ...], here: tuple[str, ...]
    ) -> tuple[str, ...]:
        """Both sides' titles without those that either took out; in the order of who moved any."""
        order, clash = _order(was, there, here)
        kept = _both(was, there, here)
        self.found(Change("", "see_also", was, there, here, clash))
        return tuple(title for title in order if title in kept)

    def sections(self) -> tuple[SectionText, ...]:
        was, there, here = ({s.uid: s for s in side.sections} for side in self.sides)
        kept: dict[str, SectionText] = {}
        for uid in {**was, **there, **here}:
            sides = (was.get(uid), there.get(uid), here.get(uid))
            section = self.section(*sides) if uid in there and uid in here else self.odd(*sides)
            if section:
                kept[uid] = section
        order, clash = _order(list(was), list(there), list(here))
        orders = ([uid for uid in side if uid in kept] for side in (was, there, here))
        before, theirs, mine = (tuple(order) for order in orders)
        if clash or _moved(before, theirs) or _moved(before, mine):
            self.found(Change("", "order", before, theirs, mine, clash))
        return tuple(kept[uid] for uid in order if uid in kept)

    def odd(
        self, was: SectionText | None, there: SectionText | None, here: SectionText | None
    ) -> SectionText | None:
        """A section that one side lacks, or both."""
        survivor = there or here
        clash = bool(was and survivor and survivor != was)
        uid = (was or survivor).uid
        self.found(Change(uid, "section", was, there, here, clash))
        # Deleting twice is easier than typing again.
        return survivor if clash or was is None else None

    def section(
        self, was: SectionText | None, there: SectionText, here: SectionText
    ) -> SectionText:
        base, uid = was or NOTHING, here.uid
        values = {
            name: self.field(uid, name, *(getattr(side, name) for side in (base, there, here)))
            for name in SECTION_FIELDS
        }
        body = text_merge.merge(base.body, there.body, here.body, self.language)
        clash = bool(body.clashes)
        bodies = (base.body, there.body, here.body)
        self.found(Change(uid, "body", *bodies, clash, body.stretches))
        self.found(Change(uid, "tags", base.tags, there.tags, here.tags))
        tags = in_order(_both(base.tags, there.tags, here.tags))
        return replace(here, **values, body=body.proposal, tags=tags)


def _both(was: Sequence[str], there: Sequence[str], here: Sequence[str]) -> set[str]:
    """What either has, without what either took out."""
    gone = (set(was) - set(there)) | (set(was) - set(here))
    return (set(there) | set(here)) - gone


def _order(
    base: Sequence[str], theirs: Sequence[str], mine: Sequence[str]
) -> tuple[list[str], bool]:
    """All in one order, and whether both sides made another one of what all three have.

    It is that of the side which changed it, mine where both did, the other's own put in.
    """
    common = set(base) & set(theirs) & set(mine)
    was, there, here = ([each for each in side if each in common] for side in (base, theirs, mine))
    lead, other = (theirs, mine) if here == was else (mine, theirs)
    return in_place(list(other), list(lead)), here not in (was, there) and there != was


def _moved(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether any of those that stayed have changed their order."""
    was = [each for each in before if each in set(after)]
    return was != [each for each in after if each in set(before)]
