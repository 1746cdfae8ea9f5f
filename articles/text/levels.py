"""Levels of headings that have no marks, read from their capitals."""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

HIGHEST, LOWEST = 2, 4  # of sections; 1 is the article's title

WORD = re.compile(r"[^\W\d_]+")
AFTER_A_WORD = re.compile(r"(?<=[\w,;] )[^\W\d_]+")
# Written small in titles, whatever the style.
SMALL = frozenset(  # split, since words read best in lines
    "a about across after against among an and around as at before between but by during for from"  # noqa: SIM905
    " if in into its nor of off on onto or over per since so than the their through to toward"
    " towards under until up upon via vs when while with within without yet".split()
)


class Case(StrEnum):
    TITLE = "title"
    SENTENCE = "sentence"
    EITHER = "either"  # one word, or names alone


def from_capitals(headings: Sequence[str], text: Iterable[str], language: str) -> list[int]:
    """Levels for headings without marks: title case 2, sentence case under it 3.

    Words that the text writes large in mid-sentence are names and say nothing. Where no heading
    is in title case, as always in French, all are of level 2.
    """
    if language != "en" or not headings:
        return [HIGHEST] * len(headings)
    names = _names(text)
    cases = [_case(heading, names) for heading in headings]
    if Case.TITLE not in cases:
        return [HIGHEST] * len(headings)
    found: list[int] = []
    for case in cases:
        below = case is Case.SENTENCE and bool(found)
        found.append(HIGHEST + 1 if below else HIGHEST)
    return found


def _case(heading: str, names: frozenset[str]) -> Case:
    significant = [word for word in WORD.findall(heading)[1:] if word.lower() not in SMALL]
    significant = [word for word in significant if len(word) > 1]  # the s of "Mali’s"
    if any(word[0].islower() for word in significant):
        return Case.SENTENCE
    if any(not word.isupper() and word not in names for word in significant):
        return Case.TITLE
    return Case.EITHER


def _names(text: Iterable[str]) -> frozenset[str]:
    large: set[str] = set()
    small: set[str] = set()
    for paragraph in text:
        small.update(word for word in WORD.findall(paragraph) if word.islower())
        large.update(w for w in AFTER_A_WORD.findall(paragraph) if w[0].isupper())
    return frozenset(word for word in large if word.lower() not in small)
