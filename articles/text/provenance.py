"""Where the words of a sentence come from: for each, the number of the revision that brought it.

A word keeps its number for as long as it stands, also where others come between or the order
changes: to move the machine's words is not to write them. White space and punctuation have no
number of their own.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain, groupby

from rapidfuzz.distance import LCSseq

from articles.text.diff import words

# (revision number, how many words in a row came with it); () where all came with the first.
Runs = tuple[tuple[int, int], ...]


def spoken(text: str) -> list[str]:
    """The words and numbers of a text, without spaces and signs.

    >>> spoken("It had 15,209 staff.")
    ['It', 'had', '15,209', 'staff']
    """
    return [token for token in words(text) if token[0].isalnum()]


def numbers(text: str, runs: Runs, begun: int) -> list[int]:
    """One revision number for each of the text's words."""
    if not runs:
        return [begun] * len(spoken(text))
    return list(chain.from_iterable([number] * count for number, count in runs))


def runs(found: Sequence[int], begun: int) -> Runs:
    """Numbers of words as they are kept: neighbours together, () where all are ``begun``.

    >>> runs([1, 1, 5, 1], 1)
    ((1, 2), (5, 1), (1, 1))
    """
    if all(number == begun for number in found):
        return ()
    return tuple((number, len(list(group))) for number, group in groupby(found))


def carried(
    before: Sequence[tuple[str, Sequence[int]]], text: str, came: Sequence[int]
) -> list[int]:
    """The numbers of the words of ``text``, which continues the texts in ``before``.

    ``before`` holds texts with their words' numbers, ``came`` what each word of ``text`` gets
    that none of them had.

    >>> carried([("It had 15,209 staff.", [1, 1, 1, 1])], "It had 15,290 staff.", [2, 2, 2, 2])
    [1, 1, 2, 1]
    """
    old = [word for told, _numbers in before for word in spoken(told)]
    was = [number for _told, found in before for number in found]
    new, found = spoken(text), list(came)
    kept: set[int] = set()
    left: list[int] = []
    for step in LCSseq.opcodes(old, new):
        if step.tag == "equal":
            for i, j in zip(
                range(step.src_start, step.src_end),
                range(step.dest_start, step.dest_end),
                strict=True,
            ):
                found[j] = was[i]
                kept.add(i)
        else:
            left += range(step.dest_start, step.dest_end)
    moved: dict[str, list[int]] = defaultdict(list)
    for i in range(len(old) - 1, -1, -1):
        if i not in kept:
            moved[old[i]].append(was[i])
    for j in left:
        if moved[new[j]]:
            found[j] = moved[new[j]].pop()
    return found
