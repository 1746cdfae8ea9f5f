"""Where words and numbers of a text may be cut, and where not.

"289 troops" is not what "13,289 troops" says, nor is "legal" what "illegal" says. In doubt a
place is inside of a word: the quote then counts as near, and a person looks.
"""

import re
import unicodedata

from articles.text.quotes.scripts import UNSPACED
from articles.text.spans import Span

AROUND = 40  # characters that decide
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")
LETTER = r"[^\W\d_]"
GROUP = "[ \u00a0\u2009\u202f]"  # spaces between groups of three digits

FIRST_GROUP = r"(?<![\d/.,:–-])\d{1,3}"

# What of a word or number may stand before and after a cut, as pairs of what ends the text before
# and what begins the text after.
CUTS = [
    (before + r"\Z", after)
    for before, after in (
        (r"\w[-‐‑](?:\s*\n\s*)?", r"\w"),  # well-|known, il-\n|legal
        (r"\w", r"[-‐‑](?:\s*\n\s*)?\w"),
        (r"\w", r"_\w"),
        (r"[^\W_]_", r"\w"),
        (r"\d(?:[.,:/'’·٫٬]|[–—−]\n?)", r"\d"),  # 13,|289
        (r"\d", r"(?:[.,:/'’·٫٬]|[–—−]\n?)\d"),
        (rf"{FIRST_GROUP}(?:{GROUP}\d{{3}})*{GROUP}", r"\d{3}(?!\d)"),  # 13 |289
        (rf"{FIRST_GROUP}(?:{GROUP}\d{{3}})*", rf"{GROUP}\d{{3}}(?!\d)"),
        (r"(?:\A|[\s(\[])[-–−+±.,]", r"\d"),  # -|5, .|5
        (r"\d", r"\s?[%‰]|°|\(\w{1,3}\)"),  # 17|%, Article 45|(3)
        (r"\d\(\w{0,3}", r"\w{0,3}\)"),
        (rf"{LETTER}", rf"['’]{LETTER}{{1,2}}(?!\w)"),  # can|'t
        (r"(?<!\w)[nN]['’]", r"\w"),  # n'|est
        # Chinese numbers and negations, and Japanese ones, which come after
        ("[〇零一二三四五六七八九十百千万萬亿億兆]", "[〇零一二三四五六七八九十百千万萬亿億兆]"),
        ("[不没沒無无非未莫勿別别]", f"[{UNSPACED}]"),
        (f"[{UNSPACED}]", "(?:ない|なか|なく|ません|ず)"),
    )
]
RULES = [(re.compile(before), re.compile(after)) for before, after in CUTS]
BETWEEN_SCRIPTS = re.compile(f"[{UNSPACED}]")
SUPERSCRIPT = re.compile("[⁰¹²³⁴-⁹]")
FOOTNOTED = re.compile(rf"{LETTER}{{3}}\Z")


def cuts(text: str, start: int, end: int) -> bool:
    """Whether a stretch of a text begins or ends inside of a word or number.

    >>> text = "It lay 140 miles off."
    >>> cuts(text, 8, 20), cuts(text, 7, 20)
    (True, False)
    """
    return _cuts_at(text, start) or _cuts_at(text, end)


def widened(text: str, span: Span) -> Span:
    """The stretch with all of the words and numbers at its ends.

    >>> widened("It lay 140 miles off.", Span(8, 16))
    Span(start=7, end=16)
    """
    starts = range(span.start, max(-1, span.start - AROUND), -1)
    ends = range(span.end, min(len(text) + 1, span.end + AROUND))
    return Span(
        next((at for at in starts if not _cuts_at(text, at)), span.start),
        next((at for at in ends if not _cuts_at(text, at)), span.end),
    )


def _cuts_at(text: str, at: int) -> bool:
    before = UNSEEN.sub("", text[max(0, at - AROUND) : at])
    after = UNSEEN.sub("", text[at : at + AROUND])
    if not before or not after:
        return False
    if unicodedata.category(after[0])[0] == "M":
        return True
    if _is_written(before[-1]) and _is_written(after[0]):
        return _is_one_word(before, after)
    return _breaks_a_rule(before, after)


def _is_one_word(before: str, after: str) -> bool:
    if SUPERSCRIPT.match(after):
        return not FOOTNOTED.search(before)
    scripts = BETWEEN_SCRIPTS.match(before[-1]) or BETWEEN_SCRIPTS.match(after)
    return not scripts or _breaks_a_rule(before, after)


def _breaks_a_rule(before: str, after: str) -> bool:
    return any(ends.search(before) and begins.match(after) for ends, begins in RULES)


def _is_written(sign: str) -> bool:
    """Whether a character is a letter or digit, or a vowel sign, which Indic scripts write."""
    return sign.isalnum() or unicodedata.category(sign)[0] == "M"
