"""Which new sentences continue an old one that is not there any more.

Candidates for edits, splits and merges are taken best first, each sentence once. Where another
sentence would do as well, nobody is taken: a person decides.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from articles.text.follow.candidates import Candidates, Succession
from articles.text.follow.neighbourhood import Nearness
from articles.text.follow.pairing import Pairing, Unit, UnitsBySection, left
from articles.text.follow.similarity import contained
from articles.text.sentences import normalised

CLOSE = 0.03  # two candidates that differ by less are equally good
SWALLOWED = 0.75  # of a sentence in one that already continues another
SWALLOWED_ALONE = 0.60  # of it in words that the other does not explain
SWALLOWED_ELSEWHERE = 0.90  # both, if it came from another section


def successions(
    before: UnitsBySection, after: UnitsBySection, pairing: Pairing, elsewhere: Iterable[str]
) -> list[Succession]:
    """Return who continues whom among the sentences that have no equal.

    ``elsewhere`` are the texts of other old sentences: a new one that reads like an old one is
    a copy of that, and never an edit of another.
    """
    olds, news = left(before, pairing.heirs), left(after, pairing.taken)
    if not olds or not news:
        return []
    known = {unit.text for units in before.values() for unit in units}
    known.update(map(normalised, elsewhere))
    news = [unit for unit in news if unit.text not in known]
    field = Candidates(olds, news, pairing)
    chosen = _without_doubtful(_best_first(field), field)
    return _with_swallowed(chosen, field)


def _best_first(field: Candidates) -> list[Succession]:
    """Take candidates by rank, each sentence once; of equals the one that keeps the order."""

    def place(succession: Succession) -> tuple[int, str, int]:
        old, new = succession.old[0], succession.new[0]
        return field.where.displacement(old, new), old.section, old.index

    ranked = sorted(field.all(), key=lambda c: (-c.rank, place(c.succession)))
    used: set[Unit] = set()
    chosen: list[Succession] = []
    for candidate in ranked:
        units = (*candidate.succession.old, *candidate.succession.new)
        if used.isdisjoint(units):
            used.update(units)
            chosen.append(candidate.succession)
    return chosen


def _without_doubtful(chosen: Sequence[Succession], field: Candidates) -> list[Succession]:
    """Leave out edits for which another sentence, that nobody takes, would do as well."""
    used = {unit for succession in chosen for unit in (*succession.old, *succession.new)}
    rivals: dict[Unit, list[Unit]] = defaultdict(list)  # old ones that end, by new ones
    for old in field.olds:
        if old not in used:
            for new in field.partners(old):
                rivals[new].append(old)

    def is_doubtful(old: Unit, new: Unit) -> bool:
        pairs = [(old, other) for other in field.partners(old) if other not in used]
        pairs += [(other, new) for other in rivals[new]]
        nearness = field.where.nearness(old, new)
        return any(
            field.likeness(*pair) >= field.likeness(old, new) - CLOSE
            and field.where.nearness(*pair) >= nearness
            for pair in pairs
        )

    return [s for s in chosen if not (s.is_edit and is_doubtful(s.old[0], s.new[0]))]


def _with_swallowed(chosen: Sequence[Succession], field: Candidates) -> list[Succession]:
    """Add old sentences whose content went into one that already continues another."""
    heirs = {succession.new[0]: succession for succession in chosen if len(succession.new) == 1}
    continued = {old for succession in chosen for old in succession.old}
    for old in field.olds:
        if old in continued:
            continue
        for new in field.partners(old):
            succession = heirs.get(new)
            if succession and _is_swallowed(old, new, succession, field):
                olds = sorted((*succession.old, old), key=lambda u: (u.section, u.index))
                heirs[new] = Succession(tuple(olds), (new,))
                break
    return [*heirs.values(), *(s for s in chosen if len(s.new) > 1)]


def _is_swallowed(old: Unit, new: Unit, succession: Succession, field: Candidates) -> bool:
    needed = needed_alone = SWALLOWED_ELSEWHERE
    if field.where.nearness(old, new) > Nearness.OTHER_SECTION:
        needed, needed_alone = SWALLOWED, SWALLOWED_ALONE
    words = field.words[old]
    if contained(words, field.words[new]) < needed:
        return False
    unexplained = field.words[new].without(field.joined(succession.old))
    return contained(words, unexplained) >= needed_alone
