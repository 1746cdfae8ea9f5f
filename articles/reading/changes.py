"""What a publication changed, in words. Pure, but for the language."""

from collections.abc import Iterator, Mapping

from django.utils.translation import ngettext

Counts = Mapping[str, int]  # see history.diff.Difference.counts


def in_words(counts: Counts) -> str:
    """The counts as one line: “+21 −14 words in 2 sentences; 6 verdicts by a person”."""
    return "; ".join(phrases(counts))


def phrases(counts: Counts) -> Iterator[str]:
    if counts.get("words_added") or counts.get("words_removed"):
        yield words(counts)
    for name, phrase in PHRASES.items():
        if count := counts.get(name, 0):
            yield phrase(count)


def words(counts: Counts) -> str:
    """How many words came and went, and in how many sentences that stayed."""
    signs = [("+", counts.get("words_added", 0)), ("−", counts.get("words_removed", 0))]
    figures = " ".join(f"{sign}{count}" for sign, count in signs if count)
    total = sum(count for _sign, count in signs)
    moved = ngettext("%s word", "%s words", total) % figures
    changed = counts.get("sentences_changed", 0)
    if not changed:
        return moved
    where = ngettext("in %d sentence", "in %d sentences", changed) % changed
    return f"{moved} {where}"


PHRASES = {
    "sentences_added": lambda n: ngettext("%d sentence added", "%d sentences added", n) % n,
    "sentences_removed": lambda n: ngettext("%d sentence removed", "%d sentences removed", n) % n,
    "sections_added": lambda n: ngettext("%d section added", "%d sections added", n) % n,
    "sections_removed": lambda n: ngettext("%d section removed", "%d sections removed", n) % n,
    "sections_moved": lambda n: ngettext("%d section moved", "%d sections moved", n) % n,
    "sections_retagged": lambda n: (
        ngettext("%d section tagged anew", "%d sections tagged anew", n) % n
    ),
    "verdicts_human": lambda n: (
        ngettext("%d verdict by a person", "%d verdicts by a person", n) % n
    ),
    "verdicts_machine": lambda n: (
        ngettext("%d verdict suggested by a machine", "%d verdicts suggested by a machine", n) % n
    ),
    "dismissed": lambda n: ngettext("%d suggestion dismissed", "%d suggestions dismissed", n) % n,
    "went_stale": lambda n: ngettext("%d verdict went stale", "%d verdicts went stale", n) % n,
    "citations_added": lambda n: ngettext("%d citation added", "%d citations added", n) % n,
    "citations_removed": lambda n: ngettext("%d citation removed", "%d citations removed", n) % n,
    "sources_added": lambda n: ngettext("%d source added", "%d sources added", n) % n,
}
