r"""Works as BibTeX (with the types and fields of biblatex), out of CSL-JSON and into it."""

import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import bibtexparser
from bibtexparser.middlewares.names import parse_single_name_into_parts
from bibtexparser.model import Entry, ParsingFailedBlock
from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)

from articles.text import csl
from articles.text.csl import Csl, Found, Unreadable

# Entry type and subtype of each type of CSL; with the subtype it comes back as it was.
ENTRIES = {
    "article": ("online", "preprint"),
    "article-journal": ("article", ""),
    "article-magazine": ("article", "magazine"),
    "article-newspaper": ("article", "newspaper"),
    "bill": ("legislation", "bill"),
    "book": ("book", ""),
    "broadcast": ("misc", "broadcast"),
    "chapter": ("incollection", ""),
    "dataset": ("dataset", ""),
    "document": ("misc", ""),
    "entry-encyclopedia": ("inreference", ""),
    "hearing": ("misc", "hearing"),
    "interview": ("misc", "interview"),
    "legal_case": ("jurisdiction", ""),
    "legislation": ("legislation", ""),
    "manuscript": ("unpublished", ""),
    "personal_communication": ("letter", ""),
    "post": ("online", "post"),
    "post-weblog": ("online", "blog"),
    "regulation": ("legislation", "regulation"),
    "report": ("techreport", ""),  # which BibTeX knows as well as biblatex
    "speech": ("unpublished", "speech"),
    "thesis": ("thesis", ""),
    "treaty": ("legislation", "treaty"),
    "webpage": ("online", ""),
}
TYPES = {entry: name for name, entry in ENTRIES.items()}
# What others write and we do not.
FOREIGN = {
    "booklet": "report",
    "collection": "book",
    "conference": "chapter",
    "electronic": "webpage",
    "inbook": "chapter",
    "inproceedings": "chapter",
    "manual": "report",
    "mastersthesis": "thesis",
    "mvbook": "book",
    "newspaper": "article-newspaper",
    "periodical": "document",
    "phdthesis": "thesis",
    "proceedings": "book",
    "reference": "book",
    "suppbook": "chapter",
    "report": "report",
    "www": "webpage",
}
CONTAINERS = {"article": "journal", "incollection": "booktitle", "inreference": "booktitle"}
PUBLISHERS = {"techreport": "institution", "thesis": "school"}
# What biblatex calls languages, and what CSL does.
LANGUAGES = {
    "ar": "arabic",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pl": "polish",
    "pt": "portuguese",
    "ru": "russian",
    "tr": "turkish",
    "zh": "chinese",
}
CODES = {name: code for code, name in LANGUAGES.items()} | {
    "american": "en",
    "british": "en",
    "ngerman": "de",
    "usenglish": "en",
    "ukenglish": "en",
}
READ = {
    *("author", "editor", "title", "subtitle", "journal", "journaltitle", "booktitle", "series"),
    *("organization", "publisher", "institution", "school", "address", "location", "volume"),
    *("issue", "number", "eid", "pages", "date", "year", "month", "day", "url", "urldate", "doi"),
    *("isbn", "issn", "langid", "language", "note", "entrysubtype", "maintitle", "howpublished"),
    "hyphenation",
}
SILENT = {"file", "timestamp", "owner", "date-added", "date-modified", "groups"}
VERBATIM = re.compile(r"[{}\\@\s]")
# Letter pairs that TeX would join or turn into something else.
LIGATURES = re.compile(r"--|``|''|,,|<<|>>|[!?]`")
ESCAPES = {
    **{character: f"\\{character}" for character in "%&#_$"},
    # BibTeX counts braces also behind a backslash.
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "\\": r"{\textbackslash}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    # A bare one begins an entry for simple readers.
    "@": r"{\char64}",
}
TEX = re.compile(r"[\\{}~$%&#^_]|" + LIGATURES.pattern)
BARE = re.compile(r"(?<!\\)[%&#]")
CHARACTER = re.compile(r"\{\\char(\d{1,5})\}|\\char(\d{1,5})\s?")
MONTHS = {name[:3]: str(number) for number, name in enumerate(csl.MONTHS, 1)}
WORD = re.compile(r"[a-z0-9]+")
# Characters that the names of strings may stand for in a file: strings of strings grow like 2**n.
MOST_FROM_STRINGS = 2_000_000
# It warns of each entry that it cannot read: in a bad file of a hundred thousand.
logging.getLogger("bibtexparser").setLevel(logging.ERROR)
NAME_BORDER = re.compile(r"\\.|[{}]|\s+and(?=\s)", re.IGNORECASE | re.DOTALL)
AND = re.compile(r"\sand\s", re.IGNORECASE)


def write(items: Iterable[Csl]) -> str:
    """A .bib file, in ASCII but for the letters of the works themselves."""
    items = list(items)
    keys = unique(key(item) for item in items)
    return "\n".join(_entry(item, key) for item, key in zip(items, keys, strict=True))


def key(item: Csl) -> str:
    """What a text cites the work by: who, when, and the title's first long word.

    >>> key({"type": "report", "title": "The Strength of It", "issued": {"date-parts": [[2018]]},
    ...     "author": [{"family": "Diallo", "given": "Aïssata"}]})
    'diallo2018strength'
    """
    people = item.get("author") or item.get("editor") or [{}]
    who = people[0].get("family") or people[0].get("literal", "")
    words = WORD.findall(_plain(item["title"]))
    year = item["issued"]["date-parts"][0][0] if "issued" in item else ""
    title = next((word for word in words if len(word) > 3), "".join(words[:1]))
    first = "".join(WORD.findall(_plain(who))[:3])[:30]
    return f"{first}{year}{title[:30]}" or "work"


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def unique(wanted: Iterable[str]) -> list[str]:
    """The keys, with a letter added where one came before.

    >>> unique(["ba2018", "ba2018", "ba2018"])
    ['ba2018', 'ba2018b', 'ba2018c']
    """
    taken: set[str] = set()
    told = []
    for stem in wanted:
        number, found = 1, stem
        while found in taken:
            number += 1
            found = stem + _letters(number)
        taken.add(found)
        told.append(found)
    return told


def _letters(number: int) -> str:
    told = ""
    while number:
        number, rest = divmod(number - 1, 26)
        told = chr(ord("a") + rest) + told
    return told


def _entry(item: Csl, key: str) -> str:
    lines = [f"  {name} = {{{value}}},\n" for name, value in _fields(item) if value]
    return f"@{ENTRIES[item['type']][0]}{{{key},\n{''.join(lines)}}}\n"


def _fields(item: Csl) -> Iterator[tuple[str, str]]:
    """The fields in BibTeX's order. Names and places of fields are those that biblatex reads."""
    entry, subtype = ENTRIES[item["type"]]

    def said(name: str) -> str:
        return escaped(item.get(name, ""))

    yield "author", " and ".join(map(_name, item.get("author", ())))
    yield "editor", " and ".join(map(_name, item.get("editor", ())))
    # In braces of its own, so that no style takes the capitals away from names in it.
    yield "title", f"{{{said('title')}}}"
    container = said("container-title")
    yield CONTAINERS.get(entry, "organization" if entry == "online" else "series"), container
    yield PUBLISHERS.get(entry, "publisher"), said("publisher")
    yield "address", said("publisher-place")
    yield "volume", said("volume")
    # The number of a journal's issue is called number here; a work's own number then is not.
    yield "number" if entry == "article" else "issue", said("issue")
    yield "eid" if entry == "article" else "number", said("number")
    yield "pages", escaped(item.get("page", ""), dashes=True)
    yield from _dates(item)
    yield "url", _verbatim(item.get("URL", ""))
    yield "doi", _verbatim(item.get("DOI", ""))
    yield "isbn", said("ISBN")
    yield "issn", said("ISSN")
    language = item.get("language", "")
    yield "langid", LANGUAGES.get(language, "")
    yield "language", "" if language in LANGUAGES else escaped(language)
    yield "entrysubtype", subtype
    yield "note", said("note")


def _dates(item: Csl) -> Iterator[tuple[str, str]]:
    if "issued" in item:
        issued = _iso(item["issued"])
        yield "year", issued[:4]
        yield "date", issued if len(issued) > 4 else ""
    if "accessed" in item:
        yield "urldate", _iso(item["accessed"])


def _iso(day: Mapping[str, list[list[int]]]) -> str:
    year, *rest = day["date-parts"][0]
    return "-".join([f"{year:04}", *(f"{part:02}" for part in rest)])


def _name(who: Mapping[str, str]) -> str:
    if "family" not in who:
        return f"{{{escaped(who.get('literal', ''))}}}"
    return f"{_part(who['family'])}, {_part(who['given'])}"


def _part(text: str) -> str:
    """A part of a name, in braces where its words would be taken for something else."""
    braces = "," in text or AND.search(f" {text} ")
    return f"{{{escaped(text)}}}" if braces else escaped(text)


def escaped(text: str, *, dashes: bool = False) -> str:
    r"""Text as TeX prints it; with ``dashes`` an en dash is written as TeX's two hyphens.

    >>> escaped("50% of {A_B} @ R&D -- ~")
    '50\\% of {\\textbraceleft}A\\_B{\\textbraceright} {\\char64} R\\&D -{}- {\\textasciitilde}'
    """
    told = "".join(ESCAPES.get(character, character) for character in text)
    while (joined := LIGATURES.sub(lambda m: f"{m[0][0]}{{}}{m[0][1:]}", told)) != told:
        told = joined
    return told.replace("–", "--") if dashes else told


def _verbatim(address: str) -> str:
    r"""An address as biblatex wants it: no escapes, so what would need one is encoded."""
    return VERBATIM.sub(lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode()), address)


@dataclass(slots=True)
class _Strings:
    """What a file's abbreviations stand for, as long as they stay within bounds."""

    words: dict[str, str] = field(default_factory=lambda: dict(MONTHS))
    room: int = MOST_FROM_STRINGS

    def of(self, name: str) -> str:
        """The string of that name, or the name. Raises Unreadable."""
        told = self.words.get(name.casefold(), name)
        self.room -= len(told)
        if self.room < 0:
            raise Unreadable("Its @string abbreviations stand for too much text to be read.")
        return told


def read(text: str) -> list[Found]:
    """The works of a .bib file, in its order. Raises Unreadable with the line of what is wrong."""
    library = bibtexparser.parse_string(text, parse_stack=[])
    strings = _Strings()
    for block in library.strings:
        strings.words[block.key.casefold()] = _joined(str(block.value), strings)
    found = []
    for block in library.blocks:
        # Two entries under one key are two works, and of two equal fields the first one counts.
        entry = block.ignore_error_block if isinstance(block, ParsingFailedBlock) else block
        line = (block.start_line or 0) + 1
        if isinstance(entry, Entry):
            try:
                found.append(Found(_item(entry, strings), f"line {line}"))
            except RecursionError:
                raise Unreadable(f"Line {line}: its braces are nested too deeply.") from None
        elif isinstance(block, ParsingFailedBlock):
            raise Unreadable(f"Line {line}: this entry has no end, or a field that cannot be read.")
    return found


def _joined(raw: str, strings: _Strings) -> str:
    """A value as its parts say it: in braces, in quotation marks, a number or a string's name."""
    told = []
    for part in _pieces(raw):
        if part[:1] == "{" or part[:1] == '"':
            told.append(part[1:-1])
        else:
            told.append(strings.of(part))
    return "".join(told)


def _pieces(raw: str) -> Iterator[str]:
    """What number signs join, outside of braces and quotation marks."""
    depth, quoted, begun = 0, False, 0
    for place, character in enumerate(raw):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if character == '"' and not depth:
            quoted = not quoted
        elif character == "#" and not (depth or quoted):
            yield raw[begun:place].strip()
            begun = place + 1
    yield raw[begun:].strip()


def _item(entry: Entry, strings: _Strings) -> Csl:
    values = {f.key.casefold(): _joined(str(f.value), strings) for f in reversed(entry.fields)}

    def said(*names: str) -> str:
        return next((told for name in names if (told := plain(values.get(name, "")))), "")

    kind = entry.entry_type.casefold()
    subtype = values.get("entrysubtype", "").casefold()
    kept = TYPES.get((kind, subtype)) or TYPES.get((kind, "")) or FOREIGN.get(kind, kind)
    serial = kept.startswith("article-")
    title = ": ".join(filter(None, (said("title"), said("subtitle"))))
    publishers = ["publisher", "institution", "school"]
    containers = ["journal", "journaltitle", "booktitle", "series", "maintitle"]
    # Where it stands for the site; elsewhere it is a body that publishes.
    (containers if kept in ("webpage", "post", "post-weblog", "article") else publishers).append(
        "organization"
    )
    linked = _linked(values.get("howpublished", ""))
    item: Csl = {
        "id": entry.key,
        "type": kept,
        "title": title,
        "author": _people(values.get("author", "")),
        "editor": _people(values.get("editor", "")),
        "container-title": said(*containers),
        "publisher": said(*publishers, *([] if linked else ["howpublished"])),
        "publisher-place": said("address", "location"),
        "volume": said("volume"),
        "issue": said("number", "issue") if serial else said("issue"),
        "number": said("eid") if serial else said("number", "eid"),
        "page": said("pages"),
        "issued": _issued(values),
        "accessed": said("urldate"),
        "URL": _address(values.get("url", "") or linked),
        "DOI": _address(values.get("doi", "")),
        "ISBN": said("isbn"),
        "ISSN": said("issn"),
        "language": _language(said("langid", "language", "hyphenation")),
        "note": said("note"),
    }
    left = {name: values[name] for name in values if name not in READ and name not in SILENT}
    return {key: value for key, value in item.items() if value} | left


def _issued(values: Mapping[str, str]) -> str:
    date = plain(values.get("date", ""))
    if date or "year" not in values:
        return date
    parts = (plain(values.get(name, "")) for name in ("day", "month", "year"))
    day, month, year = parts
    if month.isdecimal():
        return "-".join(filter(None, (year, month.zfill(2), day.zfill(2) if day else "")))
    return " ".join(filter(None, (day if month else "", month, year)))


def _people(text: str) -> list[dict[str, str]]:
    return [_person(name.strip()) for name in _apart(text.strip()) if name.strip()]


def _apart(names: str) -> Iterator[str]:
    """Names between “and”s outside of braces.

    By hand, since the library's splitter eats a command with which a name begins.
    """
    depth = begun = 0
    for found in NAME_BORDER.finditer(names):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if found[0][0].isspace() and not depth:
            yield names[begun : found.start()]
            begun = found.end()
    yield names[begun:]


def _person(name: str) -> dict[str, str]:
    if name.startswith("{") and name.endswith("}") and _one_group(name):
        return {"literal": plain(name)}
    if name.casefold() == "others":
        return {}
    parts = parse_single_name_into_parts(name, strict=False)
    told = {
        "family": " ".join([*parts.von, *parts.last]),
        "given": " ".join(parts.first),
        "suffix": " ".join(parts.jr),
    }
    if not told["given"]:
        return {"literal": plain(told["family"])}
    return {role: plain(value) for role, value in told.items() if value}


def _one_group(text: str) -> bool:
    """Whether the first brace is closed by the last one."""
    depth = 0
    for place, character in enumerate(text):
        if text[place - 1 : place] != "\\":
            depth += {"{": 1, "}": -1}.get(character, 0)
        if not depth:
            return place == len(text) - 1
    return False


def _linked(howpublished: str) -> str:
    found = re.search(r"https?://[^\s{}]+", howpublished)
    return found[0] if found else ""


def _address(text: str) -> str:
    """An address, with what exporters escape though it stands there letter for letter."""
    bare = text.strip().removeprefix(r"\url{").strip("{} \n")
    return re.sub(r"\\([%&#_~${}])", r"\1", bare).replace("%40", "@")


def _language(found: str) -> str:
    return CODES.get(found.casefold(), found)


def _reader() -> LatexNodes2Text:
    db = get_default_latex_context_db()
    text_of = ("url", "path", "emph", "textit", "textbf", "textsc", "texttt", "enquote")
    db.add_context_category(
        "bibtex",
        prepend=True,
        macros=[
            *(MacroTextSpec(name, "%s") for name in text_of),
            MacroTextSpec("href", "%(2)s"),
            MacroTextSpec("textasciicircum", "^"),
            MacroTextSpec("textbraceleft", "{"),
            MacroTextSpec("textbraceright", "}"),
        ],
    )
    return LatexNodes2Text(latex_context=db)


READER = _reader()


def plain(text: str) -> str:
    r"""What TeX would print.

    >>> plain(r"{The \emph{Str{\"a}nge} Case} of \'Ecole --- R\&D~5")
    'The Stränge Case of École — R&D\xa05'
    """
    if not TEX.search(text):
        return text.strip()
    # A comment or a table is never meant here; characters by number are unknown to the library.
    text = BARE.sub(r"\\\g<0>", text)
    text = CHARACTER.sub(lambda m: chr(int(m[1] or m[2])), text)
    return READER.latex_to_text(text).strip()
