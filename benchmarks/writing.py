"""Articles to measure, made through the doors as real ones are."""

import re
from dataclasses import replace

from django.db import transaction

from articles import editing, publishing
from articles.history.state import ArticleText, SectionText
from articles.models import Article, Publication, Revision
from articles.publishing import log

WORD = re.compile(r"[^\W_]+")
BODY = """Camp {section} had {figure:,} members in its first year. It was led from the capital.

Two of its gates lay in the north. The road between them was mined."""


def plain_article(slug: str, *, sections: int = 12) -> Article:
    """A short article without evidence, so that thousands of revisions take a minute."""
    return editing.create_article(
        ArticleText(
            slug=slug,
            title=f"Article {slug}",
            language="en",
            translation_of="",
            see_also=(),
            sections=tuple(
                SectionText("", 2, f"Section {number}", BODY.format(section=number, figure=1_000))
                for number in range(1, sections + 1)
            ),
        ),
        by=None,
    )


def recounted(text: ArticleText, figure: int) -> ArticleText:
    """A plain article's text with another figure in its very first sentence."""
    first, *others = text.sections
    body = BODY.format(section=1, figure=figure)
    return replace(text, sections=(replace(first, body=body), *others))


def with_revisions(article: Article, count: int, *, all_published: bool = False) -> None:
    """Give a new plain article so many revisions and publish the last one.

    ``all_published`` enters each of them in the log; only the last is written for readers'
    look-ups, which never hold more than one revision of an article.
    """
    text = editing.article_text(article)
    revision = article.revisions.get()
    with transaction.atomic():  # one sync to the disk for all
        for number in range(2, count + 1):
            if all_published:
                enter(revision)
            saved = editing.save_article(
                article,
                recounted(text, 1_000 + number),
                base=revision.hash,
                by=None,
                summary="Corrected the figure",
            )
            revision = saved.revision
        publishing.publish(article, by=None)


def with_words_of_many(article: Article, count: int) -> None:
    """As ``with_revisions``, but each changes another word, people and machines in turn."""
    revision = article.revisions.get()
    sections = list(editing.article_text(article).sections)
    with transaction.atomic():
        for number in range(2, count + 1):
            enter(revision)
            place, turn = number % len(sections), number // len(sections)
            words = sections[place].body.split(" ")
            words[turn % len(words)] = WORD.sub(f"{number}th", words[turn % len(words)], count=1)
            sections[place] = replace(sections[place], body=" ".join(words))
            saved = editing.save_article(
                article,
                replace(editing.article_text(article), sections=tuple(sections)),
                base=revision.hash,
                by=None,
                origin="ai" if number % 2 else "human",
            )
            revision = saved.revision
        publishing.publish(article, by=None)


def enter(revision: Revision) -> None:
    log.append(revision, act=Publication.Act.PUBLISHED, author="", changes={"sentences_changed": 1})
