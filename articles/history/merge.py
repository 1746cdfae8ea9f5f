"""Two editors' texts with a common past made one, where they do not clash. Pure."""

from dataclasses import dataclass, replace

from articles.history.diff import as_text, in_place
from articles.history.state import ArticleText, SectionText, in_order
from articles.text import merge as text_merge

ARTICLE_FIELDS = ("title", "slug", "language", "translation_of", "see_also")
SECTION_FIELDS = ("heading", "level")
NOTHING = SectionText("", 0, "", "")


@dataclass(frozen=True, slots=True)
class Clash:
    """What both changed, each in another way. A section that one side deleted is ""."""

    section: str  # uid, or "" for a field of the article
    name: str  # the field, "section" (deleted here, changed there) or "order"
    heading: str  # of the section, for the eye
    base: str
    theirs: str
    mine: str
    pieces: tuple[text_merge.Same | text_merge.Clash, ...] = ()  # of a body


@dataclass(frozen=True, slots=True)
class Merge:
    text: ArticleText  # both sides' changes; where they clash, mine
    clashes: tuple[Clash, ...]


def merge(base: ArticleText, theirs: ArticleText, mine: ArticleText) -> Merge:
    """Three-way merge by field and by section; a section's text by line and sentence."""
    clashes: list[Clash] = []
    values = {
        name: _field(base, theirs, mine, name, clashes, section="", heading="")
        for name in ARTICLE_FIELDS
    }
    sections = _sections(base, theirs, mine, clashes, language=str(values["language"]))
    return Merge(ArticleText(**values, sections=sections), tuple(clashes))


def _field(
    base: object,
    theirs: object,
    mine: object,
    name: str,
    clashes: list[Clash],
    *,
    section: str,
    heading: str,
) -> object:
    was, there, here = (getattr(side, name) for side in (base, theirs, mine))
    if here in (was, there):
        return there
    if there != was:
        clashes.append(Clash(section, name, heading, *map(_shown, (was, there, here))))
    return here


def _shown(value: str | int | tuple[str, ...]) -> str:
    return str(value) if isinstance(value, int) else as_text(value)


def _sections(
    base: ArticleText,
    theirs: ArticleText,
    mine: ArticleText,
    clashes: list[Clash],
    *,
    language: str,
) -> tuple[SectionText, ...]:
    was, there, here = ({s.uid: s for s in side.sections} for side in (base, theirs, mine))
    kept: dict[str, SectionText] = {}
    for uid in {**there, **here}:
        if uid in there and uid in here:
            sides = (was.get(uid, NOTHING), there[uid], here[uid])
            kept[uid] = _section(*sides, clashes, language=language)
        elif uid not in was:
            kept[uid] = there.get(uid) or here[uid]
        else:
            survivor = there.get(uid) or here[uid]
            if survivor != was[uid]:
                bodies = (side[uid].body if uid in side else "" for side in (was, there, here))
                clashes.append(Clash(uid, "section", survivor.heading, *bodies))
                kept[uid] = survivor  # deleting twice is easier than typing again
    return tuple(kept[uid] for uid in _order(was, there, here, clashes) if uid in kept)


def _section(
    base: SectionText,
    theirs: SectionText,
    mine: SectionText,
    clashes: list[Clash],
    *,
    language: str,
) -> SectionText:
    values = {
        name: _field(base, theirs, mine, name, clashes, section=mine.uid, heading=mine.heading)
        for name in SECTION_FIELDS
    }
    body = text_merge.merge(base.body, theirs.body, mine.body, language)
    if body.clashes:
        texts = (base.body, theirs.body, mine.body)
        clashes.append(Clash(mine.uid, "body", mine.heading, *texts, body.pieces))
    was, there, here = (set(side.tags) for side in (base, theirs, mine))
    tags = (there | here) - (was - there) - (was - here)
    return replace(mine, **values, body=body.proposal, tags=in_order(tags))


def _order(
    base: dict[str, SectionText],
    theirs: dict[str, SectionText],
    mine: dict[str, SectionText],
    clashes: list[Clash],
) -> list[str]:
    """All uids in one order: that of the side which changed it, the other's new ones put in."""
    was, there, here = (
        [uid for uid in side if uid in base and uid in theirs and uid in mine]
        for side in (base, theirs, mine)
    )
    if here not in (was, there) and there != was:
        shown = (", ".join(mine[uid].heading for uid in order) for order in (was, there, here))
        clashes.append(Clash("", "order", "", *shown))
    lead, other = (theirs, mine) if here == was else (mine, theirs)
    return in_place(list(other), list(lead))
