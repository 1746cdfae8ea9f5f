"""A save with thousands of revisions behind it, and what a changed sentence adds to the database.

.venv/bin/python benchmarks/save.py [--revisions 5000]
"""

import argparse
from collections.abc import Callable
from dataclasses import replace
from itertools import count, cycle

import installation
from measuring import cpu_of, interleaved
from report import Figure, conclude
from writing import plain_article, recounted, with_revisions

from articles import editing
from articles.history.state import ArticleText
from articles.history.store import head
from articles.models import Article
from articles.text import intake

ROUNDS = 40
SAVES = 200  # over which the growth of the database is averaged


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--revisions", type=int, default=5_000, help="behind the long history")
    revisions = arguments.parse_args().revisions
    installation.prepare()
    sample = Article.objects.get()
    draft = (installation.ROOT / "articles/sample/article.md").read_text(encoding="utf-8")
    bare = editing.import_found(intake.read(draft, plain=False), slug="without-evidence")
    conclude(
        [
            growth("the sample with its evidence", sample),
            growth("the same without evidence", bare),
            cpu(revisions),
        ]
    )


def growth(name: str, article: Article) -> Figure:
    """What a revision adds in which one sentence reads otherwise, a different one each time."""
    text = editing.article_text(article)
    now = {sentence: sentence for sentence in sentences(article, text)}
    before = installation.database_bytes()
    for number, sentence in zip(range(SAVES), cycle(now), strict=False):
        new = f"{sentence[:-1]}, by count {number}{sentence[-1]}"
        text = reworded(text, now[sentence], new)
        now[sentence] = new
        editing.save_article(article, text, base=head(article).hash, by=None)
    each = (installation.database_bytes() - before) // SAVES
    remark = f"mean of {SAVES} saves, {len(now)} sentences in turn"
    return Figure(f"A changed sentence adds, {name}", each, 3_000, "bytes", remark)


def sentences(article: Article, text: ArticleText) -> list[str]:
    """The sentences that stand in the Markdown letter for letter, and once."""
    markdown = "\n\n".join(section.body for section in text.sections)
    found = article.claims.standing().values_list("text", flat=True)
    return [sentence for sentence in found if markdown.count(sentence) == 1]


def reworded(text: ArticleText, old: str, new: str) -> ArticleText:
    return replace(
        text, sections=tuple(replace(s, body=s.body.replace(old, new)) for s in text.sections)
    )


def cpu(revisions: int) -> Figure:
    """A save with a long history behind it against the second one of a new article."""
    long = plain_article("long")
    with_revisions(long, revisions)
    figures = count(1_000_000)
    slugs = (f"short-{number}" for number in count())
    found = interleaved(
        lambda: cpu_of(save(long, next(figures))),
        lambda: cpu_of(save(plain_article(next(slugs)), next(figures))),
        rounds=ROUNDS,
    )
    return Figure(
        f"CPU of a save with {revisions:,} revisions behind it, against 1",
        found.ratio,
        1.2,
        remark=f"{found.subject * 1e3:.1f} / {found.yardstick * 1e3:.1f} ms",
    )


def save(article: Article, figure: int) -> Callable[[], editing.Saved]:
    """A save of one changed sentence, ready to be called."""
    text, base = recounted(editing.article_text(article), figure), head(article).hash
    return lambda: editing.save_article(article, text, base=base, by=None)


if __name__ == "__main__":
    main()
