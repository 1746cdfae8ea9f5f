"""A work as CSL-JSON, and as a reference that people read (Chicago, notes style)."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

Csl = dict[str, object]

DOI_PREFIX = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
# Works that stand for themselves; others' titles go into quotation marks.
WHOLE_WORKS = {"book", "dataset", "legislation", "manuscript", "regulation", "report", "thesis"}
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


class Work(Protocol):
    """What a citation needs to know, as plain values; SourceState and Source are such works."""

    uid: str
    type: str  # a type of CSL 1.0.2
    title: str
    authors: str  # one a line: "Family, Given"; a body "{UN Security Council}"
    container_title: str
    publisher: str
    issued: str  # a year, a month or a day in ISO 8601, or ""
    url: str
    doi: str
    language: str
    accessed: date | None
    note: str


def csl(work: Work) -> Csl:
    """The work as an item of CSL-JSON (schema csl-data.json), without what is unknown."""
    item: Csl = {
        "id": work.uid,
        "type": work.type,
        "title": work.title,
        "author": [who for line in work.authors.splitlines() if any((who := name(line)).values())],
        "container-title": work.container_title,
        "publisher": work.publisher,
        "issued": date_parts(work.issued),
        "accessed": date_parts(work.accessed.isoformat() if work.accessed else ""),
        "URL": work.url,
        "DOI": work.doi,
        "language": work.language,
        "note": work.note,
    }
    return {key: value for key, value in item.items() if value}


def name(line: str) -> dict[str, str]:
    """A name of CSL from an author's line.

    >>> name("Sims, Christopher")
    {'family': 'Sims', 'given': 'Christopher'}
    >>> name("{UN Security Council}")
    {'literal': 'UN Security Council'}
    """
    line = line.strip()
    if line.startswith("{") or "," not in line:
        return {"literal": line.strip("{} ")}
    family, given = (part.strip() for part in line.split(",", 1))
    if not (family and given):
        return {"literal": family or given}
    return {"family": family, "given": given}


def date_parts(day: str) -> dict[str, list[list[int]]] | None:
    """A date of CSL from a year, month or day in ISO 8601; None for an empty one.

    >>> date_parts("2017-06")
    {'date-parts': [[2017, 6]]}
    """
    return {"date-parts": [[int(part) for part in day.split("-")]]} if day else None


@dataclass(frozen=True, slots=True)
class Reference:
    """The parts of a readable reference; what is unknown is empty."""

    authors: str
    title: str
    whole: bool  # a work of its own, no part of a container
    container: str
    publisher: str
    issued: str  # ISO 8601, as precise as known
    url: str  # of the work; its DOI's where it has one
    names: tuple[str, ...] = field(default=())  # family names and bodies, for short forms

    @property
    def short(self) -> str:
        """Who said it, in a few words: the authors, else who published it, else the title."""
        return _listed(self.names) or self.container or self.publisher or self.title


def parts(item: Csl) -> Reference:
    authors = item.get("author", [])
    issued = item.get("issued")
    doi = DOI_PREFIX.sub("", item.get("DOI", ""))
    container, publisher = item.get("container-title", ""), item.get("publisher", "")
    return Reference(
        authors=_listed([_in_order(author) for author in authors]),
        title=item["title"],
        whole=item["type"] in WHOLE_WORKS,
        container=container,
        publisher=publisher if publisher != container else "",
        issued="-".join(f"{n:02}" for n in issued["date-parts"][0]) if issued else "",
        url=f"https://doi.org/{doi}" if doi else item.get("URL", ""),
        names=tuple(author.get("family") or author["literal"] for author in authors),
    )


def reference(item: Csl) -> str:
    """The work in one line of plain text, in English dates.

    >>> reference({"id": "a", "type": "article-magazine", "title": "Peacekeeping in Mali",
    ...     "author": [{"family": "Sims", "given": "Christopher"}],
    ...     "container-title": "Military Review", "issued": {"date-parts": [[2024, 9]]},
    ...     "URL": "https://example.org/a"})
    'Christopher Sims, “Peacekeeping in Mali”, Military Review, September 2024, https://example.org/a.'
    """
    found = parts(item)
    told = (
        found.authors,
        found.title if found.whole else f"“{found.title}”",
        found.container,
        found.publisher,
        in_words(found.issued),
        found.url,
    )
    return ", ".join(part for part in told if part) + "."


def in_words(day: str) -> str:
    """A year, month or day in English.

    >>> in_words("2017-06-30"), in_words("2017-06"), in_words("2017"), in_words("")
    ('30 June 2017', 'June 2017', '2017', '')
    """
    year, month, day = [*day.split("-"), "", ""][:3]
    words = (day.lstrip("0"), MONTHS[int(month) - 1] if month else "", year)
    return " ".join(word for word in words if word)


def _in_order(author: dict[str, str]) -> str:
    return author.get("literal") or f"{author['given']} {author['family']}"


def _listed(names: list[str] | tuple[str, ...]) -> str:
    """Names in a row, four at most before “et al.” takes the rest's place.

    >>> _listed(["Sims", "Ba", "Keïta"])
    'Sims, Ba and Keïta'
    """
    if len(names) > 4:
        return f"{names[0]} et al."
    *most, last = names or [""]
    return f"{', '.join(most)} and {last}" if most else last
