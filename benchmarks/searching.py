"""What `search.py` measures, once it is known in which database."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random
from statistics import median, quantiles
from urllib.parse import urlencode

import installation
import library
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from measuring import read
from report import Figure, conclude
from writing import plain_article

from articles import publishing
from articles import search as index
from articles.models import IndexedArticle, IndexedWord, PublishedArticle, PublishedClaim
from articles.reading.finding import Ask, find

TIMES = 40  # each kind of question
LONG = 50  # sections of four sentences
# What is asked of SQLite, and how many times that PostgreSQL may take, to which every query is a
# conversation with another process.
PATIENCE = {"sqlite": 1, "postgresql": 2.5}

Kind = Callable[["Questions"], Ask]


class Questions:
    """Words to ask for, out of what was written."""

    def __init__(self, writers: dict[str, library.Writer], dice: Random) -> None:
        self.writers, self.dice = writers, dice
        self.sentences = list(
            PublishedClaim.objects.order_by("uid").values_list("text", flat=True)[:5_000]
        )

    def ordinary(self) -> str:
        return self.dice.choice(self.writers[self.dice.choice(["en", "fr"])].ordinary[12:])

    def ranked(self, first: int, last: int) -> str:
        words = self.writers[self.dice.choice(["en", "fr"])].words
        return words[self.dice.randrange(first, last)]

    def mistyped(self) -> str:
        word = ""
        while len(word) < 7:
            word = self.ranked(300, 6_000)
        at = self.dice.randrange(2, len(word) - 2)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]

    def quoted(self) -> str:
        return " ".join(self.dice.choice(self.sentences).split()[2:5])


KINDS: dict[str, Kind] = {
    "a word of nearly each article": lambda q: Ask(q.ordinary()),
    "two of them": lambda q: Ask(f"{q.ordinary()} {q.ordinary()}"),
    "four of them": lambda q: Ask(" ".join(q.ordinary() for _ in range(4))),
    "one of them, page 20": lambda q: Ask(q.ordinary(), page=20),
    "one of them, by language": lambda q: Ask(q.ordinary(), language="fr"),
    "one of them, by verdict": lambda q: Ask(q.ordinary(), verdict="refuted"),
    "one of them, by tag": lambda q: Ask(q.ordinary(), tag=f"subject-{q.dice.randrange(60)}"),
    "an ordinary and a rarer word": lambda q: Ask(f"{q.ordinary()} {q.ranked(500, 5_000)}"),
    "a word of some articles": lambda q: Ask(q.ranked(200, 2_000)),
    "a rare word": lambda q: Ask(q.ranked(5_000, 20_000)),
    "three words of a sentence": lambda q: Ask(q.quoted()),
    "the same as a phrase": lambda q: Ask(f'"{q.quoted()}"'),
    "a mistyped word": lambda q: Ask(q.mistyped()),
    "words that no article has all of": lambda q: Ask(
        " ".join(q.ranked(4_000, 20_000) for _ in range(3))
    ),
    "articles and prepositions only": lambda q: Ask("of the"),
}


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds that passed, and those in which this process had a core."""

    passed: float
    worked: float


def run(count: int) -> None:
    """Fill a library, ask it, and print the figures."""
    installation.prepare()
    writers = library.fill(count)
    figures = [*indexing(count)]
    patience = PATIENCE[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    questions = Questions(writers, Random(7))
    all_found: list[Took] = []
    all_pages: list[Took] = []
    for name, kind in KINDS.items():
        asks = [replace(kind(questions), interface="en") for _time in range(TIMES)]
        found = [took(lambda ask=ask: find(ask)) for ask in asks]
        pages = [took(lambda ask=ask: read(f"/search/?{address(ask)}")) for ask in asks]
        all_found += found
        all_pages += pages
        figures.append(
            Figure(name, middle(found), 80 * patience, "ms", remarks(found, pages, asks[-1]))
        )
    for name, all_of, usual, most in (("found", all_found, 30, 80), ("page", all_pages, 40, 100)):
        passed = [one.passed for one in all_of]
        figures += [
            Figure(
                f"All, {name}, median",
                middle(all_of),
                usual * patience,
                "ms",
                waited(median(passed)),
            ),
            Figure(
                f"All, {name}, 95th percentile",
                high(all_of),
                most * patience,
                "ms",
                waited(percentile(passed)),
            ),
        ]
    conclude(figures)


def took(work: Callable[[], object]) -> Took:
    passed, worked = time.perf_counter(), time.thread_time()
    work()
    return Took((time.perf_counter() - passed) * 1e3, (time.thread_time() - worked) * 1e3)


def cost(one: Took) -> float:
    """SQLite works in this thread; a PostgreSQL server does not."""
    return one.worked if connection.vendor == "sqlite" else one.passed


def middle(several: list[Took]) -> float:
    return median(map(cost, several))


def high(several: list[Took]) -> float:
    return percentile(list(map(cost, several)))


def percentile(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]


def waited(milliseconds: float) -> str:
    return f"{milliseconds:.0f} ms passed"


def address(ask: Ask) -> str:
    asked = {"q": ask.words, "tag": ask.tag, "verdict": ask.verdict, "language": ask.language}
    return urlencode(asked | {"page": ask.page})


def remarks(found: list[Took], pages: list[Took], ask: Ask) -> str:
    with CaptureQueriesContext(connection) as captured:
        findings = find(ask)
    return (
        f"95th {high(found):.0f} ms; page {middle(pages):.0f} ms; {len(captured)} queries; "
        f"“{ask.words}”: {findings.total:,}"
    )


def indexing(count: int) -> Iterator[Figure]:
    whole = took(index.catch_up)
    each = Took(whole.passed / count, whole.worked / count)
    words = f"{waited(each.passed)}; {IndexedWord.objects.count():,} words in all"
    yield Figure("Indexing an article of 40 sentences", cost(each), 50, "ms", words)
    article = plain_article("long", sections=LONG)
    publication = took(lambda: publishing.publish(article, by=None))
    shown = PublishedArticle.objects.get(article=article)
    again = middle([took(lambda: written(shown)) for _time in range(9)])
    anew = []
    for _time in range(9):
        index.remove(shown)
        anew.append(took(lambda: written(shown)))
    yield Figure(
        "Indexing an article of 200 sentences",
        middle(anew),
        100,
        "ms",
        f"{again:.0f} ms where it is there already; publishing it took {cost(publication):.0f} ms",
    )
    if IndexedArticle.objects.count() != PublishedArticle.objects.count():
        raise RuntimeError("Articles are missing in the index.")


@transaction.atomic
def written(shown: PublishedArticle) -> None:
    index.write(shown)
