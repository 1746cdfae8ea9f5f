"""The search page. It works as a plain form; its address says all that it depends on."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.models import Language
from articles.reading import log, notice, paging
from articles.reading.finding import MOST, Ask, Findings, Found, Hit, find
from articles.reading.listing import review_of
from articles.reading.serving import answer
from articles.search.facets import STALE
from articles.text.canonical import sha256

LONGEST = 200  # characters of a question


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A hit, and how its sentence stands, in words."""

    hit: Hit
    label: str
    whose: str


@dataclass(frozen=True, slots=True)
class Group:
    """An article with its hits, and how far its review is."""

    found: Found
    headline: str
    lines: list[Line]


def search(request: HttpRequest) -> HttpResponse:
    asked = asked_for(request)
    if len(asked.words) > LONGEST:
        return too_long(request, asked)
    return answer(
        request,
        f"search-{sha256(address_of(asked, asked.page))[:20]}-{log.head().key}",
        lambda: page(find(asked)),
        # Whoever asks for many things must not drive the articles' pages from the cache.
        kept=False,
    )


def asked_for(request: HttpRequest) -> Ask:
    """What the address asks for; filters that there are not are left out."""

    def said(name: str) -> str:
        return " ".join(request.GET.get(name, "").replace("\0", " ").split())

    verdict, language = said("verdict"), said("language")
    return Ask(
        words=said("q"),
        tag=said("tag")[:LONGEST],
        verdict=verdict if verdict in (*notice.RATINGS, STALE) else "",
        language=language if language in Language.values else "",
        page=paging.number(request),
        interface=get_language(),
        exact=said("exact") == "1",
    )


def too_long(request: HttpRequest, asked: Ask) -> HttpResponse:
    """Answer 400 and say why; what was typed stays, as far as the box takes it."""
    sentence = _(
        "That is too much to look for: %(count)d characters, where at most %(most)d can be. "
        "Try a few words of it."
    ) % {"count": len(asked.words), "most": LONGEST}
    cut = replace(asked, words=asked.words[:LONGEST])
    context = filters(cut) | {"ask": cut, "refusal": sentence, "longest": LONGEST}
    return HttpResponse(loader.render_to_string("articles/search.html", context), status=400)


def page(findings: Findings) -> str:
    ask = findings.ask
    return loader.render_to_string(
        "articles/search.html",
        filters(ask, findings.tags)
        | {
            "ask": ask,
            "own": address_of(ask, ask.page) if ask.words else "",
            "longest": LONGEST,
            "findings": findings,
            "reached": MOST,
            "groups": [group(found) for found in findings.found],
            "page": findings.page,
            "query": address_of(ask) + "&",
            "suggested": address_of(replace(ask, words=findings.meant or findings.suggestion)),
            "exactly": address_of(replace(ask, exact=True)),
            "unfiltered": address_of(Ask(ask.words)),
        },
    )


def group(found: Found) -> Group:
    row = found.article
    return Group(
        found, notice.headline(review_of(row), row.responsible), [line(hit) for hit in found.hits]
    )


def line(hit: Hit) -> Line:
    if hit.kind != "sentence":
        return Line(hit, "", "")
    if hit.stale:
        return Line(hit, _("Text changed since it was checked"), "")
    said = filter(None, (notice.whose(hit.by), notice.about(hit.claimant)))
    return Line(hit, notice.label(hit.rating), ", ".join(said))


def filters(ask: Ask, tags: tuple[tuple[str, str], ...] = ()) -> dict[str, object]:
    """The choices to narrow by."""
    named = dict(tags)
    if ask.tag:
        named.setdefault(ask.tag, ask.tag)
    verdicts = {rating: notice.label(rating) for rating in notice.RATINGS}
    verdicts[STALE] = _("Text changed since it was checked")
    return {
        "tags": choices(named, ask.tag),
        "verdicts": choices(verdicts, ask.verdict),
        "languages": choices(dict(Language.choices), ask.language),
        "filtered": bool(ask.tag or ask.verdict or ask.language),
    }


def choices(labels: dict[str, object], chosen: str) -> list[Choice]:
    return [Choice(value, str(label), value == chosen) for value, label in labels.items()]


def address_of(ask: Ask, page: int = 1) -> str:
    """The address's query without what is not asked for."""
    values = {
        "q": ask.words,
        "tag": ask.tag,
        "verdict": ask.verdict,
        "language": ask.language,
        "exact": "1" if ask.exact else "",
    }
    said = {name: value for name, value in values.items() if value or name == "q"}
    return urlencode(said | ({"page": page} if page > 1 else {}))
