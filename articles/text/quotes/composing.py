"""Which characters compose with others, for the composed form of a text (NFC), piece by piece."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import chain

LAST = 0x2FA1D  # the last character that composes or has another form
JAMO = (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))  # of Hangul syllables, but the first


@cache
def composing(astral: bool) -> re.Pattern[str]:
    """What may read otherwise when composed: a character with all that combines with it.

    Nothing combines over the end of a match, so a text is composed match by match. Made when a
    text needs it: looking through Unicode takes a tenth of a second. Without the characters beyond
    U+FFFF, which few texts have, the pattern is ten times as fast.
    """
    later, others = set(JAMO), set()
    for code in range(LAST + 1 if astral else 0x10000):
        sign = chr(code)
        if unicodedata.combining(sign):
            later.add(code)
        parts = unicodedata.decomposition(sign).split()
        if parts and parts[0][0] != "<":
            first, *rest = (int(part, 16) for part in parts)
            later.update(rest)
            if unicodedata.combining(chr(first)):
                later.add(code)
            if unicodedata.normalize("NFC", sign) != sign:
                others.add(code)
    combine = _signs(later)
    return re.compile(f"[^{combine}]?[{combine}]+|[{_signs(others)}]")


def _signs(codes: Iterable[int]) -> str:
    """Code points as ranges for a regular expression."""
    ranges: list[list[int]] = []
    for code in sorted(codes):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(chain.from_iterable(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges))
