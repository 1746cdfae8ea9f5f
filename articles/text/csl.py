"""Works as CSL-JSON (schema csl-data.json); other formats are written from it and read to it."""

import dataclasses
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

Csl = dict[str, Any]

TYPES = (
    *("article", "article-journal", "article-magazine", "article-newspaper", "bill", "book"),
    *("broadcast", "chapter", "dataset", "document", "entry-encyclopedia", "hearing"),
    *("interview", "legal_case", "legislation", "manuscript", "personal_communication", "post"),
    *("post-weblog", "regulation", "report", "speech", "thesis", "treaty", "webpage"),
)
# Types of CSL, and of Crossref's answers, for which there is a near one here.
NEAR = {
    "book-chapter": "chapter",
    "book-part": "chapter",
    "dissertation": "thesis",
    "edited-book": "book",
    "entry": "entry-encyclopedia",
    "entry-dictionary": "entry-encyclopedia",
    "journal-article": "article-journal",
    "monograph": "book",
    "pamphlet": "report",
    "paper-conference": "chapter",
    "posted-content": "article",
    "proceedings-article": "chapter",
    "reference-entry": "entry-encyclopedia",
    "review": "article-journal",
    "review-book": "article-journal",
    "standard": "report",
}
# Fields of Source that are plain text, by their names in CSL.
TEXTS = {
    "title": "title",
    "container-title": "container_title",
    "publisher": "publisher",
    "publisher-place": "place",
    "volume": "volume",
    "issue": "issue",
    "page": "pages",
    "number": "number",
    "URL": "url",
    "DOI": "doi",
    "ISBN": "isbn",
    "ISSN": "issn",
    "language": "language",
}
ELSEWHERE = {"author", "editor", "issued", "accessed", "note", "type", "id"}
# What says nothing about the work, or says again what other fields say.
SILENT = {"citation-key", "custom", "categories", "source", "title-short", "container-title-short"}
BRACES = re.compile(r"[{}]")
UNCERTAIN = re.compile(r"[~?%]|\du|X|spring|summer|autumn|fall|winter", re.IGNORECASE)
DOI_PREFIX = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
MARKUP = re.compile(r"</?(?:i|b|em|strong|sub|sup|sc|span)(?:\s[^<>]*)?>", re.IGNORECASE)
# What no text has: control characters, and halves of characters that no file can hold.
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
SPACES = re.compile(r"[ \u2028\u2029]+")
BETWEEN_PAGES = re.compile(r"(?<=\d)\s*[-‐‑‒–—]+\s*(?=\d)")
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
ISO = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?:T.*)?")
DAY_MONTH = re.compile(r"(?:(\d{1,2})\.?\s+)?([a-z]{3,9})\.?,?\s+(\d{4})")
MONTH_DAY = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})")


class Unreadable(ValueError):
    """A file of works cannot be read: one line that says what, where, and what to do."""


@dataclass(frozen=True, slots=True)
class Found:
    """A work in a file: as an item of CSL, and where it stands, “line 12” or “item 3”."""

    item: Csl
    place: str


class Work(Protocol):
    """What a citation needs to know; SourceState, Source and Fields are such works."""

    uid: str
    type: str  # one of TYPES
    title: str
    authors: str  # one a line: "Family, Given"; a body "{UN Security Council}"
    editors: str  # likewise
    container_title: str
    publisher: str
    place: str
    volume: str
    issue: str
    pages: str
    number: str
    issued: str  # a year, a month or a day in ISO 8601, or ""
    url: str
    doi: str
    isbn: str
    issn: str
    language: str
    accessed: date | None
    note: str


@dataclass(frozen=True, slots=True)
class Fields:
    """A work as found in a file: values for a Source, and remarks on what could not be kept."""

    uid: str = ""  # what the file calls it
    type: str = "document"
    title: str = ""
    authors: str = ""
    editors: str = ""
    container_title: str = ""
    publisher: str = ""
    place: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    number: str = ""
    issued: str = ""
    url: str = ""
    doi: str = ""
    isbn: str = ""
    issn: str = ""
    language: str = ""
    accessed: date | None = None
    note: str = ""
    remarks: tuple[str, ...] = ()

    def values(self) -> dict[str, Any]:
        """What a Source is made of."""
        named = [field.name for field in dataclasses.fields(self)]
        return {name: getattr(self, name) for name in named if name not in ("uid", "remarks")}


def item(work: Work) -> Csl:
    """The work as an item of CSL-JSON, without what is unknown."""
    told: Csl = {
        "id": work.uid,
        "type": work.type,
        "title": work.title,
        "author": names(work.authors),
        "editor": names(work.editors),
        "container-title": work.container_title,
        "publisher": work.publisher,
        "publisher-place": work.place,
        "volume": work.volume,
        "issue": work.issue,
        "page": work.pages,
        "number": work.number,
        "issued": date_parts(work.issued),
        "accessed": date_parts(work.accessed.isoformat() if work.accessed else ""),
        "URL": work.url,
        "DOI": work.doi,
        "ISBN": work.isbn,
        "ISSN": work.issn,
        "language": work.language,
        "note": work.note,
    }
    return {key: value for key, value in told.items() if value}


def write(items: Iterable[Csl]) -> str:
    return json.dumps(list(items), ensure_ascii=False, indent=1) + "\n"


def read(text: str) -> list[Found]:
    """The items of a file, in its order. Raises Unreadable with the place of what is wrong."""
    try:
        items = json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(f"Line {error.lineno} is no JSON: {error.msg}.") from None
    except (RecursionError, ValueError):  # too deep, or a number of too many digits
        raise Unreadable("This JSON is no list of works.") from None
    if isinstance(items, dict):
        items = items.get("items", [items])
    if not isinstance(items, list):
        raise Unreadable("This JSON is no list of works: CSL-JSON is a list of objects.")
    for number, work in enumerate(items, 1):
        if not isinstance(work, dict):
            raise Unreadable(f"Item {number} is no object, so no work in CSL-JSON.")
    return [Found(work, f"item {number}") for number, work in enumerate(items, 1)]


def names(lines: str) -> list[dict[str, str]]:
    return [who for line in lines.splitlines() if any((who := name(line)).values())]


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


def line(who: Mapping[str, Any]) -> str:
    """An author's line from a name of CSL; "" for one that says nothing.

    >>> line({"family": "Beethoven", "given": "Ludwig", "dropping-particle": "van"})
    'Beethoven, Ludwig van'
    >>> line({"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"})
    'van Gogh, Vincent'
    >>> line({"family": "King", "given": "Martin Luther", "suffix": "Jr."})
    'King, Martin Luther, Jr.'
    >>> line({"literal": "UN Security Council"}), line({"family": "Plato"})
    ('{UN Security Council}', '{Plato}')
    """

    def said(*keys: str) -> str:
        return " ".join(text for key in keys if (text := _text(who.get(key))))

    family = said("non-dropping-particle", "family")
    given = said("given", "dropping-particle")
    if body := said("literal"):
        return f"{{{BRACES.sub('', body)}}}"
    if not (family and given) or family.startswith("{"):
        whole = " ".join(filter(None, (given, family, said("suffix"))))
        whole = BRACES.sub("", whole).strip()
        return f"{{{whole}}}" if whole else ""
    # A comma in the family name would be taken for the one before the given name.
    told = f"{family.replace(',', '')}, {given}"
    return f"{told}, {suffix}" if (suffix := said("suffix")) else told


def date_parts(day: str) -> dict[str, list[list[int]]] | None:
    """A date of CSL from a year, month or day in ISO 8601; None for an empty one.

    >>> date_parts("2017-06")
    {'date-parts': [[2017, 6]]}
    """
    return {"date-parts": [[int(part) for part in day.split("-")]]} if day else None


def fields(work: Mapping[str, Any]) -> Fields:
    """What a Source can keep of an item of CSL-JSON, whoever wrote it."""
    remarks: list[str] = []
    values: dict[str, Any] = {
        name: _text(MARKUP.sub("", _first(work.get(key)))) for key, name in TEXTS.items()
    }
    values["doi"] = DOI_PREFIX.sub("", values["doi"])
    values["pages"] = BETWEEN_PAGES.sub("–", values["pages"])
    values["type"] = _type(_text(work.get("type")), remarks)
    values["authors"] = _lines(work.get("author"), "author", remarks)
    values["editors"] = _lines(work.get("editor"), "editor", remarks)
    values["issued"] = _day(work.get("issued"), "issued", remarks)
    accessed = _day(work.get("accessed"), "accessed", remarks)
    values["accessed"] = date.fromisoformat(accessed) if len(accessed) == 10 else None
    values["note"] = "\n".join(_text(part) for part in _first(work.get("note")).splitlines())
    if dropped := [key for key in work if _unknown(key) and work[key]]:
        remarks.append(f"Not kept: {', '.join(sorted(dropped))}.")
    return Fields(uid=_text(work.get("id")), **values, remarks=tuple(remarks))


def _unknown(key: str) -> bool:
    return key not in TEXTS and key not in ELSEWHERE and key not in SILENT


def _first(value: Any) -> str:
    """A value as text, the first one of several: Crossref has lists where CSL has strings."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return str(value) if isinstance(value, str | int | float) else ""


def _text(value: Any) -> str:
    """A value in one line; spaces that keep words together stay."""
    return SPACES.sub(" ", UNPRINTABLE.sub(" ", _first(value))).strip()


def _type(found: str, remarks: list[str]) -> str:
    if found in TYPES:
        return found
    near = NEAR.get(found, "document")
    remarks.append(
        f"Type “{found}” taken as “{near}”." if found else f"No type: taken as “{near}”."
    )
    return near


def _lines(people: Any, role: str, remarks: list[str]) -> str:
    if not people:
        return ""
    told = [line(who) if isinstance(who, dict) else "" for who in _list(people)]
    if not told or not all(told):
        remarks.append(f"Not every {role}’s name could be read.")
    return "\n".join(filter(None, told))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _day(value: Any, what: str, remarks: list[str]) -> str:
    """A year, month or day in ISO 8601 from a date of CSL in any of its shapes, or ""."""
    if not value:
        return ""
    days = list(_days(value))
    found = days[0] if days else ""
    if not found:
        remarks.append(f"The date “{what}” could not be read: {_told(value)}.")
    elif len(days) > 1:
        remarks.append(f"Of the dates “{what}” only the first is kept: {_told(value)}.")
    elif _uncertain(value):
        remarks.append(f"Not all of the date “{what}” is kept: {_told(value)}.")
    return found


def _uncertain(value: Any) -> bool:
    """Whether the date is a season, or about right."""
    if isinstance(value, dict):
        written = _text(value.get("raw") or value.get("literal"))
        return bool(value.get("season") or value.get("circa") or UNCERTAIN.search(written))
    return bool(UNCERTAIN.search(_text(value)))


def _told(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {shown}" for key, shown in value.items())[:100]
    return str(value)[:100]


def _days(value: Any) -> Iterator[str]:
    """The days of a date: two of a range, one otherwise, none where it cannot be read."""
    if not isinstance(value, dict):
        yield from written_days(_text(value))
    elif ranged := _list(value.get("date-parts")):
        for parts in ranged[:2]:
            if found := iso(*_list(parts)[:3]):
                yield found
    else:
        for key in ("raw", "literal"):
            if value.get(key):
                yield from written_days(_text(value[key]))
                return


def written_days(text: str) -> Iterator[str]:
    """The days that a text names: ISO 8601 or EDTF, a range of them, or words in English.

    >>> [*written_days("2018/03/02")], [*written_days("2018-03-02/2018-04-01")]
    (['2018-03-02'], ['2018-03-02', '2018-04-01'])
    >>> [*written_days("12 March 2018")], [*written_days("Mar. 2018")], [*written_days("201u")]
    (['2018-03-12'], ['2018-03'], [])
    """
    text = text.strip().rstrip("~?%")
    if whole := ISO.fullmatch(text):
        found = [iso(*whole.groups(default=""))]
    elif "/" in text:
        found = [
            iso(*end.groups(default=""))
            for part in text.split("/")[:2]
            if (end := ISO.fullmatch(part.strip().rstrip("~?%")))
        ]
    elif worded := DAY_MONTH.fullmatch(text.casefold()):
        day, month, year = worded.groups(default="")
        found = [iso(year, _month(month), day)]
    elif worded := MONTH_DAY.fullmatch(text.casefold()):
        month, day, year = worded.groups()
        found = [iso(year, _month(month), day)]
    else:
        found = []
    yield from filter(None, found)


def _month(word: str) -> str:
    found = [n for n, month in enumerate(MONTHS, 1) if month.startswith(word[:3])]
    return str(found[0]) if found else ""


def iso(year: Any = "", month: Any = "", day: Any = "") -> str:
    """ISO 8601 from numbers or digits, as precise as they make sense; "" without a year.

    >>> iso("2018", 3, "2"), iso(2018, 22), iso(2018, 2, 30), iso("n.d.")
    ('2018-03-02', '2018', '2018-02', '')
    """
    found: list[int] = []
    for part in (year, month, day):
        digits = str(part).strip()
        if not (digits.isascii() and digits.isdecimal() and len(digits) <= 4):
            break
        found.append(int(digits))
    while found:
        try:
            date(*found, *[1] * (3 - len(found)))
        except ValueError:  # a season's number for a month, a day that the month has not
            found.pop()
        else:
            return "-".join(f"{n:0{4 if place == 0 else 2}}" for place, n in enumerate(found))
    return ""
