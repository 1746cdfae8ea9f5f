"""Sentences of a text, and which of them are claims.

sentencex proposes the borders; the rules here take back those behind an abbreviation, and add
some that it misses.

`python -m articles.text.sentences` reads JSON Lines `{"id", "lang", "markdown"}` and writes
`{"id", "sentences": [plain text, …]}`.
"""

import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

import sentencex

from articles.text.abbreviations import BY_LANGUAGE, ENGLISH, Abbreviations
from articles.text.json_lines import answered, check
from articles.text.plain import Plain, plain
from articles.text.render import render
from articles.text.spans import Span

# sentencex takes quadratic time where quotation marks open and never close.
WINDOW = 10_000
# How far back to look: for an abbreviation, and for a quotation that is still open.
LONGEST = 40
QUOTED = 1_000

OPENING = r"[“‘\"'«‹„(\[¿¡–—-]"
CLOSING = r"[”’\"'»›)\]]"
ENDED = re.compile(rf"[.!?…。！？](?:\s?{CLOSING})*$")
WORD = re.compile(r"\w[\w’'-]*")
LAST_WORD = re.compile(r"([^\s(\[“\"«’'/]+)\.$")
FIRST_WORD = re.compile(rf"(?:{OPENING}\s?)*([^\W\d_][\w’'-]*)?")
NUMBER_NEXT = re.compile(r"[\d(]|n[o°º]s?\b|[IVXLC]+\b(?![’'])|[A-Z]/")
# J · J.-P · -C: of a name; acronyms (U.S) are left as sentencex has them
INITIALS = re.compile(r"-?[A-ZÀ-ÖØ-Þ](?:\.?-[A-ZÀ-ÖØ-Þ])*")
CLOSED = re.compile(rf"{CLOSING}$")
PAIRS = ("()", "“”", "«»")
ENUMERATOR = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]")
MISSED = re.compile(
    rf"""
    (?: …{CLOSING}*             # an ellipsis in one sign
      | \betc\.                 # "etc. Puis"
      | \d\s?(?:m|km|kg|ha|t)\.  # "12 m. Schools"
      | (?P<acronym>\b(?:[A-Z]\.){{2,8}})
    )
    \s+(?={OPENING}*\s?(?P<next>[A-ZÀ-ÖØ-Þ][\w’'-]*))
    """,
    re.VERBOSE,
)
BRACKETED = re.compile(r"\([^()]*[.!?…]\)\s+(?=[“\"«(]?\s?[A-ZÀ-ÖØ-Þ])")


def sentences(text: str, language: str) -> list[Span]:
    """Return the sentences of one block's text, in order, without the white space between.

    ``language`` is "en" or "fr"; the rules for English serve all others.

    >>> text = "See para. 4 of the report. Gen. Keïta left."
    >>> [span.of(text) for span in sentences(text, "en")]
    ['See para. 4 of the report.', 'Gen. Keïta left.']
    """
    words = BY_LANGUAGE.get(language, ENGLISH)
    language = language if language in BY_LANGUAGE else "en"
    found: list[Span] = []
    for span in _split_further(text, _trimmed(text, _proposed(text, language)), words):
        if found and not _is_border(text, found[-1], span, words):
            span = Span(found.pop().start, span.end)
        found.append(span)
    return found


def units(text: Plain, language: str) -> list[Span]:
    """Return the spans of ``text.text`` that are claims: each block's sentences in order.

    A fragment of fewer than three words without a closing mark ("Kidal", "Source: UN") is none.
    """
    return [
        Span(block.start + span.start, block.start + span.end)
        for block in text.blocks
        for span in sentences(block.of(text.text), language)
        if is_claim(text.text[block.start + span.start : block.start + span.end])
    ]


def normalised(text: str) -> str:
    """Return the text as it is compared: NFC, white space to single spaces, trimmed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def is_claim(sentence: str) -> bool:
    words = len(WORD.findall(sentence))
    return words >= 3 or (words > 0 and bool(ENDED.search(sentence)))


def _proposed(text: str, language: str) -> Iterator[Span]:
    """Yield sentencex's sentences, asking for a long text piece by piece."""
    start = 0
    while start < len(text):
        window = text[start : start + WINDOW]
        ends = [found["end_index"] for found in sentencex.get_sentence_boundaries(language, window)]
        if start + WINDOW < len(text) and len(ends) > 1:
            ends.pop()  # the window's end may have cut it; the next one begins there
        begin = 0
        for end in ends or [len(window)]:
            yield Span(start + begin, start + end)
            begin = end
        start += begin


def _trimmed(text: str, spans: Iterator[Span]) -> Iterator[Span]:
    for span in spans:
        stretch = span.of(text)
        if stretch.strip():
            start = span.start + len(stretch) - len(stretch.lstrip())
            yield Span(start, start + len(stretch.strip()))


def _split_further(text: str, spans: Iterator[Span], words: Abbreviations) -> Iterator[Span]:
    """Add borders that sentencex misses, but none inside of quotes or brackets."""
    for span in spans:
        start = span.start
        while bracketed := BRACKETED.match(text, start, span.end):
            yield Span(start, start + len(bracketed[0].rstrip()))
            start = bracketed.end()
        for missed in MISSED.finditer(text, start, span.end):
            if missed["acronym"] and missed["next"].casefold() not in words.starters:
                continue
            if not _inside(text[max(start, missed.end() - QUOTED) : missed.end()]):
                yield Span(start, missed.start() + len(missed[0].rstrip()))
                start = missed.end()
        yield Span(start, span.end)


def _inside(text: str) -> bool:
    """Whether a bracket or quotation that opens in the text is still open at its end."""
    return any(text.count(opening) > text.count(closing) for opening, closing in PAIRS)


def _is_border(text: str, left: Span, right: Span, words: Abbreviations) -> bool:
    """Whether a sentence ends between two neighbouring stretches."""
    before, after = text[max(left.start, left.end - LONGEST) : left.end], right.of(text)
    if ENUMERATOR.fullmatch(before):
        return False
    glued = left.end == right.start
    if glued and after.startswith("-"):  # "J.-P.", "c.-à-d."
        return False
    lower = after[0].islower()
    last = LAST_WORD.search(before)
    if not last:
        return not (lower and CLOSED.search(before))
    word = last[1]
    key = word.casefold()
    if key in words.open or (lower and (key in words.final or key.isdigit())):
        return False
    if key in words.references and (lower or NUMBER_NEXT.match(after)):
        return False
    first = (FIRST_WORD.match(after)[1] or "").casefold()
    if word in words.titles:
        return word.islower() and first in words.starters
    if INITIALS.fullmatch(word):
        preceding = before[: last.start()].split()
        labelled = bool(preceding) and preceding[-1].casefold() in words.labels
        return not glued and (labelled or first in words.starters or not after[0].isupper())
    return True


def _sentences_of(case: Mapping[str, Any]) -> dict[str, Any]:
    check("the line", case, {"id": object, "lang": str, "markdown": str})
    text = plain(render(case["markdown"]))
    found = [span.of(text.text) for span in units(text, case["lang"])]
    return {"id": case["id"], "sentences": found}


if __name__ == "__main__":
    sys.exit(answered(_sentences_of))
