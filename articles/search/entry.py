"""An article's entry in the index, made of what readers look up; in the caller's transaction."""

import unicodedata
from collections.abc import Callable, Iterable

from django.db import transaction

from articles.models import (
    IndexedArticle,
    PublishedArticle,
    PublishedCitation,
    PublishedTag,
)
from articles.search import vocabulary
from articles.search.database import index
from articles.search.facets import language_facet, state, state_facet, tag_facet
from articles.text.words import terms, words

EDITION = 1  # of the rules in text/words.py and here: raise it, and catch_up writes all anew


def write(shown: PublishedArticle) -> None:
    """Let search find the article as readers see it now."""
    values = entry(shown)
    before = IndexedArticle.objects.filter(pk=shown.pk).values_list("words", flat=True).first()
    row, _created = IndexedArticle.objects.update_or_create(article=shown, defaults=values)
    index().written(row)
    vocabulary.replace(before or "", row.words)


def remove(shown: PublishedArticle) -> None:
    """Let search find nothing of the article any more."""
    row = IndexedArticle.objects.filter(pk=shown.pk).first()
    if row:
        vocabulary.replace(row.words, "")
        row.delete()


def catch_up(progress: Callable[[Iterable[int]], Iterable[int]] = iter) -> int:
    """Index the published articles that are not, or by older rules; return how many."""
    current = IndexedArticle.objects.filter(edition=EDITION).values("pk")
    lacking = PublishedArticle.objects.shown().exclude(pk__in=current)
    count = 0
    for pk in progress(list(lacking.order_by("pk").values_list("pk", flat=True))):
        with transaction.atomic():
            shown = PublishedArticle.objects.select_for_update().get(pk=pk)
            if not shown.withdrawn:
                write(shown)
                count += 1
    return count


def entry(shown: PublishedArticle) -> dict[str, object]:
    """The columns of the article's row."""
    sections = list(shown.sections.values_list("uid", "heading"))
    places = {uid: number for number, (uid, _heading) in enumerate(sections)}
    claims = list(
        shown.claims.filter(current=True).values_list("section", "uid", "text", "rating", "stale")
    )
    states = [state(rating, stale) for *_what, rating, stale in claims]
    tags = list(PublishedTag.objects.filter(section__article=shown).values_list("name", "slug"))
    sources = dict(
        PublishedCitation.objects.filter(claim__article=shown)
        .order_by("source__title", "source")
        .values_list("source__uid", "source__title")
    )
    headings = [heading for _uid, heading in sections]
    texts = [text for _section, _uid, text, *_state in claims]

    def lines(texts: Iterable[str]) -> str:
        return "\n".join(" ".join(terms(text, shown.language)) for text in texts)

    return {
        "edition": EDITION,
        "language": shown.language,
        "title": lines([shown.title]),
        "headings": lines(headings),
        "tags": lines(sorted({name for name, _slug in tags})),
        "sources": lines(sources.values()),
        "sentences": lines(texts),
        "facets": " ".join(
            [
                language_facet(shown.language),
                *map(state_facet, sorted(set(states))),
                *map(tag_facet, sorted({slug for _name, slug in tags})),
            ]
        ),
        "places": "\n".join(
            f"{places[section]} {state} {uid}"
            for (section, uid, *_rest), state in zip(claims, states, strict=True)
        ),
        "cited": "\n".join(sources),
        "words": " ".join(sorted(written([shown.title, *headings, *texts, *sources.values()]))),
    }


def written(texts: Iterable[str]) -> set[str]:
    """The words worth suggesting, as they are written but for capitals."""
    return {
        unicodedata.normalize("NFC", text[word.start : word.end]).lower()
        for text in texts
        for word in words(text)
        if vocabulary.is_worthy(word.folded)
    }
