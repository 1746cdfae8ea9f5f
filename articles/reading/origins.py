"""Where an article's words come from, as readers and editors see it: shares, text, contents.

Pure, but for the language of the interface.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from articles.history.authorship import Authorship, Contribution, Shares, authorship
from articles.history.review import review
from articles.history.state import ArticleState, SectionState
from articles.reading.cards import MOST_CARDS
from articles.reading.notice import stretches
from articles.reading.origin_marks import KINDS, OriginMarker, Telling, kind, writer
from articles.reading.sections import Part, outlined


def context(
    state: ArticleState, known: Mapping[int, Contribution], telling: Telling
) -> dict[str, Any]:
    """What the page's templates take; ``known`` are the contributions by number."""
    found = authorship(state, known)
    kinds = {kind(run, written) for written in found.written() for run in written.runs if run.words}
    disclosure = review(state).disclosure
    lang = state.language if state.language != get_language() else ""
    marker = OriginMarker(
        written={written.claim.uid: written for written in found.written()},
        telling=telling,
        disclosure=disclosure,
        # Where all words are alike there is nothing to tell apart.
        marked=len(kinds) > 1,
        lang=get_language() if lang else "",
        cards=sum(found.claims.values()) <= MOST_CARDS,
    )
    return {
        "lang": lang,
        "disclosure": disclosure,
        "parts": outlined(state, partial(part, marker=marker)),
        "counted": _("by people") if found.claims["ai"] < sum(found.claims.values()) else "",
        "headline": headline(found),
        "remarks": list(remarks(found.shares)),
        "bar": bar(found.shares),
        "shares": found.shares,
        "claims": [
            (origin, writer(origin), count) for origin, count in found.claims.items() if count
        ],
        "kinds": [name for name in KINDS if name in kinds] if marker.marked else [],
    }


def headline(found: Authorship) -> str:
    """The shares of the words in a sentence."""
    shares = found.shares
    ai, human = percent(shares, 0), percent(shares, 1)
    if not shares.total:
        return _("There are no words yet.")
    if shares.unknown == shares.total:
        return _("It is not known who wrote which of the words.")
    if shares.ai == shares.total:
        return _("All of the words are the machine’s; people have rewritten none.")
    if shares.human == shares.total:
        return _("People wrote all of the words.")
    if not shares.human:
        return _("%(ai)s of the words are the machine’s.") % {"ai": ai}
    if not shares.ai:
        return _("People wrote %(human)s of the words.") % {"human": human}
    if found.begun_by == "human":
        said = _("%(human)s of the words are still people’s; a machine wrote %(ai)s.")
    else:
        said = _("%(ai)s of the words are still the machine’s; people rewrote or added %(human)s.")
    return said % {"ai": ai, "human": human}


def remarks(shares: Shares) -> Iterator[str]:
    if shares.unknown:
        yield (
            ngettext(
                "Where %d word comes from is not known: it is older than this record.",
                "Where %d words come from is not known: they are older than this record.",
                shares.unknown,
            )
            % shares.unknown
        )


def percent(shares: Shares, place: int) -> str:
    """One of the shares; what is there never reads as nothing, nor a part as the whole."""
    count, found = (shares.ai, shares.human, shares.unknown)[place], shares.percent[place]
    if count and not found:
        return _("less than 1 %")
    if count < shares.total and found == 100:
        return _("more than 99 %")
    return _("%d %%") % found


def bar(shares: Shares) -> list[tuple[str, float, float]]:
    """Who, x and width of the stretches of a drawing."""
    counts = {"human": shares.human, "ai": shares.ai, "unknown": shares.unknown}
    there = {name: count for name, count in counts.items() if count}
    return [
        (name, x, width) for name, (x, width) in zip(there, stretches(there.values()), strict=True)
    ]


def part(section: SectionState, anchor: str, marker: OriginMarker) -> Part:
    touched = sum(claim.origin != "ai" for claim in section.claims)
    return Part(
        section=section,
        anchor=anchor,
        html=marker.body(section),
        tags=[],
        count=touched,
        counted=ngettext(
            "sentence that people wrote or changed",
            "sentences that people wrote or changed",
            touched,
        ),
        parts=[],
    )
