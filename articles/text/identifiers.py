"""What an editor pastes to name a work: an address, a DOI, an ISBN, a symbol of the UN.

And addresses made comparable, so that the same page is not taken for two.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import SplitResult, quote, unquote, urlsplit

import idna

from articles.text import un_documents

LONGEST = 2000  # characters of what is pasted
DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+")
DOI_NAMED = re.compile(
    r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|info:doi/|doi:?\s*)", re.IGNORECASE
)
ISBN_NAMED = re.compile(r"(?:urn:)?isbn(?:[-\s]?1[03])?:?\s*", re.IGNORECASE)
ISBN_SIGNS = re.compile(r"[0-9](?:[-‐‑–\s]?[0-9])*[-‐‑–\s]?[0-9Xx]")
OPENED_BY = {")": "(", "]": "["}
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
# A host without its scheme, as browsers show it: a dot, letters at the end, then a path or not.
BARE_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?::[0-9]+)?(?:[/?#]\S*)?")

# Parameters that tell a site where a visitor came from and never which page this is. Others are
# kept in their order: what looks like a mark at one site chooses the page at another.
TRACKING_PREFIXES = (
    "utm_",  # Urchin, Google Analytics and most senders of newsletters
    "at_",  # AT Internet (BBC, France 24)
    "pk_",  # Piwik
    "mtm_",  # Matomo
    "hsa_",  # HubSpot's advertisements
)
TRACKING = frozenset(
    (
        *("gclid", "gclsrc", "dclid", "wbraid", "gbraid", "_ga", "_gl"),  # Google
        *("fbclid", "igshid", "igsh"),  # Facebook, Instagram
        *("msclkid", "yclid", "twclid", "ttclid", "li_fat_id"),  # Bing, Yandex, X, TikTok, LinkedIn
        *("mc_cid", "mc_eid"),  # Mailchimp
        *("_hsenc", "_hsmi", "mkt_tok", "vero_id", "oly_anon_id", "oly_enc_id"),  # other senders
        *("xtor", "smid", "cmpid", "__twitter_impression"),  # French papers, New York Times, others
    )
)
DEFAULT_PORTS = {"http": 80, "https": 443}
UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
# What may stand in a path or a query beside these (RFC 3986).
PLAIN_SIGNS = "!$&'()*+,;=:@/?"

NEEDS_NONE = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@/?-]*")

Kind = Literal["url", "doi", "isbn", "un"]
Reason = Literal["empty", "long", "scheme", "host", "isbn", "unknown"]
SENTENCES: dict[Reason, str] = {
    "empty": "Paste an address, a DOI, an ISBN or a UN document symbol.",
    "long": "This is too long to be an address: paste one address, DOI, ISBN or UN symbol.",
    "scheme": "Only addresses that begin with http:// or https:// can be fetched.",
    "host": "This address names no site: copy it again from the browser.",
    "isbn": "This ISBN's check digit is wrong: compare it with the book.",
    "unknown": "This is no address, DOI, ISBN or UN document symbol.",
}


class Unrecognised(ValueError):
    """What was pasted names no work; ``reason`` says why, for those who word it."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(SENTENCES[reason])
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Identifier:
    kind: Kind
    value: str  # in its usual spelling
    address: str  # where the work is to be found; "" for an ISBN


def recognise(pasted: str) -> Identifier:
    """Tell what was pasted. Raises Unrecognised, a ValueError.

    >>> recognise("doi:10.1234/abc.")
    Identifier(kind='doi', value='10.1234/abc', address='https://doi.org/10.1234/abc')
    >>> recognise("0-306-40615-2").value
    '9780306406157'
    >>> recognise("S/RES/2690(2023)").value
    'S/RES/2690 (2023)'
    """
    pasted = pasted.strip().strip('<>"“”').strip()
    if not pasted:
        raise Unrecognised("empty")
    if len(pasted) > LONGEST:
        raise Unrecognised("long")
    if value := doi(pasted):
        return Identifier("doi", value, f"https://doi.org/{quote(value, safe='/:;()._-')}")
    if symbol := un_documents.symbol(pasted):
        return Identifier("un", symbol, un_documents.address(symbol))
    if (value := isbn(pasted)) is not None:
        return Identifier("isbn", value, "")
    return _address(pasted)


def doi(text: str) -> str:
    """The DOI that a text consists of, with or without what names it so; "" where it is none.

    >>> doi("https://doi.org/10.1000%2F182"), doi("see 10.1000/182")
    ('10.1000/182', '')
    """
    text = text.strip()
    named = DOI_NAMED.match(text)
    rest = text[named.end() :] if named else text
    if named and "doi.org" in named[0].lower():
        rest = unquote(re.split(r"[?#]", rest, maxsplit=1)[0])
    if not DOI.fullmatch(rest):
        return ""
    rest = rest.rstrip(".,;:")
    # A bracket that nothing opened belongs to the sentence around.
    while rest[-1] in OPENED_BY and rest.count(rest[-1]) > rest.count(OPENED_BY[rest[-1]]):
        rest = rest[:-1].rstrip(".,;:")
    return rest if DOI.fullmatch(rest) else ""


def isbn(text: str) -> str | None:
    """The ISBN that a text consists of, as thirteen digits; None where it is none.

    Raises Unrecognised where only the check digit is wrong.

    >>> isbn("ISBN 978-0-306-40615-7"), isbn("15209")
    ('9780306406157', None)
    """
    named = ISBN_NAMED.match(text)
    rest = (text[named.end() :] if named else text).strip()
    if not ISBN_SIGNS.fullmatch(rest):
        return None
    digits = re.sub(r"[^0-9Xx]", "", rest).upper()
    if len(digits) == 13 and digits.startswith(("978", "979")) and digits.isdigit():
        if check_digit(digits[:12]) == digits[12]:
            return digits
    elif len(digits) == 10:
        weighed = sum((10 - at) * (10 if d == "X" else int(d)) for at, d in enumerate(digits))
        if weighed % 11 == 0:
            return f"978{digits[:9]}{check_digit(f'978{digits[:9]}')}"
    elif not named:
        return None
    raise Unrecognised("isbn")


def check_digit(twelve: str) -> str:
    """The last digit of an ISBN of thirteen."""
    return str(-sum(int(d) * (3 if at % 2 else 1) for at, d in enumerate(twelve)) % 10)


def _address(pasted: str) -> Identifier:
    if not SCHEME.match(pasted) or re.match(r"[\w.-]+:[0-9]", pasted):
        if not BARE_HOST.fullmatch(pasted):
            raise Unrecognised("unknown")
        pasted = f"https://{pasted}"
    try:
        parts = urlsplit(pasted)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise Unrecognised("host") from None
    if parts.scheme not in DEFAULT_PORTS:
        raise Unrecognised("scheme")
    if not host or re.search(r"\s", parts.netloc):
        raise Unrecognised("host")
    symbol, language = un_documents.symbol_at(pasted)
    if symbol:
        return Identifier("un", symbol, un_documents.address(symbol, language))
    url = re.sub(r"\s", lambda space: quote(space[0]), pasted)
    return Identifier("url", url, url)


def without_tracking(url: str) -> str:
    """The address as it is, without what tells a site where its visitor came from.

    Its fragment goes as well, unless a script reads it as a path.

    >>> without_tracking("https://example.org/a?id=3&utm_source=x#top")
    'https://example.org/a?id=3'
    """
    parts = urlsplit(url)
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    return parts._replace(query=_query(parts.query), fragment=fragment).geturl()


@lru_cache(maxsize=20_000)
def same_page(url: str) -> str:
    """The address in a form that is equal for addresses of one page; only to compare.

    http counts as https, and `www.example.org` as `example.org`: hardly a site shows different
    works there. What is no address comes back as it is.

    >>> same_page("http://www.Example.org:80/a/?utm_source=x&b=%7e#top")
    'https://example.org/a?b=~'
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return url
    if parts.scheme not in DEFAULT_PORTS or not host:
        return url
    netloc = _host(host) + (f":{port}" if port and port not in DEFAULT_PORTS.values() else "")
    fragment = _encoded(parts.fragment) if parts.fragment.startswith("!") else ""
    path = _without_dots(_encoded(parts.path)).rstrip("/")
    return SplitResult("https", netloc, path, _encoded(_query(parts.query)), fragment).geturl()


@lru_cache(maxsize=2_000)
def _host(host: str) -> str:
    host = host.rstrip(".").lower()
    if ":" in host:
        return f"[{host}]"
    try:
        host = idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        host = quote(host, safe=".-_~%")
    bare = host.removeprefix("www.")
    return bare if "." in bare else host


def _query(query: str) -> str:
    kept = [part for part in query.split("&") if part and not _tracks(part)]
    return "&".join(kept)


def _tracks(parameter: str) -> bool:
    name = unquote(parameter.partition("=")[0]).lower()
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)


def _encoded(text: str) -> str:
    """Percent signs only where they must stand, with capital hexadecimals."""
    if NEEDS_NONE.fullmatch(text):
        return text

    def escape(match: re.Match) -> str:
        sign = chr(int(match[1], 16))
        return sign if sign in UNRESERVED else match[0].upper()

    pieces = re.split(r"(%[0-9A-Fa-f]{2})", text)
    return "".join(
        re.sub(r"%(..)", escape, piece)
        if at % 2
        else quote(piece, safe=PLAIN_SIGNS, errors="replace")
        for at, piece in enumerate(pieces)
    )


def _without_dots(path: str) -> str:
    """The path without `.` and `..`, as browsers ask for it."""
    kept: list[str] = []
    for part in path.split("/"):
        if part == "..":
            kept = kept[:-1] if len(kept) > 1 else kept
        elif part != ".":
            kept.append(part)
    return "/".join(kept)
