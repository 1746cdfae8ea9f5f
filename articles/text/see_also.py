"""Pointers to other articles that stand in a draft: "See also  Title", lists under "Voir aussi"."""

import re
from collections.abc import Sequence

from articles.text.blocks import LIST_ITEM, Block

LABEL = re.compile(
    r"(?:see also|also see|read (?:more|also|next)|you may also like"
    r"|related(?: (?:articles?|reading|posts?|topics?|links?|pages?))?"
    r"|voir (?:aussi|également)|(?:à )?lire (?:aussi|également)|à (?:lire|voir)"
    r"|articles? (?:liés?|connexes?|associés?)|sur le même sujet)(?!\w)",
    re.IGNORECASE,
)
# After these, one space is enough before the title; "Related Forces" may be a heading.
PLAIN_LABEL = re.compile(
    r"(?:see also|also see|read also|voir (?:aussi|également)|(?:à )?lire (?:aussi|également))"
    r"(?!\w)",
    re.IGNORECASE,
)
DECORATION = re.compile(r"[^\w\[]+")
LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\([^()\n]{0,2000}\)")
WIKI_LINK = re.compile(r"\[\[([^\[\]|\n]{1,300})(?:\|[^\[\]\n]{0,300})?\]\]")
BETWEEN = re.compile(r"\s[|·•]\s|;\s")
BETWEEN_LABEL_AND_TITLE = " \t\xa0\u202f*_:：–—-|→»>"
STOPS = (".", ",", ";", ":")
MOST_CHARACTERS = 200


def is_label(text: str) -> bool:
    """Whether these words announce see-also titles and nothing else."""
    bare = _undecorated(text)
    found = LABEL.match(bare)
    return bool(found) and not bare[found.end() :].strip(BETWEEN_LABEL_AND_TITLE)


def in_line(line: str) -> tuple[str, ...]:
    """The titles in a line that begins with a label, () where it is no such line.

    >>> in_line("See also  Securing the Ceasefire")
    ('Securing the Ceasefire',)
    >>> in_line("**Voir aussi :** [Les puits](/puits) et [La pompe](/pompe)")
    ('Les puits', 'La pompe')
    >>> in_line("See also the report of 2013, which says so.")
    ()
    """
    bare = _undecorated(line)
    found = LABEL.match(bare)
    if not found:
        return ()
    rest = bare[found.end() :]
    title = rest.lstrip(BETWEEN_LABEL_AND_TITLE)
    gap = rest[: len(rest) - len(title)]
    if not title or not gap:
        return ()
    if links := linked(title):
        return links
    apart = " - " in gap or "  " in gap or any(sign in gap for sign in ":：–—|→»>\t\xa0")
    if not apart and not PLAIN_LABEL.match(bare):
        return ()
    titles = tuple(filter(None, map(clean, BETWEEN.split(title))))
    return titles if titles and all(map(_like_title, titles)) else ()


def in_list(block: Block) -> tuple[str, ...]:
    """The titles in a block that is a list, a row of links or one short line, else ()."""
    titles: list[str] = []
    for line in block.lines:
        item = LIST_ITEM.match(line)
        words = line[item.end() :] if item else line
        found = linked(words) or ((clean(words),) if _like_title(clean(words)) else ())
        if not found or not (item or linked(words) or len(block.lines) == 1):
            return ()
        titles += found
    return tuple(titles)


def linked(text: str) -> tuple[str, ...]:
    """The texts of a line's links."""
    return tuple(map(clean, WIKI_LINK.findall(text) or LINK.findall(text)))


def clean(title: str) -> str:
    """A title without the marks around it."""
    title = title.strip(" \t\xa0")
    for mark in ("**", "__", "*", "_", "`"):
        if title.startswith(mark) and title.endswith(mark) and len(title) > 2 * len(mark):
            title = title[len(mark) : -len(mark)]
    return " ".join(title.split())


def without_repeats(titles: Sequence[str]) -> tuple[str, ...]:
    return tuple({title.casefold(): title for title in reversed(titles)}.values())[::-1]


def _like_title(title: str) -> bool:
    return (
        0 < len(title) <= MOST_CHARACTERS
        and not title.endswith(STOPS)
        and (title[0].isupper() or title[0].isdigit() or not title[0].isalpha())
    )


def _undecorated(line: str) -> str:
    line = line.strip()
    decoration = DECORATION.match(line)
    return line[decoration.end() :] if decoration else line
