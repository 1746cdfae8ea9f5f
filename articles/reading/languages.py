"""The language of the interface, which the address of a page tells: ``/fr/articles/…`` is French.

Pages in the site's first language have no prefix. The addresses are the same otherwise, so that
a page's address in another language follows from its own.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.checks import CheckMessage
from django.urls import URLPattern
from django.urls.resolvers import RoutePattern
from django.utils.translation import get_language, get_language_info, override, pgettext

from articles.reading import addressing

FIRST = settings.LANGUAGE_CODE
OTHERS = tuple(code for code, _name in settings.LANGUAGES if code != FIRST)
PREFIXES = tuple(f"{code}/" for code in OTHERS)
PREFIX_LENGTH = 3  # a code of two letters and a slash
BEGINNINGS = tuple(f"/{prefix}" for prefix in PREFIXES)


def language_of(path: str) -> str:
    """The language of the page at a path of the site.

    >>> language_of("/fr/tags/"), language_of("/tags/"), language_of("/france/")
    ('fr', 'en', 'en')
    """
    return path.split("/", 2)[1] if path.startswith(BEGINNINGS) else FIRST


def in_language(path: str, language: str) -> str:
    """The path of the same page in another language.

    >>> in_language("/tags/?page=2", "fr"), in_language("/fr/tags/", "en")
    ('/fr/tags/?page=2', '/tags/')
    """
    return f"/{prefix(language)}{bare(path)}"


def bare(path: str) -> str:
    """The path without the slash that it begins with, and without a language."""
    return path[len(language_of(path)) + 2 :] if path.startswith(BEGINNINGS) else path[1:]


def prefix(language: str | None) -> str:
    return f"{language}/" if language in OTHERS else ""


class LanguageRoute:
    """A pattern of addresses that there are in each language, around one for the first language.

    Django's own ``i18n_patterns`` takes the language of the thread for granted also where it reads
    an address. This one reads it from the address, so that whoever looks one up finds the same;
    only an address that is made follows the thread's language. And it needs no resolver around
    the patterns, which would take a third of a warm page's time.
    """

    def __init__(self, plain: RoutePattern) -> None:
        self.plain = plain
        self.name = plain.name
        self.converters = plain.converters

    @property
    def regex(self) -> re.Pattern[str]:
        """What Django makes addresses from, in the thread's language."""
        return re.compile(f"^{prefix(get_language())}{self.plain.regex.pattern.removeprefix('^')}")

    def match(self, path: str) -> tuple[str, tuple[object, ...], dict[str, object]] | None:
        return self.plain.match(path[PREFIX_LENGTH:] if path.startswith(PREFIXES) else path)

    def check(self) -> list[CheckMessage]:
        return self.plain.check()

    def describe(self) -> str:
        return self.plain.describe()

    def __str__(self) -> str:
        return str(self.plain)


def in_each_language(patterns: Iterable[URLPattern]) -> list[URLPattern]:
    return [
        URLPattern(LanguageRoute(found.pattern), found.callback, found.default_args, found.name)
        for found in patterns
    ]


@dataclass(frozen=True, slots=True)
class Version:
    """A page in one language."""

    language: str
    name: str  # of the language, in itself
    path: str
    address: str  # the path with the site before it
    current: bool  # whether it is the language of the interface


def versions(paths: Mapping[str, str]) -> list[Version]:
    """The page in each language that ``paths`` names, in the order of the settings."""
    return [
        Version(
            language=code,
            name=get_language_info(code)["name_local"].capitalize(),
            path=paths[code],
            address=settings.SITE_URL + paths[code],
            current=code == get_language(),
        )
        for code in (FIRST, *OTHERS)
        if code in paths
    ]


def everywhere(path: str) -> dict[str, str]:
    """The path of a page in every language."""
    return {code: in_language(path, code) for code in (FIRST, *OTHERS)}


def path_in(language: str, name: str, *arguments: str | int) -> str:
    """The path of a readers' page by its name, in a language."""
    return in_language(addressing.path(name, *arguments), language)


def in_languages(path: str, found: Iterable[Sequence[str]]) -> dict[str, str]:
    """An article's paths by language; ``found`` are its translations' languages and slugs."""
    others = {language: path_in(language, "article", slug) for language, slug in found}
    return everywhere(path) | others


@dataclass(frozen=True, slots=True)
class Translation:
    """A text's other language: where it is, and a sentence in that language that leads there."""

    language: str
    path: str
    words: str


def translations(found: Iterable[Sequence[str]]) -> list[Translation]:
    """``found`` are languages and slugs."""
    return [
        Translation(language, path_in(language, "article", slug), invitation(language))
        for language, slug in found
    ]


def invitation(language: str) -> str:
    with override(language):
        return pgettext("said in the language that it names", "Read this article in English")
