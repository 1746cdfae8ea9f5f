"""How a quote differs from the words of its source, for showing."""

import re
from collections.abc import Collection, Iterator, Sequence, Set
from itertools import chain

from articles.text.diff import Run, word_diff, words
from articles.text.follow.similarity import FUNCTION_WORDS, NUMBER_WORDS
from articles.text.quotes.omissions import turns
from articles.text.quotes.parts import BRACKETS, ELLIPSIS
from articles.text.quotes.reading import Joint, Reading

ROMAN = re.compile(r"[IVXLCDM]{2,}")
WORD_BEFORE, WORD_AFTER = re.compile(r"\w*\Z"), re.compile(r"\w*")
# "able" and "unable", "régulier" and "irrégulier", "glücklich" and "unglücklich"
PREFIXES = (
    "un",
    "in",
    "im",
    "il",
    "ir",
    "non",
    "dis",
    "mis",
    "a",
    "an",
    "dé",
    "mal",
    "on",
    "ni",
    "не",
)


def differences(quote: str, matched: str) -> tuple[Run, ...]:
    """Compare a quote with what it matched, word by word; what reads alike is the same.

    What "went" is only in the quote, what "came" only in the source. White space and signs are as
    the finder reads them, so a run is for showing, not for looking up.

    >>> differences("“It had 15,290\\u00a0staff”", '"It  had 15,209 st-\\naff"')
    (Run(kind='same', text='"It had '), Run(kind='gone', text='15,290'),\
 Run(kind='came', text='15,209'), Run(kind='same', text=' staff"'))
    """
    one, other = Reading.of(quote.strip()), Reading.of(matched.strip())
    vocabularies = [frozenset(words(reading.with_hyphens)) for reading in (one, other)]
    return word_diff(_spelled(one, vocabularies[1]), _spelled(other, vocabularies[0]))


def warnings(quote: str, matched: str) -> tuple[str, ...]:
    """Which differences may change what is said: "number", "name", "negation".

    >>> warnings("Gao had 15,290 men.", "Kidal never had 15,209 men.")
    ('number', 'name', 'negation')
    """
    small = frozenset(filter(str.islower, chain(words(quote), words(matched))))
    found: set[str] = set()
    for change in _changes(differences(quote, matched)):
        gone, came = change.gone, change.came
        if _negates(gone, came):
            found.add("negation")
        if change.is_omission:
            continue
        if _figures(gone) != _figures(came) or change.is_sign_of_number:
            found.add("number")
        if _names(gone, small) != _names(came, small):
            found.add("name")
    return tuple(kind for kind in ("number", "name", "negation") if kind in found)


class _Change:
    """What went and what came at one place, and what stands around it."""

    def __init__(self, before: str, gone: str, came: str, after: str) -> None:
        self.gone, self.came = gone, came
        self._touches_figure = before.rstrip()[-1:].isnumeric() or after[:1].isnumeric()

    @property
    def is_omission(self) -> bool:
        """Whether an editor said that other words stood here."""
        if not (ELLIPSIS.search(self.gone) or BRACKETS.search(self.gone)):
            return False
        return not any(map(str.isalnum, BRACKETS.sub("", ELLIPSIS.sub("", self.gone))))

    @property
    def is_sign_of_number(self) -> bool:
        """Whether it is a minus, a percent sign, a decimal point."""
        signs = (self.gone + self.came).strip()
        return bool(signs) and not any(map(str.isalnum, signs)) and self._touches_figure


def _changes(runs: Sequence[Run]) -> Iterator[_Change]:
    texts = {"same": "", "gone": "", "came": ""}
    for run in (*runs, Run("same", "")):
        if run.kind == "same":
            if texts["gone"] or texts["came"]:
                yield _Change(texts["same"], texts["gone"], texts["came"], run.text)
            texts = {"same": run.text, "gone": "", "came": ""}
        else:
            texts[run.kind] += run.text


def _figures(text: str) -> list[str]:
    return [word.lower() for word in words(text) if _is_figure(word)]


def _is_figure(word: str) -> bool:
    if any(map(str.isnumeric, word)) or ROMAN.fullmatch(word):
        return True
    return word.lower() in NUMBER_WORDS


def _names(text: str, small: Set[str]) -> list[str]:
    """Words with a capital that stand nowhere without."""
    return [
        word
        for word in words(text)
        if word[0].isupper() and word.lower() not in small | FUNCTION_WORDS and not _is_figure(word)
    ]


def _negates(gone: str, came: str) -> bool:
    if turns(gone) != turns(came):
        return True
    before, after = (set(map(str.lower, words(text))) for text in (gone, came))
    return any(
        prefix + word in others
        for some, others in ((before, after), (after, before))
        for word in some
        if len(word) > 2
        for prefix in PREFIXES
    )


def _spelled(reading: Reading, vocabulary: Collection[str]) -> str:
    """The text with its hyphens; one that ends a line goes where the other text is without."""
    text, written, at = reading.with_hyphens, "", 0
    for place, joint in reading.all_joints():
        written += text[at : place.start]
        at = place.end
        if joint in (Joint.HYPHEN, Joint.SPACED):
            written += place.of(text)
            continue
        before, after = WORD_BEFORE.search(written)[0], WORD_AFTER.match(text, at)[0]
        hyphened = f"{before}-{after}"
        divided = joint is Joint.DIVIDED and hyphened not in vocabulary
        written += "" if divided else "-"
    return written + text[at:]
