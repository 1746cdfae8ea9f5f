"""An article's sentences as W3C Web Annotations, with the text that their positions count.

A sentence whose present words are judged is assessed; any other is identified by its address,
for nobody has assessed it as it reads now. A quote links its source to the sentence.

Both selectors of a sentence are relative to the revision's plain text (``revisions/N.txt``):
the headings and the sections' texts, apart by an empty line, in Unicode code points, as they
are, without normalisation. Start is included, end is not.
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from articles.history.state import ArticleState, CitationState, ClaimState, VerdictState
from articles.history.store import load
from articles.models import PublishedArticle
from articles.reading import notice, visible
from articles.reading.linked_data import web_address
from articles.reading.links import absolute
from articles.reading.sections import in_place
from articles.reading.serving import serve
from articles.text.canonical import moment as written
from articles.text.plain import plain
from articles.text.render import render
from articles.text.spans import Span

Node = dict[str, Any]

ANNOTATIONS = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
TEXT = "text/plain; charset=utf-8"
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
BESIDE = 32  # characters before and after a sentence, to tell it from others that read the same
# What an editor left out of a quote, or put into it.
EDITED = re.compile(r"\s*(?:\[[^\]]*\]|…|\.{3})\s*")


def annotations(request: HttpRequest, slug: str) -> HttpResponse:
    return serve(request, slug, "annotations", annotations_document, content_type=ANNOTATIONS)


def revision_text(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The plain text of a published revision."""
    return serve(
        request,
        slug,
        f"text-{number}",
        lambda row: laid_out(load(visible.revision(row.article_id, number)))[0],
        content_type=TEXT,
        also_withdrawn=True,
    )


def laid_out(state: ArticleState) -> tuple[str, dict[str, Span]]:
    """The article's plain text, and where each claim stands in it, by uid."""
    parts: list[str] = []
    places: dict[str, Span] = {}
    length = 0
    for section in state.sections:
        body = plain(render(section.body, prefix=section.uid)).text
        for part in filter(None, (section.heading, body)):
            parts.append(part)
            length += len(part) + 2
        start = length - 2 - len(body)
        for claim in in_place(section.claims, body):
            places[claim.uid] = Span(start + claim.start, start + claim.end)
    return "\n\n".join(parts), places


def annotations_document(row: PublishedArticle) -> str:
    state = load(row.publication.revision)
    items = list(annotated(state, row))
    address = absolute("annotations", row.slug)
    page = {
        "id": f"{address}#page",
        "type": "AnnotationPage",
        "partOf": address,
        "startIndex": 0,
        "items": items,
    }
    collection = {
        "@context": CONTEXT,
        "id": address,
        "type": "AnnotationCollection",
        "label": state.title,
        "modified": utc(row.published_at),
        "total": len(items),
        "first": page,
        "last": page["id"],
    }
    return json.dumps(collection, ensure_ascii=False, indent=1) + "\n"


def annotated(state: ArticleState, row: PublishedArticle) -> Iterator[Node]:
    """The annotations in the order of the text."""
    text, places = laid_out(state)
    for claim in state.claims():
        if claim.uid in places:
            yield sentence(claim, target(text, places[claim.uid], state, row), state.language)
        for citation in claim.citations:
            yield from quoted(citation, claim, state)


def sentence(claim: ClaimState, target: Node, language: str) -> Node:
    address = absolute("claim", claim.uid)
    if claim.verdict is None or claim.stale:
        return {
            "id": f"{address}#sentence",
            "type": "Annotation",
            "motivation": "identifying",
            "body": address,
            "target": target,
        }
    return {
        "id": f"{address}#verdict-{claim.verdict.uid}",
        "type": "Annotation",
        "motivation": "assessing",
        "created": utc(claim.verdict.judged_at),
        "creator": judge(claim.verdict),
        "body": list(said(claim.verdict, language)),
        "target": target,
    }


def judge(verdict: VerdictState) -> Node:
    if verdict.editor:
        return {"type": "Person", "nickname": verdict.editor}
    return {"type": "Software", "nickname": "machine"}


def said(verdict: VerdictState, language: str) -> Iterator[Node]:
    """The rating as it stands in the article's JSON, whose claim it rates, the judge's note."""
    yield {
        "type": "TextualBody",
        "purpose": "assessing",
        "format": "text/plain",
        "value": verdict.rating,
    }
    if verdict.claimant:
        with translation.override(language):
            about = notice.judges(verdict.claimant, verdict.claimed)
        yield {
            "type": "TextualBody",
            "purpose": "describing",
            "format": "text/plain",
            "language": language,
            "value": about,
        }
    if verdict.note:
        yield {
            "type": "TextualBody",
            "purpose": "commenting",
            "format": "text/plain",
            "language": language,
            "value": verdict.note,
        }


def utc(moment: datetime) -> str:
    """The moment as annotations write it, with a Z."""
    return written(moment).replace("+00:00", "Z")


def target(text: str, place: Span, state: ArticleState, row: PublishedArticle) -> Node:
    """The sentence in the revision that readers see, of which the hash is named."""
    return {
        "type": "SpecificResource",
        "source": absolute("revision", state.slug, row.number),
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": place.of(text),
                "prefix": text[max(place.start - BESIDE, 0) : place.start],
                "suffix": text[place.end : place.end + BESIDE],
            },
            {"type": "TextPositionSelector", "start": place.start, "end": place.end},
        ],
        "state": {
            "type": "TimeState",
            "sourceDate": utc(row.published_at),
            "cached": absolute("revision-text", state.slug, row.number),
            "dcterms:identifier": f"sha256:{row.hash}",
        },
    }


def quoted(citation: CitationState, claim: ClaimState, state: ArticleState) -> Iterator[Node]:
    """A quote that can be looked for on the web, linked to the sentence that rests on it.

    A quote that leaves something out has a target for each piece.
    """
    source = web_address(state.source_by_uid[citation.source])
    pieces = [piece for piece in EDITED.split(citation.quote) if piece]
    if not (source and pieces):
        return
    address = absolute("claim", claim.uid)
    yield {
        "id": f"{address}#citation-{citation.uid}",
        "type": "Annotation",
        "motivation": "linking",
        "body": address,
        "target": [
            {
                "type": "SpecificResource",
                "source": source,
                "selector": {"type": "TextQuoteSelector", "exact": piece},
            }
            for piece in pieces
        ],
    }
