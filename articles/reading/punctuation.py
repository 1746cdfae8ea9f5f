"""Signs between words, in the language of the page: French has a space before some of them."""

from collections.abc import Iterable

from django.utils.translation import pgettext


def colon() -> str:
    return pgettext("after a word", ":")


def semicolons(phrases: Iterable[str]) -> str:
    """The phrases in a row: “6 verdicts by a person; 1 section moved”."""
    return f"{pgettext('after a word', ';')} ".join(phrases)
