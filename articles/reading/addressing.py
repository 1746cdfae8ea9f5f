"""The paths of pages by their names, remembered: finding one anew takes fifty times as long."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language


def path(name: str, *arguments: str | int) -> str:
    """The path of a readers' page by its name, in the language of the interface.

    Raises NoReverseMatch where no page has the name, or none with such arguments.
    """
    # All that an address depends on while a process lives.
    return _path(name, arguments, get_language(), get_script_prefix())


def claims() -> str:
    """What the claims' addresses begin with, up to the uid: a page may lead to thousands."""
    return path("claim", "-").removesuffix("-/")


@lru_cache(maxsize=20_000)
def _path(name: str, arguments: tuple[str | int, ...], _language: str, _prefix: str) -> str:
    return reverse(f"articles:{name}", args=arguments)
