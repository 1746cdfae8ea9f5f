"""A served page as it works from any folder of any host.

Pure, and by token: what is not a link stays as it was, letter for letter. Pages come from our own
templates and from cleaned HTML, so each "<" begins a tag.
"""

import re
from collections.abc import Callable
from html import escape, unescape

# A tag that may hold links, with its attributes, whose values may hold ">".
TAG = re.compile(
    r"<(a|link|script|img|source|form|area|meta|blockquote|q)\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.IGNORECASE,
)
LINK = re.compile(r"(?<=\s)(href|src|action|content)=\"([^\"]*)\"", re.IGNORECASE)
LIVE = " data-live"
NAME = re.compile(r"[a-z][a-z0-9]*")
EMPTY = {"img", "input", "link", "meta", "br", "hr", "source", "area"}

RELATIVE = re.compile(r"\s(?:href|src|action)=\"(?![/#]|[a-z][a-z0-9+.-]*:)", re.IGNORECASE)

Lead = Callable[[str, str], str]  # a tag's attributes and an address in it → what stands there


def without_live(html: str) -> str:
    """The page without what needs a server: elements that the templates mark as data-live.

    No value of an attribute before the mark may hold a "<"; ours are escaped.

    >>> without_live('<p>a <b data-live>b <b>c</b></b> d</p> <input data-live name="x"> e')
    '<p>a  d</p>  e'
    """
    kept, at = [], 0
    while (mark := html.find(LIVE, at)) >= 0:
        start = html.rfind("<", at, mark)
        name = NAME.match(html, start + 1)[0]
        kept.append(html[at:start])
        end = html.index(">", mark) + 1
        at = end if name in EMPTY else end_of(html, name, end)
    return "".join([*kept, html[at:]])


def end_of(html: str, name: str, at: int) -> int:
    """Where the element ends whose start tag ends at ``at``."""
    depth = 1
    for tag in re.compile(rf"<(/?){name}\b[^>]*>", re.IGNORECASE).finditer(html, at):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.end()
    raise ValueError(f"<{name} data-live> does not end")


def led(html: str, tag: Callable[[re.Match[str]], str]) -> str:
    """The page with each tag that may hold links put through ``tag``.

    >>> led('<p>See href="/a" <a class="b" href="/c">d</a></p>', lambda tag: tag[0].upper())
    '<p>See href="/a" <A CLASS="B" HREF="/C">d</a></p>'
    """
    return TAG.sub(tag, html)


def tag_led(found: re.Match[str], lead: Lead) -> str:
    """The tag with each link in it put through ``lead``.

    >>> tag = TAG.match('<a class="b" href="/c?x=1&amp;y=2">')
    >>> tag_led(tag, lambda tag, address: address + "!")
    '<a class="b" href="/c?x=1&amp;y=2!">'
    """
    attributes, name = found[2], found[1].lower()

    def attribute(found: re.Match[str]) -> str:
        if (found[1].lower() == "content") != (name == "meta"):
            return found[0]
        given = unescape(found[2]) if "&" in found[2] else found[2]
        if given.startswith("#"):
            return found[0]
        there = lead(f"{name}{attributes}", given)
        return found[0] if there == given else f'{found[1]}="{escape(there)}"'

    return f"<{found[1]}{LINK.sub(attribute, attributes)}>"


def is_relative(tag: str) -> bool:
    """Whether a link in the tag may depend on the page that it is on.

    >>> is_relative('<a href="../c/">'), is_relative('<a href="/c/">')
    (True, False)
    """
    return RELATIVE.search(tag) is not None
