"""Works as RIS, out of CSL-JSON and into it."""

import re
from collections.abc import Iterable, Iterator

from articles.text.csl import Csl, Found, Unreadable

# The tag ``M3`` (type of work) tells those apart that share a type of RIS.
KINDS = {
    "article": ("UNPB", "preprint"),
    "article-journal": ("JOUR", ""),
    "article-magazine": ("MGZN", ""),
    "article-newspaper": ("NEWS", ""),
    "bill": ("BILL", ""),
    "book": ("BOOK", ""),
    "broadcast": ("VIDEO", ""),
    "chapter": ("CHAP", ""),
    "dataset": ("DATA", ""),
    "document": ("GEN", ""),
    "entry-encyclopedia": ("ENCYC", ""),
    "hearing": ("HEAR", ""),
    "interview": ("GEN", "interview"),
    "legal_case": ("CASE", ""),
    "legislation": ("STAT", ""),
    "manuscript": ("UNPB", ""),
    "personal_communication": ("PCOMM", ""),
    "post": ("BLOG", "post"),
    "post-weblog": ("BLOG", ""),
    "regulation": ("STAT", "regulation"),
    "report": ("RPRT", ""),
    "speech": ("GEN", "speech"),
    "thesis": ("THES", ""),
    "treaty": ("STAT", "treaty"),
    "webpage": ("ELEC", ""),
}
TYPES = {kind: name for name, kind in KINDS.items()}
# What others write and we do not.
FOREIGN = {
    "ABST": "article-journal",
    "BLOGPOST": "post-weblog",
    "CONF": "chapter",
    "CPAPER": "chapter",
    "DBASE": "dataset",
    "DICT": "entry-encyclopedia",
    "EBOOK": "book",
    "ECHAP": "chapter",
    "EDBOOK": "book",
    "EJOUR": "article-journal",
    "GOVDOC": "report",
    "ICOMM": "personal_communication",
    "INPR": "article",
    "JFULL": "article-journal",
    "MANSCPT": "manuscript",
    "STAND": "report",
    "WEB": "webpage",
}
# Where a number is the and where the work's own.
SERIAL = ("article-journal", "article-magazine", "article-newspaper")
LINE = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*))?")
READ = {
    *("TY", "ER", "ID", "M3", "AU", "A1", "A2", "ED", "TI", "T1", "CT", "T2", "JO", "JF", "JA"),
    *("BT", "J2", "PB", "CY", "PP", "VL", "IS", "M1", "SP", "EP", "DA", "PY", "Y1", "UR", "L2"),
    *("DO", "SN", "LA", "Y2", "N1"),
}
ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]")
SPACE = re.compile(r"\s+")
SPAN = re.compile(r"(\S+?)\s*[-–—]\s*(\S+)")


def write(items: Iterable[Csl]) -> str:
    """A .ris file: CRLF at each end of line, as reference managers expect."""
    return "".join(f"{_record(item)}\r\n" for item in items)


def _record(item: Csl) -> str:
    return "".join(
        f"{tag}  - {_line(value)}\r\n"
        for tag, value in _lines(item)
        if value or tag in ("ER", "N1")
    )


def _line(value: str) -> str:
    """A value in one line, so that no text can begin a line of its own with a tag."""
    return " ".join(value.splitlines())


def _lines(item: Csl) -> Iterator[tuple[str, str]]:
    kind, subtype = KINDS[item["type"]]
    serial = item["type"] in SERIAL

    def said(name: str) -> str:
        return item.get(name, "")

    yield "TY", kind
    yield "ID", said("id")
    yield "M3", subtype
    for who in item.get("author", ()):
        yield "AU", _name(who)
    for who in item.get("editor", ()):
        yield "A2", _name(who)
    yield "TI", said("title")
    yield "T2", said("container-title")
    yield "PB", said("publisher")
    yield "CY", said("publisher-place")
    yield "VL", said("volume")
    yield "IS" if serial else "M1", said("issue")
    yield "M1" if serial else "IS", said("number")
    pages = SPAN.fullmatch(said("page"))
    yield "SP", pages[1] if pages else said("page")
    yield "EP", pages[2] if pages else ""
    if "issued" in item:
        yield "PY", f"{item['issued']['date-parts'][0][0]:04}"
        yield "DA", _slashed(item["issued"])
    yield "UR", SPACE.sub("%20", said("URL"))
    yield "DO", said("DOI")
    yield "SN", said("ISBN")
    yield "SN", said("ISSN")
    yield "LA", said("language")
    if "accessed" in item:
        yield "Y2", _slashed(item["accessed"])
    for line in said("note").splitlines():
        yield "N1", line
    yield "ER", ""


def _slashed(day: dict[str, list[list[int]]]) -> str:
    year, *rest = day["date-parts"][0]
    return "/".join([f"{year:04}", *(f"{part:02}" for part in rest)])


def _name(who: dict[str, str]) -> str:
    """A person with a comma; a body in braces where it holds one, lest it be taken for a person."""
    if "family" in who:
        return f"{who['family']}, {who['given']}"
    body = who.get("literal", "")
    return f"{{{body}}}" if "," in body else body


def read(text: str) -> list[Found]:
    """The works of a .ris file, in its order. Raises Unreadable with the line of what is wrong.

    A line without a tag goes on with the one before, as some exporters break long values.
    """
    found: list[Found] = []
    record: list[tuple[str, str]] = []
    begun = 0
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        tagged = LINE.fullmatch(line.rstrip()) or LINE.fullmatch(line)
        tag, value = (tagged[1], (tagged[2] or "").strip()) if tagged else ("", line.strip())
        if tag == "TY":
            if record:
                raise Unreadable(
                    f"Line {number}: a work begins before the one in line {begun} ends."
                )
            record, begun = [(tag, value)], number
        elif not record:
            if value:
                raise Unreadable(f"Line {number} stands in no work: one begins with “TY  - ”.")
        elif tag == "ER":
            found.append(Found(_item(record), f"line {begun}"))
            record = []
        elif tag:
            record.append((tag, value))
        elif value:
            last, before = record[-1]
            record[-1] = (last, f"{before} {value}")
    if record:
        raise Unreadable(f"The work that begins in line {begun} has no end: “ER  - ” is missing.")
    return found


def _item(record: list[tuple[str, str]]) -> Csl:
    values: dict[str, list[str]] = {}
    for tag, value in record:
        values.setdefault(tag, []).append(value)

    def said(*tags: str) -> str:
        return next((told for tag in tags for told in values.get(tag, ()) if told), "")

    kind, subtype = said("TY").upper(), said("M3").casefold()
    kept = TYPES.get((kind, subtype)) or TYPES.get((kind, "")) or FOREIGN.get(kind, kind)
    serial = kept in SERIAL
    numbers = values.get("SN", [])
    isbns = [number for number in numbers if not ISSN.fullmatch(number)]
    pages = [page for page in (said("SP"), said("EP")) if page]
    item: Csl = {
        "id": said("ID"),
        "type": kept,
        "title": said("TI", "T1", "CT"),
        "author": [_person(who) for who in values.get("AU", values.get("A1", ())) if who],
        "editor": [_person(who) for who in values.get("A2", values.get("ED", ())) if who],
        "container-title": said("T2", "JO", "JF", "BT", "J2", "JA"),
        "publisher": said("PB"),
        "publisher-place": said("CY", "PP"),
        "volume": said("VL"),
        "issue": said("IS") if serial else said("M1"),
        "number": said("M1") if serial else said("IS"),
        "page": "–".join(pages) if len(set(pages)) > 1 else said("SP"),
        "issued": said("DA", "PY", "Y1").strip("/"),
        "accessed": said("Y2").strip("/"),
        "URL": said("UR", "L2"),
        "DOI": said("DO"),
        "ISBN": next(iter(isbns), ""),
        "ISSN": next((number for number in numbers if ISSN.fullmatch(number)), ""),
        "language": said("LA"),
        "note": "\n".join(values.get("N1", ())).strip(),
    }
    left = {tag: said(tag) for tag in values if tag not in READ}
    return {key: value for key, value in item.items() if value} | left


def _person(name: str) -> dict[str, str]:
    if name.startswith("{") and name.endswith("}"):
        return {"literal": name[1:-1]}
    family, _, given = (part.strip() for part in name.partition(","))
    if not (family and given):
        return {"literal": family or given}
    given, _, suffix = (part.strip() for part in given.partition(","))
    return {"family": family, "given": given} | ({"suffix": suffix} if suffix else {})
