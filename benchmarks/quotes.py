"""Finding quotes in texts of a megabyte: the time of one check.

.venv/bin/python benchmarks/quotes.py [--runs 9]

CPU of this thread, medians. "Read and found" prepares the text for the one quote; "found" asks a
text that is prepared already, as for the second quote of a source.
"""

import argparse
import sys
import textwrap
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

from following import milliseconds, sentence
from report import Figure, conclude

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from articles.text.quotes import Prepared

SIZE = 1_000_000  # characters
LINES_A_PAGE = 45
BOUNDS = {"plain": 50, "typeset": 75, "decomposed": 500}  # ms
BOUND_FOUND = 25  # ms


def plain(dice: Random, size: int = SIZE) -> str:
    """Paragraphs of lines of ASCII."""
    paragraphs, length = [], 0
    while length < size:
        said = " ".join(sentence(dice) for _sentence in range(8))
        paragraphs.append("\n".join(textwrap.wrap(said, 90)))
        length += len(paragraphs[-1]) + 2
    return "\n\n".join(paragraphs)[:size]


def typeset(dice: Random) -> str:
    """The same with curly quotation marks, ligatures, soft hyphens, and pages with heads."""
    text = plain(dice).replace("fi", "ﬁ").replace("'", "’").replace("reservoir", "reser\u00advoir")
    lines = text.replace(" near ", " – “near” ").split("\n")
    pages = [lines[at : at + LINES_A_PAGE] for at in range(0, len(lines), LINES_A_PAGE)]
    return "\n".join(
        f"\fThe surveyors’ œuvre\n{number}\n" + "\n".join(page) for number, page in enumerate(pages)
    )


def decomposed(dice: Random) -> str:
    """The same with accents that stand after their letters."""
    return plain(dice).replace("er ", "e\u0301r ").replace("a ", "a\u0300 ")


TEXTS: dict[str, Callable[[Random], str]] = {
    "plain": plain,
    "typeset": typeset,
    "decomposed": decomposed,
}


def quotes(dice: Random, text: str) -> dict[str, str]:
    """A quote from the midst of the text, the same with other words, and one from nowhere."""
    words = text[len(text) // 2 :].split()[1:]  # the first one is cut
    near = words[:40]
    near[7], near[23] = "never", "15,209"
    return {
        "exact": " ".join(words[:40]),
        "near": " ".join(near),
        "missing": "Herons nest beside the airfield at dawn, and nobody minds them there at all.",
        "exact, 2,000 words": " ".join(words[:2_000]),
        "near, 2,000 words": " ".join([*words[:900], "never", *words[900:2_000]]),
        "with an ellipsis": f"{' '.join(words[:12])} … {' '.join(words[15:30])}",
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--runs", type=int, default=9)
    measured = partial(milliseconds, runs=arguments.parse_args().runs)
    figures = []
    for kind, make in TEXTS.items():
        dice = Random(1)
        text = make(dice)
        prepared = Prepared(text)
        for result, quote in quotes(dice, text).items():
            name = f"{kind}, {result}"
            if not result.startswith((prepared.find(quote).result, "with")):
                raise RuntimeError(f"{name} is {prepared.find(quote).result}")
            took = measured(lambda text=text, quote=quote: Prepared(text).find(quote))
            again = measured(lambda prepared=prepared, quote=quote: prepared.find(quote))
            figures.append(Figure(f"{name}: read and found", took, BOUNDS[kind], "ms"))
            figures.append(Figure(f"{name}: found", again, BOUND_FOUND, "ms"))
    conclude([*figures, growth(measured)])


def growth(measured: Callable[[Callable[[], object]], float]) -> Figure:
    short, long = (plain(Random(2), size) for size in (SIZE // 4, SIZE))
    quote = quotes(Random(2), short)["near"]
    ratio = measured(lambda: Prepared(long).find(quote)) / measured(
        lambda: Prepared(short).find(quote)
    )
    return Figure("From 0.25 to 1 MB, near", ratio, 6, remark="times the time for 4 times the text")


if __name__ == "__main__":
    main()
