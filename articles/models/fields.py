"""Callables that field definitions, and so migrations, name: default values and validators."""

import re
import secrets
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Crockford's base 32, lower case: no i, l, o, u, so that a uid can be read aloud.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
UID_LENGTH = 12
PARTIAL_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def new_uid() -> str:
    """Sixty random bits as twelve letters and digits."""
    return "".join(ALPHABET[byte & 31] for byte in secrets.token_bytes(UID_LENGTH))


def no_titles() -> list[str]:
    return []


def no_runs() -> list[list[int]]:
    return []


def validate_partial_date(value: str) -> None:
    """Accept a year, a month or a day in ISO 8601: 2017, 2017-06, 2017-06-30."""
    try:
        if not PARTIAL_DATE.fullmatch(value):
            raise ValueError
        date.fromisoformat(value + "0000-01-01"[len(value) :])
    except ValueError:
        raise ValidationError(
            _("“%(value)s” is no date. Write a year, a month or a day: 2017, 2017-06, 2017-06-30."),
            code="partial_date",
            params={"value": value},
        ) from None


def validate_titles(value: object) -> None:
    """Accept a list of non-empty strings of at most 300 characters."""
    if not isinstance(value, list) or not all(
        isinstance(title, str) and 0 < len(title.strip()) <= 300 for title in value
    ):
        raise ValidationError(
            _("See-also titles are lines of at most 300 characters."), code="titles"
        )
