"""A work as a reference that people read: a full note of the Chicago Manual of Style, 17th edition.

Dates go day, month, year, as everywhere on the site; the manual allows it (9.35). In French the
same parts stand in the same order, with the words, quotation marks and spaces of French.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from articles.text.csl import DOI_PREFIX, Csl

# Works that stand for themselves; others' titles go into quotation marks.
WHOLE_WORKS = {"book", "dataset", "hearing", "legal_case", "report"}
# Their titles are names, and stand as they are.
NAMED = {"bill", "legislation", "regulation", "treaty"}
SERIALS = {"article-journal", "article-magazine", "article-newspaper"}
ONLINE = {"webpage", "post", "post-weblog"}
# What a work is where nothing else tells.
KINDS = {
    "article": "preprint",
    "interview": "interview",
    "manuscript": "manuscript",
    "personal_communication": "communication",
    "speech": "speech",
    "thesis": "thesis",
}
ENGLISH = {
    "open": "“",
    "close": ",”",
    "end": "”",
    "and": "and",
    "in": "in",
    "edited": "ed.",
    "editor": "ed.",
    "editors": "eds.",
    "issue": "no.",
    "volume": "vol.",
    "colon": ":",
    "accessed": "accessed",
    "blog": "blog",
    "entry": "s.v.",
    "preprint": "preprint",
    "interview": "interview",
    "manuscript": "unpublished manuscript",
    "communication": "personal communication",
    "speech": "speech",
    "thesis": "thesis",
}
FRENCH = {
    "open": "«\u202f",
    "close": "\u202f»,",
    "end": "\u202f»",
    "and": "et",
    "in": "dans",
    "edited": "sous la dir. de",
    "editor": "dir.",
    "editors": "dir.",
    "issue": "nº",
    "volume": "vol.",
    "colon": "\u00a0:",
    "accessed": "consulté le",
    "blog": "blog",
    "entry": "s.v.",
    "preprint": "prépublication",
    "interview": "entretien",
    "manuscript": "manuscrit inédit",
    "communication": "communication personnelle",
    "speech": "discours",
    "thesis": "thèse ou mémoire",
}
WORDS = {"en": ENGLISH, "fr": FRENCH}
MONTHS = {
    "en": (
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    ),
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin", "juillet"),
        *("août", "septembre", "octobre", "novembre", "décembre"),
    ),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a reference. Titles of works of their own, and of containers, go in italics."""

    text: str
    kind: Literal["", "title", "whole", "container"] = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """The parts of a readable reference; what is unknown is empty."""

    pieces: tuple[Piece, ...]  # the whole note, without the address and the full stop
    title: str
    issued: str  # ISO 8601, as precise as known
    url: str  # of the work; its DOI's where it has one
    short: str  # who said it, in a few words: the authors, else who published it, else the title

    @property
    def before(self) -> tuple[Piece, ...]:
        """The note up to the title."""
        return self.pieces[: self._place]

    @property
    def after(self) -> tuple[Piece, ...]:
        return self.pieces[self._place + 1 :]

    @property
    def whole(self) -> bool:
        return self.pieces[self._place].kind == "whole"

    @property
    def _place(self) -> int:
        return next(n for n, piece in enumerate(self.pieces) if piece.kind in ("title", "whole"))

    def __str__(self) -> str:
        told = "".join(piece.text for piece in self.pieces)
        return f"{told.removesuffix(',')}, {self.url}." if self.url else f"{told.rstrip('.')}."


def parts(item: Csl, lang: str = "en") -> Reference:
    """The reference in English or, for ``lang`` “fr”, in French."""
    doi = DOI_PREFIX.sub("", item.get("DOI", ""))
    issued = iso(item, "issued")
    names = [who.get("family") or who["literal"] for who in item.get("author", ())]
    words = WORDS.get(lang, ENGLISH)
    short = _listed(names, words) or item.get("container-title") or item.get("publisher")
    return Reference(
        pieces=tuple(_Note(item, lang if lang in WORDS else "en").pieces()),
        title=item["title"],
        issued=issued,
        url=f"https://doi.org/{doi}" if doi else item.get("URL", ""),
        short=short or item["title"],
    )


def reference(item: Csl, lang: str = "en") -> str:
    """The work in one line of plain text.

    >>> reference({"id": "a", "type": "article-magazine", "title": "Peacekeeping in Mali",
    ...     "author": [{"family": "Sims", "given": "Christopher"}],
    ...     "container-title": "Military Review", "issued": {"date-parts": [[2024, 9]]},
    ...     "URL": "https://example.org/a"})
    'Christopher Sims, “Peacekeeping in Mali,” Military Review, September 2024, https://example.org/a.'
    """
    return str(parts(item, lang))


class _Note:
    """The stretches of a note, one after the other."""

    def __init__(self, item: Csl, lang: str) -> None:
        self.item, self.lang, self.words = item, lang, WORDS[lang]
        self.type = item["type"]
        publisher, container = self.said("publisher"), self.said("container-title")
        # A site that publishes itself is named once.
        self.publisher = publisher if publisher != container else ""

    def said(self, name: str) -> str:
        return self.item.get(name, "")

    @property
    def number(self) -> str:
        """The work's own number, unless its title tells it."""
        number = self.said("number")
        return number if number not in self.item["title"] else ""

    @property
    def issued(self) -> str:
        return in_words(iso(self.item, "issued"), self.lang)

    def pieces(self) -> Iterator[Piece]:
        if self.type == "entry-encyclopedia" and self.said("container-title"):
            yield from self.entry()
            return
        yield from self.who()
        rest = [piece for group in self.rest() for piece in group]
        yield from self.title(last=not rest)
        yield from rest

    def who(self) -> Iterator[Piece]:
        """Who wrote it; of a book without authors, who edited it."""
        if authors := _people(self.item.get("author", ()), self.words):
            yield Piece(f"{authors}, ")
        elif self.type != "chapter" and (editors := self.editors()):
            role = "editors" if len(self.item["editor"]) > 1 else "editor"
            yield Piece(f"{editors}, {self.words[role]}, ")

    def editors(self) -> str:
        return _people(self.item.get("editor", ()), self.words)

    def title(self, *, last: bool) -> Iterator[Piece]:
        title = self.item["title"]
        if self.type in WHOLE_WORKS:
            yield Piece(title, "whole")
        elif self.type in NAMED:
            yield Piece(title, "title")
        else:
            yield Piece(self.words["open"])
            yield Piece(title, "title")
            comma = not last and not self.bracketed()
            yield Piece(self.words["close" if comma else "end"])

    def bracketed(self) -> bool:
        """Whether what follows the title stands in brackets, where no comma goes before."""
        return self.type in KINDS

    def rest(self) -> Iterator[tuple[Piece, ...]]:
        """What follows the title, each part with what joins it to the one before."""
        quoted = self.type not in WHOLE_WORKS | NAMED
        joint = " " if quoted and not self.bracketed() else ", "
        if self.type in SERIALS:
            groups = self.serial()
        elif self.type == "chapter":
            groups = self.chapter()
        elif self.type in ("book", "report"):
            groups = self.book()
        elif self.type in NAMED or self.type in ("legal_case", "hearing"):
            groups = self.law()
        elif self.bracketed():
            groups = self.unpublished()
        else:
            groups = self.page()
        for group in groups:
            if group:
                brackets = group[0].text.startswith("(")
                yield Piece(" " if brackets else joint), *group
                joint = ", "

    def serial(self) -> Iterator[tuple[Piece, ...]]:
        container, volume, issue = map(self.said, ("container-title", "volume", "issue"))
        where = " ".join(
            filter(None, (volume, "," if volume and issue else "", self.numbered(issue)))
        ).replace(" ,", ",")
        pages = self.said("page")
        if self.type == "article-journal" and where:
            date = f" ({self.issued})" if self.issued else ""
            tail = f"{self.words['colon']} {pages}" if pages else ""
            yield (*_container(container), Piece(f"{' ' if container else ''}{where}{date}{tail}"))
            return
        yield _container(container)
        yield _text(where)
        yield _text(self.publisher)
        yield _text(self.issued)
        yield _text(pages)

    def numbered(self, issue: str) -> str:
        return f"{self.words['issue']} {issue}" if issue else ""

    def chapter(self) -> Iterator[tuple[Piece, ...]]:
        if container := self.said("container-title"):
            yield Piece(f"{self.words['in']} "), Piece(container, "container")
        if editors := self.editors():
            yield _text(f"{self.words['edited']} {editors}")
        yield from self.volume()
        yield _text(self.imprint())
        yield _text(self.said("page"))

    def book(self) -> Iterator[tuple[Piece, ...]]:
        if self.item.get("author") and (editors := self.editors()):
            yield _text(f"{self.words['edited']} {editors}")
        yield from self.volume()
        yield _text(self.number)
        yield _container(self.said("container-title"))
        yield _text(self.imprint())
        yield _text(self.said("page"))

    def volume(self) -> Iterator[tuple[Piece, ...]]:
        if volume := self.said("volume"):
            yield _text(f"{self.words['volume']} {volume}")
        yield _text(self.numbered(self.said("issue")))

    def imprint(self) -> str:
        """Place, publisher and date, in brackets."""
        place = self.said("publisher-place")
        house = f"{self.words['colon']} ".join(filter(None, (place, self.publisher)))
        told = ", ".join(filter(None, (house, self.issued)))
        return f"({told})" if told else ""

    def law(self) -> Iterator[tuple[Piece, ...]]:
        authors = {who.get("literal", "") for who in self.item.get("author", ())}
        publisher = self.publisher if self.publisher not in authors else ""
        yield _text(self.number)
        yield _container(self.said("container-title"))
        yield from self.volume()
        yield _text(publisher)
        yield _text(self.issued)
        yield _text(self.said("page"))

    def unpublished(self) -> Iterator[tuple[Piece, ...]]:
        kind = self.words[KINDS[self.type]]
        about = (kind, self.number, self.publisher, self.said("publisher-place"))
        yield _text(f"({', '.join(filter(None, (*about, self.issued)))})")
        yield _container(self.said("container-title"))
        yield _text(self.said("page"))

    def page(self) -> Iterator[tuple[Piece, ...]]:
        if container := self.said("container-title"):
            blog = f" ({self.words['blog']})" if self.type == "post-weblog" else ""
            kind = "" if self.type in ("webpage", "post") else "container"
            yield Piece(container, kind), *_text(blog)
        yield from self.volume()
        yield _text(self.number)
        yield _text(self.publisher)
        yield _text(self.said("publisher-place"))
        yield _text(self.issued)
        yield _text(self.said("page"))
        if self.type in ONLINE and "accessed" in self.item:
            accessed = in_words(iso(self.item, "accessed"), self.lang)
            yield _text(f"{self.words['accessed']} {accessed}")

    def entry(self) -> Iterator[Piece]:
        yield Piece(self.said("container-title"), "container")
        yield Piece(f", {self.words['entry']} {self.words['open']}")
        yield Piece(self.item["title"], "title")
        yield Piece(self.words["end"])
        authors = _people(self.item.get("author", ()), self.words)
        for told in (authors, self.publisher, self.issued):
            if told:
                yield Piece(f", {told}")


def _text(text: str) -> tuple[Piece, ...]:
    return (Piece(text),) if text else ()


def _container(text: str) -> tuple[Piece, ...]:
    return (Piece(text, "container"),) if text else ()


def iso(item: Csl, name: str) -> str:
    """A date of the item in ISO 8601, or ""."""
    day = item.get(name)
    return "-".join(f"{n:02}" for n in day["date-parts"][0]) if day else ""


def in_words(day: str, lang: str = "en") -> str:
    """A year, month or day in words.

    >>> in_words("2017-06-30"), in_words("2017-06"), in_words("2017"), in_words("")
    ('30 June 2017', 'June 2017', '2017', '')
    >>> in_words("2017-08-01", "fr")
    '1er août 2017'
    """
    year, month, day = [*day.split("-"), "", ""][:3]
    day = day.lstrip("0")
    if lang == "fr" and day == "1":
        day = "1er"
    return " ".join(filter(None, (day, MONTHS[lang][int(month) - 1] if month else "", year)))


def _people(people: Sequence[dict[str, str]], words: dict[str, str]) -> str:
    return _listed([_in_order(who) for who in people], words)


def _in_order(who: dict[str, str]) -> str:
    return who.get("literal") or f"{who['given']} {who['family']}"


def _listed(names: Sequence[str], words: dict[str, str]) -> str:
    """Names in a row; with more than three, “et al.” takes the others' place.

    >>> _listed(["Sims", "Ba", "Keïta"], ENGLISH), _listed(["Sims", "Ba", "Keïta"], FRENCH)
    ('Sims, Ba, and Keïta', 'Sims, Ba et Keïta')
    """
    if len(names) > 3:
        return f"{names[0]} et al."
    *most, last = names or [""]
    if not most:
        return last
    comma = "," if len(most) > 1 and words is ENGLISH else ""
    return f"{', '.join(most)}{comma} {words['and']} {last}"
