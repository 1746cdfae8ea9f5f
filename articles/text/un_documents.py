"""Symbols of documents of the United Nations: what they look like, and what they tell."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

DOCUMENTS = "https://docs.un.org/"
# Organs and bodies whose documents carry a symbol, by how it begins.
BODIES = {
    "S": "UN Security Council",
    "A/HRC": "UN Human Rights Council",
    "A": "UN General Assembly",
    "E": "UN Economic and Social Council",
    "ST": "UN Secretariat",
    "CCPR": "UN Human Rights Committee",
    "CEDAW": "UN Committee on the Elimination of Discrimination against Women",
    "CERD": "UN Committee on the Elimination of Racial Discrimination",
    "CAT": "UN Committee against Torture",
    "CRC": "UN Committee on the Rights of the Child",
    "T": "UN Trusteeship Council",
    "DP": "UN Development Programme",
    "TD": "UN Conference on Trade and Development",
}
LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
# S/RES/2690 (2023), A/RES/3379 (XXX), S/2023/36/Add.1, S/PV.9365 (Resumption 1), E/CN.4/1996/4
SYMBOL = (
    rf"(?:{'|'.join(sorted(BODIES, key=len, reverse=True))})"
    r"(?:\s?/\s?[A-Z0-9](?:[A-Z0-9.-]*[A-Z0-9])?){1,7}"
    r"(?:\s?\((?:[0-9]{4}|[IVXLC]{1,7}|Resumption\s?[0-9]{1,2}|Part\s?[IVX]{1,4})\))?"
)
PASTED = re.compile(rf"(?:UN\s+)?(?:doc(?:ument)?\.?\s+)?({SYMBOL})\.?", re.IGNORECASE)
IN_TEXT = re.compile(rf"(?<![\w/.]){SYMBOL}(?![\w/])")
HOSTS = ("docs.un.org", "undocs.org", "www.undocs.org", "daccess-ods.un.org")


def symbol(pasted: str) -> str:
    """The symbol as the UN write it; "" where this is none.

    >>> symbol("s / res/2690(2023)"), symbol("UN Doc. S/2023/36"), symbol("and/or")
    ('S/RES/2690 (2023)', 'S/2023/36', '')
    """
    match = PASTED.fullmatch(pasted.strip())
    # A figure is what tells a symbol from “A/B”.
    return _written(match[1]) if match and re.search(r"[0-9]", match[1]) else ""


def first_symbol(text: str) -> str:
    """The first symbol in a text, such as a document's first page; "" where there is none."""
    for match in IN_TEXT.finditer(text):
        if re.search(r"[0-9]", match[0]):
            return _written(match[0])
    return ""


def symbol_at(url: str) -> tuple[str, str]:
    """The symbol that an address of the UN's document sites names, and its language ("" unknown).

    >>> symbol_at("https://docs.un.org/fr/S/RES/2690(2023)")
    ('S/RES/2690 (2023)', 'fr')
    >>> symbol_at("https://undocs.org/Home/Mobile?FinalSymbol=S%2F2023%2F36&Language=E")
    ('S/2023/36', '')
    """
    parts = urlsplit(url)
    if (parts.hostname or "") not in HOSTS:
        return "", ""
    asked = parse_qs(parts.query)
    for name in ("FinalSymbol", "DS"):
        if name in asked:
            return symbol(asked[name][0]), ""
    path = unquote(parts.path).strip("/")
    language, _, rest = path.partition("/")
    if language.lower() in LANGUAGES:
        return symbol(rest), language.lower()
    return symbol(path), ""


def address(of: str, language: str = "en") -> str:
    """Where the UN keep the document.

    >>> address("S/RES/2690 (2023)")
    'https://docs.un.org/en/S/RES/2690(2023)'
    """
    return f"{DOCUMENTS}{language or 'en'}/{of.replace(' ', '')}"


def fields(of: str) -> dict[str, str]:
    """What a symbol tells of its document, in the fields of a source.

    >>> fields("S/RES/2690 (2023)")["title"], fields("A/RES/70/1")["title"]
    ('Security Council resolution 2690 (2023)', 'General Assembly resolution 70/1')
    """
    body = next(
        BODIES[start]
        for start in sorted(BODIES, key=len, reverse=True)
        if f"{of}/".startswith(f"{start}/")
    )
    kind, title = _titled(of, body.removeprefix("UN "))
    found = {
        "type": kind,
        "title": title,
        "authors": f"{{{body}}}",
        "publisher": "United Nations",
        "number": of,
        "language": "en",
    }
    if year := re.search(r"\(((?:19|20)[0-9]{2})\)|/((?:19|20)[0-9]{2})(?:/|$)", of):
        found["issued"] = year[1] or year[2]
    return found


def _titled(of: str, body: str) -> tuple[str, str]:
    """The type, and the name by which the document is cited."""
    if match := re.fullmatch(r"(?:S|A|A/HRC)/RES/(.+)", of):
        return "legislation", f"{body} resolution {match[1]}"
    if match := re.fullmatch(r"(?:S|A)/DEC/(.+)", of):
        return "legislation", f"{body} decision {match[1]}"
    if match := re.fullmatch(r"S/PRST/(.+)", of):
        return "document", f"Statement by the President of the {body} {of}"
    if match := re.fullmatch(r"S/PV\.([0-9]+)(.*)", of):
        return "document", f"{body}, {ordinal(int(match[1]))} meeting{match[2]}, verbatim record"
    if match := re.fullmatch(r"A/([0-9]+)/PV\.([0-9]+)(.*)", of):
        session, meeting = ordinal(int(match[1])), ordinal(int(match[2]))
        return "document", f"{body}, {session} session, {meeting} meeting{match[3]}"
    return "document", f"{body} document {of}"


def ordinal(number: int) -> str:
    """A number as its place in a row.

    >>> [ordinal(n) for n in (1, 2, 11, 9363)]
    ['1st', '2nd', '11th', '9363rd']
    """
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _written(found: str) -> str:
    """In one spelling: capitals for the body, no spaces but one before the year."""
    bare = re.sub(r"\s", "", found)
    bare = bare.upper() if bare == bare.lower() else bare
    head, bracket, tail = bare.partition("(")
    parts = head.split("/")
    # “Add.1”, “Rev.2” keep their case; names of bodies and kinds are capitals.
    parts = [part if re.match(r"(?:Add|Rev|Corr)\.", part) else part.upper() for part in parts]
    parts = [re.sub(r"^(ADD|REV|CORR)(?=\.)", lambda m: m[1].title(), part) for part in parts]
    tail = re.sub(
        r"^(resumption|part)(?=.)", lambda m: f"{m[1].title()} ", tail, flags=re.IGNORECASE
    )
    return "/".join(parts) + (f" {bracket}{tail}" if bracket else "")
