"""The notice above an article: who wrote it, who reviewed it, who answers for it.

Computed from the record alone. Pure, but for the language of its words.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.history.review import Review, Tally
from articles.models import Rating
from articles.reading.numbers import grouped

RATINGS = [*Rating.values, "none"]
MEANINGS = {  # what a verdict says of a sentence
    Rating.SUPPORTED: gettext_lazy("The sources say what the sentence says."),
    Rating.PARTLY_SUPPORTED: gettext_lazy("The sources bear out part of it, or less than it says."),
    Rating.DISPUTED: gettext_lazy("Good sources contradict each other."),
    Rating.OUTDATED: gettext_lazy("It was true, and is no longer."),
    Rating.REFUTED: gettext_lazy("The sources show that it is wrong."),
    Rating.UNVERIFIED: gettext_lazy("It was looked into, and could not be settled."),
    Rating.NOT_CHECKABLE: gettext_lazy(
        "It states no fact that could be checked: an opinion, a forecast, a transition."
    ),
}
BAR_WIDTH = 600  # of the drawing; on the page it takes all the width there is
BAR_GAP = 2


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the bar: claims with the same rating, given by the same kind of judge."""

    rating: str
    by: str
    stale: bool
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Count:
    by: str
    whose: str  # in words what the glyph's disc or ring says
    count: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A rating in the key, which is legend and counts in one."""

    rating: str
    label: str
    counts: tuple[Count, ...]  # people's before machines'
    stale: bool = False


def written_by(origin: str) -> str:
    match origin:
        case "ai":
            return _("Written by AI")
        case "ai_assisted":
            return _("Written by AI and people")
    return _("Written by people")


def headline(review: Review, responsible: str) -> str:
    """One sentence or two: who wrote the text, and who reviewed it."""
    written = written_by(review.origin)
    match review.reviewed:
        case "none" if review.origin == "human":
            return _("%(written)s.") % {"written": written}
        case "none":
            return _("%(written)s. No person has reviewed it yet.") % {"written": written}
        case "full" if responsible:
            return _("%(written)s, reviewed by people. Responsible: %(name)s.") % {
                "written": written,
                "name": responsible,
            }
        case "full":
            return _(
                "%(written)s. People have reviewed every sentence; "
                "nobody has taken responsibility yet."
            ) % {"written": written}
    reviewed = ngettext(
        "People have reviewed %(checked)s of %(total)s sentence.",
        "People have reviewed %(checked)s of %(total)s sentences.",
        review.total,
    ) % {"checked": grouped(review.checked), "total": grouped(review.total)}
    return _("%(written)s. %(reviewed)s") % {"written": written, "reviewed": reviewed}


def remarks(review: Review, responsible: str) -> Iterator[str]:
    """What a reader should know besides: sentences in the order of their weight."""
    if review.changed_by_machine:
        yield (
            ngettext(
                "A machine changed %s sentence after the review.",
                "A machine changed %s sentences after the review.",
                review.changed_by_machine,
            )
            % grouped(review.changed_by_machine)
        )
    if review.suggested and not review.checked:
        yield _("Verdicts below are suggestions by a machine.")
    elif review.suggested:
        yield _("Verdicts with a ring are suggestions by a machine, those with a disc a person’s.")
    if responsible:
        yield _("%s takes editorial responsibility for this revision.") % responsible
    elif review.reviewed != "full":
        yield _("Nobody has taken editorial responsibility for this text.")


def coverage(review: Review) -> Iterator[str]:
    """How the sentences count, after “12 of 98 sentences judged by a person”."""
    if review.suggested:
        yield (
            ngettext(
                "a machine suggests a verdict for %s",
                "a machine suggests verdicts for %s",
                review.suggested,
            )
            % grouped(review.suggested)
        )
    if review.stale:
        yield (
            ngettext(
                "%s has changed since it was checked",
                "%s have changed since they were checked",
                review.stale,
            )
            % grouped(review.stale)
        )


def in_reading_order(tallies: tuple[Tally, ...]) -> list[Tally]:
    """What people judged, what machines suggest, what changed since, what nobody looked at."""
    return sorted(
        tallies,
        key=lambda t: (t.rating == "none", t.stale, t.by != "human", RATINGS.index(t.rating)),
    )


def bar(tallies: tuple[Tally, ...]) -> list[Segment]:
    """The tallies side by side, as long as they count."""
    ordered = in_reading_order(tallies)
    return [
        Segment(tally.rating, tally.by, tally.stale, x, width)
        for tally, (x, width) in zip(ordered, stretches([t.count for t in ordered]), strict=True)
    ]


def stretches(counts: Collection[int]) -> Iterator[tuple[float, float]]:
    """Where each count's stretch of a bar begins, and how wide it is."""
    total, before = sum(counts), 0
    for count in counts:
        x = BAR_WIDTH * before / total
        width = max(BAR_WIDTH * count / total - BAR_GAP, 1)
        yield round(x + 0.5, 1), round(width, 1)
        before += count


def key(tallies: tuple[Tally, ...]) -> list[Entry]:
    """The ratings that occur; claims that changed since their check count as one of them."""
    fresh = [tally for tally in in_reading_order(tallies) if not tally.stale]
    said = {"human": _("by a person"), "machine": _("suggested by a machine")}
    counts: dict[str, list[Count]] = {}
    for tally in fresh:
        count = Count(tally.by, said.get(tally.by, ""), tally.count)
        counts.setdefault(tally.rating, []).append(count)
    entries = [
        Entry(rating, label(rating).lower(), tuple(counts[rating]))
        for rating in RATINGS
        if rating in counts
    ]
    if changed := sum(tally.count for tally in tallies if tally.stale):
        changes = (Count("", "", changed),)
        entries.append(Entry("none", _("changed since check"), changes, stale=True))
    return entries


def label(rating: str) -> str:
    return _("Not checked") if rating == "none" else str(Rating(rating).label)


def judges(claimant: str, claimed: str) -> str:
    """What a verdict judges that names a claimant; `articles/_judges.html` says it on pages."""
    if claimed:
        return _("Judges what %(claimant)s claimed: “%(claimed)s”") % {
            "claimant": claimant,
            "claimed": claimed,
        }
    return _("Judges what %s claimed, not whether it was said.") % claimant


def about(claimant: str) -> str:
    return _("about a claim by %s") % claimant if claimant else ""


def whose(by: str) -> str:
    match by:
        case "human":
            return _("by a person")
        case "machine":
            return _("machine suggestion")
    return ""
