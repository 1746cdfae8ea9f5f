"""The export of 1,000 articles: a first run, one without a change, one after a change.

.venv/bin/python benchmarks/export.py [--articles 1000] [--sections 4] [--processes 2]

Each article has some sections of four sentences, tags, a source that is cited, and every tenth was
corrected once. Told are what passed and the seconds of a core that all processes took together;
the bound of two minutes is for two cores of their own, so it is half the seconds of a core that are
held to it, and what passed is told beside.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import installation
import library
from django.db import transaction
from report import Figure, conclude

from articles import editing, publishing
from articles.editing import CitationGiven, VerdictGiven
from articles.exporting import Outcome, export
from articles.history.state import ArticleText, SectionText
from articles.models import Article, Claim, Source

BOUND = 120.0  # seconds, on two cores
CORES = 2
SENTENCES = 4  # a section


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--articles", type=int, default=1_000)
    arguments.add_argument("--sections", type=int, default=4)
    arguments.add_argument("--processes", type=int, default=CORES)
    given = arguments.parse_args()
    installation.prepare()
    began = time.perf_counter()
    fill(given.articles, given.sections)
    print(f"{given.articles} articles made in {time.perf_counter() - began:.0f} s")
    with tempfile.TemporaryDirectory(prefix="minusma-export-") as room:
        root = Path(room, "site")

        def run() -> Outcome:
            return export(root, processes=given.processes)

        figures = [figure("first run", run)]
        print(f"{megabytes(root):.0f} MB")
        figures.append(figure("again, nothing changed", run))
        correct(Article.objects.get(slug="made-3"))
        figures.append(figure("again, one article changed", run))
    conclude(figures)


def figure(name: str, run: Callable[[], Outcome]) -> Figure:
    began, spent = time.perf_counter(), cpu()
    outcome = run()
    passed, spent = time.perf_counter() - began, cpu() - spent
    told = f"{spent:.0f} s of a core, {passed:.0f} s passed; {outcome.files:,} files, "
    told += f"{outcome.written:,} written"
    return Figure(name, spent / CORES, BOUND, "s", told)


def cpu() -> float:
    """Seconds of a core that this process and those that it ended took."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def megabytes(root: Path) -> float:
    return sum(path.stat().st_size for path in root.rglob("*") if path.is_file()) / 1e6


def fill(count: int, sections: int) -> None:
    dice = Random(1)
    writers = {language: library.Writer(dice, language) for language in ("en", "fr")}
    sources = [
        Source.objects.create(title=writers["en"].text(8), type="report", issued="2017-06")
        for _number in range(max(count // 10, 1))
    ]
    for number in range(count):
        with transaction.atomic():  # one sync to the disk for all
            article = made(number, sections, writers[library.language_of(number)], dice)
            claim = Claim.objects.filter(section__article=article).order_by("pk").first()
            editing.review_claim(
                claim,
                read=claim.text,
                verdicts=[VerdictGiven("supported", "Read there.")],
                citations=[CitationGiven(dice.choice(sources), quote="so many members")],
                by=None,
            )
            publishing.publish(article, by=None)
            if number % 10 == 0:
                correct(article)


def made(number: int, sections: int, writer: library.Writer, dice: Random) -> Article:
    def body() -> str:
        return " ".join(writer.sentence() for _sentence in range(SENTENCES))

    return editing.create_article(
        ArticleText(
            slug=f"made-{number}",
            title=f"{writer.text(5)} {number}",
            language=library.language_of(number),
            translation_of="",
            see_also=(),
            sections=tuple(
                SectionText(
                    "",
                    2,
                    writer.text(3) if place else "",
                    body(),
                    tags=(dice.choice(library.TAGS),) if place else (),
                )
                for place in range(sections)
            ),
        ),
        by=None,
    )


def correct(article: Article) -> None:
    """Change a sentence of the article and publish that."""
    text = editing.article_text(article)
    first, *others = text.sections
    corrected = replace(first, body=f"{first.body} It was in 2017.")
    editing.save_article(
        article,
        replace(text, sections=(corrected, *others)),
        base=article.revisions.latest("number").hash,
        by=None,
    )
    publishing.publish(article, by=None, note="A sentence was missing.")


if __name__ == "__main__":
    main()
