"""The article as a work that others cite, and the works that it cites, in CSL-JSON."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.history.state import ArticleState
from articles.reading import addressing
from articles.text import bibtex, csl
from articles.text.bibliography import FORMATS
from articles.text.cite import Reference, parts
from articles.text.csl import Csl


def cited(state: ArticleState) -> list[Csl]:
    """The works cited; what is taken from each under ``custom``, as CSL has no field for it."""
    uses: dict[str, list[dict[str, str]]] = {}
    for claim in state.claims():
        for citation in claim.citations:
            use = {
                "claim": claim.uid,
                "stance": citation.stance,
                "quote": citation.quote,
                "locator": citation.locator,
            }
            uses.setdefault(citation.source, []).append(use)
    return [
        csl.item(source) | {"custom": {"citations": uses[source.uid]}} for source in state.cited()
    ]


@dataclass(frozen=True, slots=True)
class File:
    """The article's own description in one format, to download."""

    name: str
    ending: str
    address: str


@dataclass(frozen=True, slots=True)
class Cited:
    """How to cite a revision."""

    work: Reference
    path: str
    address: str  # the same with the site before it
    bibtex: str  # to copy; the other formats are made for programs, which open files
    files: tuple[File, ...]


def how_to_cite(item: Csl, slug: str, number: int) -> Cited:
    files = (
        File(form.name, ending, addressing.path(f"cite_{ending}", slug, number))
        for ending, form in FORMATS.items()
    )
    path = addressing.path("revision", slug, number)
    return Cited(parts(item, get_language()), path, item["URL"], bibtex.write([item]), tuple(files))


def as_work(
    state: ArticleState,
    *,
    number: int,
    sha256: str,
    published_at: datetime,
    responsible: str,
    headline: str,
) -> Csl:
    """A published revision as a work. Its author is who answers for it, or nobody."""
    address = addressing.path("revision", state.slug, number)
    origin = _("Revision %(number)d, sha256:%(hash)s.") % {"number": number, "hash": sha256}
    item: Csl = {
        "id": f"{state.slug}-{number}",
        "type": "webpage",
        "title": state.title,
        "author": [{"literal": responsible}] if responsible else [],
        "container-title": settings.SITE_NAME,
        "publisher": settings.SITE_NAME,
        "issued": csl.date_parts(published_at.date().isoformat()),
        "URL": settings.SITE_URL + address,
        "language": state.language,
        "version": str(number),
        "note": f"{headline} {origin}",
    }
    return {key: value for key, value in item.items() if value}
