"""What a publication changed, in words. Pure, but for the language."""

from collections.abc import Iterator, Mapping

from django.utils.translation import ngettext

from articles.reading.numbers import grouped
from articles.reading.punctuation import semicolons

Counts = Mapping[str, int]  # see history.diff.Difference.counts


def in_words(counts: Counts) -> str:
    """The counts as one line: “+21 −14 words in 2 sentences; 6 verdicts by a person”."""
    return semicolons(phrases(counts))


def phrases(counts: Counts) -> Iterator[str]:
    yield from words(counts)
    for name, phrase in PHRASES.items():
        if count := counts.get(name, 0):
            yield phrase(count) % grouped(count)


def words(counts: Counts) -> Iterator[str]:
    """How many words came and went, and in how many sentences that stayed.

    Where sentences came or went too, the words that are told are those in the ones that stayed.
    Entries of the log that are older than this count know only all words together.
    """
    changed = counts.get("sentences_changed", 0)
    others = counts.get("sentences_added") or counts.get("sentences_removed")
    moved = all_words = signed(counts.get("words_added", 0), counts.get("words_removed", 0))
    if others:
        moved = signed(counts.get("words_added_within", 0), counts.get("words_removed_within", 0))
    if changed and moved:
        where = ngettext("in %s sentence", "in %s sentences", changed) % grouped(changed)
        yield f"{moved} {where}"
        return
    if all_words:
        yield all_words
    if changed:
        yield ngettext("%s sentence changed", "%s sentences changed", changed) % grouped(changed)


def signed(came: int, went: int) -> str:
    """
    >>> signed(1_250, 1), signed(0, 1), signed(0, 0)
    ('+1,250 −1 words', '−1 word', '')
    """
    signs = [("+", came), ("−", went)]
    figures = " ".join(f"{sign}{grouped(count)}" for sign, count in signs if count)
    return figures and ngettext("%s word", "%s words", came + went) % figures


PHRASES = {
    "sentences_added": lambda n: ngettext("%s sentence added", "%s sentences added", n),
    "sentences_removed": lambda n: ngettext("%s sentence removed", "%s sentences removed", n),
    "sections_added": lambda n: ngettext("%s section added", "%s sections added", n),
    "sections_removed": lambda n: ngettext("%s section removed", "%s sections removed", n),
    "sections_moved": lambda n: ngettext("%s section moved", "%s sections moved", n),
    "sections_retagged": lambda n: ngettext("%s section tagged anew", "%s sections tagged anew", n),
    "verdicts_human": lambda n: ngettext("%s verdict by a person", "%s verdicts by a person", n),
    "verdicts_machine": lambda n: ngettext(
        "%s verdict suggested by a machine", "%s verdicts suggested by a machine", n
    ),
    "dismissed": lambda n: ngettext("%s suggestion dismissed", "%s suggestions dismissed", n),
    "went_stale": lambda n: ngettext("%s verdict went stale", "%s verdicts went stale", n),
    "citations_added": lambda n: ngettext("%s citation added", "%s citations added", n),
    "citations_removed": lambda n: ngettext("%s citation removed", "%s citations removed", n),
    "sources_added": lambda n: ngettext("%s source added", "%s sources added", n),
}
