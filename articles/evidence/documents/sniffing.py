"""What kind of document some bytes are, and in what characters they are written."""

import codecs
import re

WEB_PAGES = ("text/html", "application/xhtml+xml", "text/xml")
# How formats begin that hold no text, or none that is read here.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "office"),  # .docx, .odt, .epub, and every other .zip
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),  # .doc, .xls
    (b"{\\rtf", "office"),
    (b"\x1f\x8b", "archive"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"RIFF", "image"),
    (b"ID3", "image"),
    (b"\x00\x00\x00\x18ftyp", "image"),
    (b"\x00\x00\x00\x20ftyp", "image"),
)
LOOKS_LIKE_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
META_CHARSET = re.compile(
    rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
XML_ENCODING = re.compile(
    rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE
)
# Where browsers read a name as that of a larger set (WHATWG, Encoding), so do we.
LARGER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
# Python also knows codecs that are no character sets of documents, such as unicode_escape.
CHARACTER_SETS = re.compile(
    r"utf-(?:8|16|32)(?:-[bl]e)?|cp(?:125\d|874|932|949|437|850|866)|iso8859-\d+|koi8-[rut]|gb18030"
    r"|gbk|gb2312|big5(?:hkscs)?|shift_jis|euc_(?:jp|kr)|iso2022_jp|mac-\w+|ascii|tis-620"
)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


class Refused(Exception):
    """Why there is no text, in one of the words that `reading` has a sentence for."""


def media_type(body: bytes, told: str) -> str:
    """The kind of document, from its bytes and what HTTP told. Raises Refused."""
    told = told.strip().lower()
    if not body.strip():
        raise Refused("empty")
    if b"%PDF-" in body[:1024]:
        return "application/pdf"
    for start, kind in SIGNATURES:
        if body.startswith(start):
            raise Refused(kind)
    if told.startswith(("image/", "audio/", "video/")) and told != "image/svg+xml":
        raise Refused("image")
    if _is_binary(body):
        raise Refused("binary")
    return _of_text(body, told)


def _of_text(body: bytes, told: str) -> str:
    if told in WEB_PAGES:
        return told
    if told in ("application/xml", "image/svg+xml") or told.endswith("+xml"):
        return "text/xml"
    if told in ("text/markdown", "text/x-markdown"):
        return "text/markdown"
    if told.startswith("text/"):
        return "text/plain"
    if LOOKS_LIKE_HTML.match(body[:4096]):
        return "text/html"
    if body.lstrip()[:5] == b"<?xml":
        return "text/xml"
    if told == "application/pdf":
        raise Refused("broken")
    return "text/plain"


def _is_binary(body: bytes) -> bool:
    """Whether there are many bytes that no text has. UTF-16 and UTF-32 begin with a mark."""
    if any(body.startswith(mark) for mark, _ in MARKS):
        return False
    head = body[:100_000]
    return len(re.findall(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]", head)) * 200 > len(head)


def decoded(body: bytes, told: str = "", *, markup: bool = False) -> str:
    """The text of the bytes, without control characters, its line ends as "\\n".

    What counts, in this order: a byte-order mark, HTTP, the document's own word, UTF-8 if it
    is valid, and Windows-1252, of which every byte means something.
    """
    text = _decoded(body, told, markup=markup).removeprefix("\ufeff")
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _decoded(body: bytes, told: str, *, markup: bool) -> str:
    for mark, name in MARKS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    for name in (told, *(_declared(body) if markup else ())):
        if found := character_set(name):
            return body.decode(found, "replace")
    try:
        return body.decode()
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")


def _declared(body: bytes) -> list[str]:
    head = body[:4096]
    found = (XML_ENCODING.match(head), META_CHARSET.search(head))
    names = [match[1].decode() for match in found if match]
    # What declares itself in ASCII is not in UTF-16, whatever it says.
    return ["utf-8" if name.lower().startswith(("utf-16", "utf-32")) else name for name in names]


def character_set(name: str) -> str:
    """Python's name of a document's character set; "" where it is none.

    >>> character_set("ISO-8859-1"), character_set("rot13")
    ('cp1252', '')
    """
    try:
        known = codecs.lookup(name.strip()).name if name.strip() else ""
    except (LookupError, ValueError):
        return ""
    return LARGER.get(known, known) if CHARACTER_SETS.fullmatch(known) else ""
