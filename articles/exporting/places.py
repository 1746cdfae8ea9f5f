"""Where an address lies in the folder, and how one page leads to another from there.

Pure: an address is a path of the site as browsers ask for it, percent-encoded, with a query only
where it asks for a page of a list. A file is named from the folder's root, with slashes.
"""

import re
from hashlib import sha256
from urllib.parse import quote, unquote, urljoin, urlsplit

PAGE = re.compile(r"page=([1-9]\d{0,5})")
COMMON = re.compile(r"(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+/?|/")
LONGEST = 200  # bytes of a name; file systems take 255
PLAIN = "!$&'()*+,;=:@~"  # need no encoding in a path (RFC 3986)


class NoPlace(ValueError):
    """An address that no file can stand for."""


def file_of(address: str) -> str:
    """The file of an address.

    >>> file_of("/articles/mali/"), file_of("/articles/mali.md"), file_of("/tags/%C3%A9t%C3%A9/")
    ('articles/mali/index.html', 'articles/mali.md', 'tags/été/index.html')
    >>> file_of("/?page=2"), file_of("/?page=1")
    ('page-2/index.html', 'index.html')

    Raises NoPlace for one that leads out of the folder or asks for more than a page.
    """
    if is_common(address):
        return address[1:] + ("index.html" if address.endswith("/") else "")
    parts = urlsplit(address)
    names = [unquote(part) for part in parts.path.lstrip("/").split("/")]
    folder = names.pop() == "" if parts.path.endswith("/") else False
    if any(name in ("", ".", "..") or set(name) & set("/\\\0") for name in names):
        raise NoPlace(address)
    names = [short(name) for name in names]
    if parts.query:
        asked = PAGE.fullmatch(parts.query)
        if not (asked and folder):
            raise NoPlace(address)
        names += [f"page-{asked[1]}"] if asked[1] != "1" else []
    return "/".join([*names, "index.html"] if folder else names)


def is_common(address: str) -> bool:
    """Whether it is like most: nothing in it is encoded, too long, or asks for a page of a list."""
    return len(address) < LONGEST and COMMON.fullmatch(address) is not None


def has_file(address: str) -> bool:
    """Whether a file can stand for the address: tags may be called anything."""
    try:
        file_of(address)
    except NoPlace:
        return False
    return True


def short(name: str) -> str:
    """The name, or as much of it as fits, with what tells it from others that begin so."""
    if len(name.encode()) <= LONGEST:
        return name
    begin = name.encode()[: LONGEST - 17].decode(errors="ignore")
    return f"{begin}-{sha256(name.encode()).hexdigest()[:16]}"


def static_address(address: str) -> str:
    """The address at which a static host serves what the site serves at ``address``.

    >>> static_address("/tags/%C3%A9t%C3%A9/"), static_address("/sources/?page=3")
    ('/tags/%C3%A9t%C3%A9/', '/sources/page-3/')
    """
    if is_common(address):
        return address
    file = file_of(address)
    return "/" + quote(file.removesuffix("index.html"), safe="/" + PLAIN)


def joined(page: str, link: str) -> str:
    """The address that a link on the page at ``page`` leads to, without its fragment.

    >>> joined("/articles/mali/history/", "../revisions/3/#s"), joined("/sources/", "?page=2")
    ('/articles/mali/revisions/3/', '/sources/?page=2')
    """
    return urljoin(page, link).partition("#")[0]


def to_root(page: str) -> str:
    """The way from a page's file to the folder's root.

    >>> to_root("/articles/mali/"), to_root("/?page=2"), to_root("/"), to_root("/404.html")
    ('../../', '../', './', './')
    """
    return "../" * file_of(page).count("/") or "./"


def link(page: str, address: str) -> str:
    """A link from one page's file to what lies at another address, by way of the root.

    >>> link("/articles/mali/", "/articles/mali/history/"), link("/?page=2", "/")
    ('../../articles/mali/history/', '../')
    """
    return to_root(page) + static_address(address)[1:]
