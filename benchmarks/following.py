"""Following claims through an edit: the time it takes, by the share of sentences that changed.

.venv/bin/python benchmarks/following.py [--runs 9]

CPU of this thread, medians. "Followed" is `follow` alone, given the sentences of both sides; "read
and followed" renders both texts and splits them into sentences before.
"""

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from statistics import median

from measuring import cpu_of
from report import Figure, conclude

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from articles.text.follow import Claim, NewSection, OldSection, follow
from articles.text.plain import plain
from articles.text.render import render
from articles.text.sentences import units

PER_SECTION = 20  # sentences
PER_PARAGRAPH = 5

PLACES = """
Tessit|Halvern|Orrisk|Menaway|Quell|Dastra|Ilmen|Corvo|Sable|Yarrow|Pell|Untara
"""
WHO = """
the harbour board|a team of surveyors|the district council|an independent panel|the rail union
two engineers|the water company|local growers|the school committee|a court in the capital
the night nurses|the ferry crews|its first director|the museum|a group of volunteers
"""
DID = """
reopened|postponed|paid for|inspected|moved|sold|criticised|rebuilt|measured|closed|insured
renamed|flooded|painted|leased|photographed|abandoned|extended
"""
WHAT = """
the northern pier|a bridge over the canal|the old granary|forty kilometres of track|the clinic
the market hall|a line of pylons|the reservoir|the lower town|a fleet of buses|the archive
the signal tower|three wells|the winter road|the customs house|a row of workshops|the dam
"""
WHY = """
after months of complaints|because the ground had settled|at a cost of {n} crowns|in {year}
despite warnings from the coast guard|for {n} residents|before the rains of {year}
although nobody had asked for it|with a loan over {k} years|when prices fell by {k} per cent
which took {k} weeks|as the treaty of {year} demanded|under a licence of {year}
"""
OTHER_WORDS = """
quietly|twice|mostly|later|again|soon|reportedly|together|briefly|formally
"""

Article = list[list[str]]  # sentences by section


def one_of(phrases: str, dice: Random) -> str:
    return dice.choice(phrases.strip().replace("\n", "|").split("|"))


def sentence(dice: Random) -> str:
    who, did, what, why = (one_of(phrases, dice) for phrases in (WHO, DID, WHAT, WHY))
    figures = {"n": f"{dice.randrange(1_000, 90_000):,}", "year": dice.randrange(1950, 2024)}
    reason = why.format(k=dice.randrange(2, 60), **figures)
    said = f"{who} {did} {what} near {one_of(PLACES, dice)} {reason}."
    return said[0].upper() + said[1:]


def article(dice: Random, length: int) -> Article:
    """So many sentences, no two of them the same."""
    found: dict[str, None] = {}
    while len(found) < length:
        found[sentence(dice)] = None
    text = list(found)
    return [text[at : at + PER_SECTION] for at in range(0, length, PER_SECTION)]


def edited(dice: Random, before: Article, share: float) -> Article:
    """Change this share of the sentences: mostly words and figures, some in larger ways."""
    places = [(s, n) for s, section in enumerate(before) for n in range(len(section))]
    chosen = set(dice.sample(places, round(share * len(places))))
    after: Article = [[] for _section in before]
    for s, n in places:
        now = [before[s][n]]
        if (s, n) in chosen:
            now = dice.choices(CHANGES, WEIGHTS)[0](dice, now[0])
        elsewhere = (s, n) in chosen and dice.random() < MOVED
        after[dice.randrange(len(after)) if elsewhere else s] += now
    return after


def with_a_word(dice: Random, said: str) -> list[str]:
    words = said.split()
    words.insert(dice.randrange(2, len(words)), one_of(OTHER_WORDS, dice))
    return [" ".join(words)]


def without_words(dice: Random, said: str) -> list[str]:
    words = said.split()
    at = dice.randrange(2, len(words) - 2)
    return [" ".join(words[:at] + words[at + 2 :])]


def with_another_place(dice: Random, said: str) -> list[str]:
    start, _, rest = said.partition(" near ")
    return [f"{start} near {one_of(PLACES, dice)} {rest.partition(' ')[2]}"]


def in_two(dice: Random, said: str) -> list[str]:
    start, _, rest = said.partition(" near ")
    return [f"{start} {one_of(OTHER_WORDS, dice)}.", f"This was near {rest}"]


def replaced(dice: Random, _said: str) -> list[str]:
    return [sentence(dice)]


def dropped(_dice: Random, _said: str) -> list[str]:
    return []


CHANGES: list[Callable[[Random, str], list[str]]] = [
    with_a_word,
    without_words,
    with_another_place,
    in_two,
    replaced,
    dropped,
]
WEIGHTS = [30, 20, 20, 10, 10, 10]
FEW = 0.05
MOVED = 0.05  # of the changed ones, to another section


def markdown(section: list[str]) -> str:
    starts = range(0, len(section), PER_PARAGRAPH)
    return "\n\n".join(" ".join(section[at : at + PER_PARAGRAPH]) for at in starts)


def read(texts: list[str]) -> list[NewSection]:
    sections = []
    for number, text in enumerate(texts):
        found = plain(render(text))
        sections.append(NewSection(str(number), found.text, tuple(units(found, "en"))))
    return sections


def with_claims(section: NewSection) -> OldSection:
    claims = (Claim(f"{section.uid}/{n}", span) for n, span in enumerate(section.units))
    return OldSection(section.uid, section.text, section.units, tuple(claims))


class Edit:
    """An article before and after."""

    def __init__(self, length: int, share: float, seed: int) -> None:
        dice = Random(seed)
        before = article(dice, length)
        self.length = length
        self.texts = [markdown(s) for s in before]
        self.later_texts = [markdown(s) for s in edited(dice, before, share)]
        self.before = [with_claims(section) for section in read(self.texts)]
        self.after = read(self.later_texts)

    def follow(self) -> None:
        follow(self.before, self.after)

    def read_and_follow(self) -> None:
        follow([with_claims(section) for section in read(self.texts)], read(self.later_texts))


def milliseconds(work: Callable[[], None], runs: int) -> float:
    work()
    return 1_000 * median(cpu_of(work) for _run in range(runs))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--runs", type=int, default=9)
    measured = partial(milliseconds, runs=arguments.parse_args().runs)
    figures = []
    for length, share, bound, bound_read in [
        (200, 0.05, 10, 50),
        (200, 0.3, 60, 100),
        (200, 1, 300, 350),
        (5_000, 0.01, 2_000, 3_000),
    ]:
        edit = Edit(length, share, seed=1)
        name = f"{length:,} sentences, {share:.0%} changed"
        figures.append(Figure(f"{name}, followed", measured(edit.follow), bound, "ms"))
        whole = measured(edit.read_and_follow)
        figures.append(Figure(f"{name}, read and followed", whole, bound_read, "ms"))
    conclude([*figures, growth(measured)])


def growth(measured: Callable[[Callable[[], None]], float]) -> Figure:
    short, long = Edit(200, FEW, seed=2), Edit(5_000, FEW, seed=2)
    ratio = measured(long.follow) / measured(short.follow)
    name = f"From 200 to 5,000 sentences, {FEW:.0%} changed"
    return Figure(name, ratio, 50, remark="times the time for 25 times the text")


if __name__ == "__main__":
    main()
