"""The addresses of pages by their names, remembered: finding one anew takes fifty times as long."""

import re
from functools import lru_cache

from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

# What stands in an address as it is, wherever it may stand. Anything else is Django's to judge.
PLAIN = re.compile(r"[A-Za-z0-9_-]+")
# Stand for arguments where only the address around them is asked for: good as slugs and numbers.
STAND_INS = ("70000000001", "70000000002", "70000000003")


def path(name: str, *arguments: str | int) -> str:
    """The path of a readers' page by its name, in the language of the interface.

    Raises NoReverseMatch where no page has the name, or none with so many arguments, or with such
    letters. Plain words are not held against the pattern: one for a number makes a dead link.
    """
    return of_view(f"articles:{name}", *arguments)


def of_view(view: str, *arguments: str | int) -> str:
    """The path of any page; ``view`` is its name with its namespace."""
    # All that an address depends on while a process lives.
    around = get_language(), get_script_prefix()
    if len(arguments) <= len(STAND_INS) and all(map(is_plain, arguments)):
        return shape(view, len(arguments), *around) % arguments
    return reversed_path(view, arguments, *around)


def claims() -> str:
    """What the claims' addresses begin with, up to the uid: a page may lead to thousands."""
    return path("claim", "-").removesuffix("-/")


def is_plain(argument: object) -> bool:
    if isinstance(argument, str):
        return PLAIN.fullmatch(argument) is not None
    return isinstance(argument, int)


@lru_cache(maxsize=1_000)
def shape(view: str, count: int, _language: str, _prefix: str) -> str:
    """The path with ``%s`` for each of its arguments."""
    found = reverse(view, args=STAND_INS[:count]).replace("%", "%%")
    for stand_in in STAND_INS[:count]:
        found = found.replace(stand_in, "%s")
    return found


@lru_cache(maxsize=1_000)
def reversed_path(view: str, arguments: tuple[str | int, ...], _language: str, _prefix: str) -> str:
    return reverse(view, args=arguments)
