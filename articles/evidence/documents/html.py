"""Web pages: their text, and what they say of themselves."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree

from articles.evidence.documents import fields, linked_data
from articles.evidence.documents.limits import MOST_VALUE
from articles.evidence.documents.sniffing import CONTROL, Refused, decoded

MOST_METAS = 2_000
MOST_SCRIPTS = 50
# Their content is no text of the page.
NO_TEXT = "script style template head title svg iframe datalist object embed"
SKIPPED = frozenset(NO_TEXT.split())
# Elements that run along in a line; all others stand in lines of their own, so that an unknown
# one never joins two words.
IN_LINES = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark meter "
    "nobr output picture progress q rb rp rt ruby s samp small source span strike strong sub sup "
    "time tt u var wbr"
)
INLINE = frozenset(IN_LINES.split())
CELLS = frozenset(("td", "th"))
PUBLISHED = re.compile(
    r"publish|posted|entry-date|article[-_]*date|date[-_]*article", re.IGNORECASE
)
Facts = dict[str, list[str]]


def read(body: bytes, kind: str, charset: str, address: str) -> dict[str, Any]:
    """Text and fields. Raises Refused, RecursionError, MemoryError."""
    root = _tree(decoded(body, charset, markup=True), kind)
    found, origins = fields.chosen(_facts(root, address))
    return {"text": _text(root), "pages": 0, "fields": found, "origins": origins}


def _tree(text: str, kind: str) -> etree._Element:
    source = text.encode()
    # A parser of HTML knows no entities but its own, so a document that defines some is read
    # as HTML, and nothing is ever expanded.
    if kind != "text/html" and "<!ENTITY" not in text:
        try:
            return etree.fromstring(
                re.sub(rb"^\s*<\?xml[^>]*\?>", b"", source),
                etree.XMLParser(resolve_entities=False, no_network=True, encoding="utf-8"),
            )
        except etree.XMLSyntaxError:
            pass  # as browsers do not, but most that is sent as XHTML never was
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError:
        root = None
    if any(error.type_name == "ERR_NO_MEMORY" for error in parser.error_log):
        raise MemoryError
    # The rest of the page would be missing without a word.
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise Refused("nested")
    if root is None:
        raise Refused("empty")
    return root


def _name(element: etree._Element) -> str:
    """The element's name without its namespace; "" for comments and the like."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


class _Lines:
    """Text gathered line by line, white space as a browser shows it."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.open: list[str] = []

    def add(self, text: str | None, *, kept: bool = False) -> None:
        if text and kept:
            first, *others = text.split("\n")
            self.open.append(first)
            for line in others:
                self.end()
                self.open.append(line)
        elif text:
            self.open.append(re.sub(r"[ \t\n\r\f]+", " ", text))

    def end(self) -> None:
        line = re.sub(r" *\t[ \t]*", "\t", re.sub(r" +", " ", "".join(self.open))).strip(" \t\n")
        if line:
            self.done.append(line)
        self.open.clear()


def _text(root: etree._Element) -> str:
    """All that a reader may see, a line for each block; also what stands around the article."""
    lines = _Lines()
    body = next((each for each in root if _name(each) == "body"), root)
    walker = etree.iterwalk(body, events=("start", "end", "comment", "pi"))
    verbatim = 0
    for event, element in walker:
        name = _name(element)
        if event == "start":
            if name in SKIPPED:
                walker.skip_subtree()
                continue
            if name == "sup" and (number := _footnote(element)):
                lines.add(number)
                walker.skip_subtree()
                continue
            verbatim += name in ("pre", "textarea")
            _border(lines, name)
            lines.add(element.text, kept=bool(verbatim))
            continue
        if event == "end" and name not in SKIPPED:
            verbatim -= name in ("pre", "textarea")
            _border(lines, name)
        if element is not body:
            lines.add(element.tail, kept=bool(verbatim))
    lines.end()
    # Some come as character references.
    return CONTROL.sub("", "\n".join(lines.done))


def _border(lines: _Lines, name: str) -> None:
    """The start or end of an element that does not run along in a line."""
    if name in CELLS:
        lines.open.append("\t")
    elif name not in INLINE:
        lines.end()


def _footnote(sup: etree._Element) -> str:
    """A footnote's number, in brackets: else “15,209³” would read as 152,093; "" for other ones."""
    number = "".join(sup.itertext()).strip()
    linked = any("#" in (link.get("href") or "") for link in sup.iter("{*}a"))
    return f"[{number}]" if linked and re.fullmatch(r"[0-9]{1,3}", number) else ""


def _facts(root: etree._Element, address: str) -> Facts:
    """What the page says of itself, by the name under which it does."""
    facts: Facts = {}
    scripts: list[str] = []
    for name, value in (*_metas(root), *_elements(root, address, scripts)):
        value = value.strip()[:MOST_VALUE]
        if value:
            facts.setdefault(name, []).append(value)
    for name, values in linked_data.facts(scripts).items():
        facts[name] = [value[:MOST_VALUE] for value in values]
    first, last = (facts.get(f"citation_{which}page", [""])[0] for which in ("first", "last"))
    if first:
        facts["pages"] = [f"{first}–{last}" if last and last != first else first]
    return facts


def _metas(root: etree._Element) -> Iterator[tuple[str, str]]:
    for number, meta in enumerate(root.iter("{*}meta")):
        if number > MOST_METAS:
            return
        content = meta.get("content") or ""
        names = " ".join(filter(None, (meta.get("name"), meta.get("property")))).lower().split()
        for name in dict.fromkeys(names):
            yield (
                re.sub(r"^dc\.terms\.|^dcterms?[.:]", "dcterms.", name.replace("dc:", "dc.")),
                content,
            )
        if (meta.get("http-equiv") or "").lower() == "content-language":
            yield "content-language", content
        if prop := meta.get("itemprop"):
            yield f"itemprop {prop.lower()}", content


def _elements(root: etree._Element, address: str, scripts: list[str]) -> Iterator[tuple[str, str]]:
    """Facts from elements other than <meta>; JSON-LD is put into ``scripts``."""
    yield (
        "<html lang>",
        root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
    )
    for element in root.iter(
        "{*}title", "{*}h1", "{*}link", "{*}script", "{*}time", "{*}a", "{*}span"
    ):
        name = _name(element)
        if name in ("title", "h1"):
            parent = element.getparent()
            if parent is None or _name(parent) != "svg":
                yield f"<{name}>", _content(element)
        elif name == "link":
            yield from _link(element, address)
        elif name == "script":
            if "ld+json" in (element.get("type") or "").lower() and len(scripts) < MOST_SCRIPTS:
                scripts.append(element.text or "")
        else:
            yield from _marked(element, name)


def _link(link: etree._Element, address: str) -> Iterator[tuple[str, str]]:
    if "canonical" not in (link.get("rel") or "").lower().split():
        return
    try:
        url = urljoin(address, (link.get("href") or "").strip())
        here, there = urlsplit(address), urlsplit(url)
    except ValueError:
        return
    # Elsewhere it would be another site's word; and a home page is the home page of all.
    same_site = there.scheme in ("http", "https") and there.netloc.lower() == here.netloc.lower()
    if same_site and (there.path.strip("/") or not here.path.strip("/")):
        yield "rel canonical", url


def _marked(element: etree._Element, name: str) -> Iterator[tuple[str, str]]:
    """Microdata and the classes by which most sites' templates mark a date or an author."""
    prop = (element.get("itemprop") or "").lower()
    if prop in ("author", "datepublished"):
        yield (
            f"itemprop {prop}",
            element.get("datetime") or element.get("content") or _content(element),
        )
    elif name == "time" and (
        element.get("pubdate") is not None or PUBLISHED.search(element.get("class") or "")
    ):
        yield "<time>", element.get("datetime") or _content(element)
    if name == "a" and "author" in (element.get("rel") or "").lower().split():
        yield "rel author", _content(element)


def _content(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())[:MOST_VALUE]
