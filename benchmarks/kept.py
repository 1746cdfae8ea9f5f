"""Whether a history holds what editors were told is saved, and lost nothing that they did not see.

Import it after ``installation``.
"""

import itertools
from collections import Counter
from collections.abc import Iterator

from editors import Day, Saved
from facts import Fact, facts, turned

from articles.history.state import ArticleText
from articles.history.store import load
from articles.models import Article, Revision, Verdict


def facts_of(text: ArticleText) -> frozenset[Fact]:
    sections = [(s.heading, s.tags, s.body) for s in text.sections]
    return facts(text.title, text.see_also, sections)


def broken(article: Article, day: Day, *, since: int) -> Iterator[str]:
    """What does not hold, one line each. The day began with revision ``since``."""
    revisions = list(article.revisions.select_related("manifest").order_by("number"))
    if [revision.number for revision in revisions] != list(range(1, len(revisions) + 1)):
        yield "The revisions are not numbered one after the other."
    said = {revision.hash: facts_of(load(revision).text) for revision in revisions}
    yield from _forms(day, said)
    yield from _one_each(day, revisions[since:])
    saves = {save.mark: save for save in (*day.saved, *day.restored)}
    for before, revision in itertools.pairwise(revisions[since - 1 :]):
        save = saves.get(revision.summary)
        yield from _lost(revision, said[before.hash], said[revision.hash], save, said)
    yield from _evidence(day, revisions)


def _forms(day: Day, said: dict[str, frozenset[Fact]]) -> Iterator[str]:
    """A form says what the revision says that it names as its base."""
    for seen in day.opened:
        if differing := seen.facts ^ said[seen.base]:
            yield f"A form did not show its own base: {sorted(differing)[:3]}"


def _one_each(day: Day, revisions: list[Revision]) -> Iterator[str]:
    """Each acknowledged save is a revision, and only they are."""
    made = Counter(revision.summary for revision in revisions if revision.act == "edit")
    told = Counter(save.mark for save in day.saved)
    for mark in (made - told) | (told - made):
        yield f"{mark}: acknowledged {told[mark]} times, and {made[mark]} revisions were made."


def _lost(
    revision: Revision,
    before: frozenset[Fact],
    after: frozenset[Fact],
    save: Saved | None,
    said: dict[str, frozenset[Fact]],
) -> Iterator[str]:
    """What a save takes away its editor had before them, and what they typed it says."""
    known = said[save.base] if save else frozenset()
    for fact in sorted(unsaid(before, after, known)):
        yield f"Revision {revision.number} lost {fact}, which its editor had not seen."
    for fact in sorted(unsaid(save.typed if save else frozenset(), after, known)):
        yield f"Revision {revision.number} does not say {fact}, which its editor typed."


def unsaid(wanted: frozenset[Fact], after: frozenset[Fact], known: frozenset[Fact]) -> set[Fact]:
    """The facts beside the known ones that did not get through.

    Of an order that is so if the known one stands, the other way round; where one of its
    sections went, or was not known, there is nothing to keep.
    """
    missing = wanted - after - known
    return {f for f in missing if f[0] != "order" or (turned(f) in known and turned(f) in after)}


def _evidence(day: Day, revisions: list[Revision]) -> Iterator[str]:
    notes = set(Verdict.objects.values_list("note", flat=True))
    yield from (f"The verdict {note} is not there." for note in day.verdicts if note not in notes)
    told = {revision.summary for revision in revisions if revision.act == "source"}
    for title in day.sources:
        if not any(summary.endswith(title) for summary in told):
            yield f"No revision has the source “{title}”."
