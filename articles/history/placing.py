"""Where the claims of an article stand after its text was changed. Pure."""

from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from articles.history.state import ArticleState, ArticleText, ClaimState, SectionState, SectionText
from articles.models.fields import new_uid
from articles.text.follow import Claim, NewSection, OldSection, Place, follow
from articles.text.plain import plain
from articles.text.render import render
from articles.text.sentences import units
from articles.text.spans import Span


@dataclass(frozen=True, slots=True)
class Placing:
    """Claims by their section's uid, in reading order, for the sections whose text changed."""

    sections: dict[str, tuple[ClaimState, ...]]
    ended: tuple[str, ...]  # uids of claims whose sentences are gone
    begun: tuple[str, ...]  # uids of claims on new sentences


def sentences_of(section: SectionText, language: str) -> NewSection:
    """The section's plain text and the places of its sentences."""
    read = plain(render(section.body, prefix=section.uid))
    return NewSection(section.uid, read.text, tuple(units(read, language)))


def place(old: ArticleState, new: ArticleText, *, origin: str, corrected: str = "") -> Placing:
    """Follow the claims of ``old`` into ``new``, written by ``origin`` (ai or human).

    A section whose Markdown is the same keeps its claims where they are. One sentence
    carries one claim: of several that were merged the first goes on, the others end.
    ``corrected`` is the uid of the claim whose own sentence somebody corrected: it goes
    on where it stood, however different the words.
    """
    stays = {
        section.uid
        for section, was in ((s, _section(old, s.uid)) for s in new.sections)
        if was and was.body == section.body and old.language == new.language
    }
    before = [s for s in old.sections if s.uid not in stays]
    after = [sentences_of(s, new.language) for s in new.sections if s.uid not in stays]
    taken, ended = _taken(before, after)
    if corrected in ended and (here := _where_it_stood(corrected, before, after, taken)):
        taken[here] = next(c for s in before for c in s.claims if c.uid == corrected)
        ended.remove(corrected)
    sections, begun = {}, []
    for section in after:
        claims = []
        for span in section.units:
            words = section.text[span.start : span.end]
            was = taken.get((section.uid, span))
            if was is None:
                was = ClaimState(new_uid(), 0, 0, words, origin, origin)
                begun.append(was.uid)
            elif was.text != words:
                was = replace(was, text=words, origin=mixed(was.origin, origin), writer=origin)
            claims.append(replace(was, start=span.start, end=span.end))
        sections[section.uid] = tuple(claims)
    return Placing(sections, tuple(ended), tuple(begun))


Unit = tuple[str, Span]  # a section's uid and the place of one of its sentences


def _taken(
    before: list[SectionState], after: list[NewSection]
) -> tuple[dict[Unit, ClaimState], list[str]]:
    """Which claim goes on at which sentence, and the uids of those that go on nowhere."""
    places = follow(
        [
            OldSection(
                s.uid,
                _laid_out(s.claims),
                tuple(Span(c.start, c.end) for c in s.claims),
                tuple(Claim(c.uid, Span(c.start, c.end)) for c in s.claims),
            )
            for s in before
        ],
        after,
    )
    sections = {section.uid: section for section in after}
    taken: dict[Unit, ClaimState] = {}
    ended = []
    for claim in (claim for section in before for claim in section.claims):
        here = _unit(claim, places[claim.uid], sections)
        if here is None:
            ended.append(claim.uid)
        elif here in taken:
            ended.append(claim.uid)
            taken[here] = replace(taken[here], origin=mixed(taken[here].origin, claim.origin))
        else:
            taken[here] = claim
    return taken, ended


def _where_it_stood(
    uid: str, before: list[SectionState], after: list[NewSection], taken: dict[Unit, ClaimState]
) -> Unit | None:
    """The first new sentence between the neighbours of the claim that went on."""
    was = next(s for s in before if any(claim.uid == uid for claim in s.claims))
    now = next((s for s in after if s.uid == was.uid), None)
    if now is None:
        return None
    order = [claim.uid for claim in was.claims]
    earlier = set(order[: order.index(uid)])
    start = 0
    for span in now.units:
        claim = taken.get((now.uid, span))
        if claim and claim.uid in earlier:
            start = span.end
    between = next((span for span in now.units if span.start >= start), None)
    return (now.uid, between) if between and (now.uid, between) not in taken else None


def mixed(one: str, other: str) -> str:
    """Who wrote a sentence that both wrote.

    >>> mixed("ai", "human"), mixed("ai", "ai")
    ('ai_assisted', 'ai')
    """
    return one if one == other else "ai_assisted"


def _section(state: ArticleState, uid: str) -> SectionState | None:
    return next((section for section in state.sections if section.uid == uid), None)


def _laid_out(claims: tuple[ClaimState, ...]) -> str:
    """A text in which each claim stands where it stood; what was between them is blank.

    Spans point into the text of the day; the text itself is not needed again.
    """
    text, at = [], 0
    for claim in claims:
        text += [" " * (claim.start - at), claim.text]
        at = claim.end
    return "".join(text)


def _unit(
    claim: ClaimState, place: Place, sections: dict[str, NewSection]
) -> tuple[str, Span] | None:
    """The one sentence on which the claim goes on: of a split, the one most like it."""
    if place.section is None or place.span is None:
        return None
    section = sections[place.section]
    inside = [
        unit
        for unit in section.units
        if unit.start < place.span.end and place.span.start < unit.end
    ]
    if not inside:
        return None
    best = max(inside, key=lambda unit: fuzz.ratio(claim.text, section.text[unit.start : unit.end]))
    return place.section, best
