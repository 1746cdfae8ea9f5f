"""Numbers as readers read them, in the language of the page."""

from django.utils.translation import pgettext


def grouped(number: int) -> str:
    """The number with its thousands apart: 15,209; in French 15 209."""
    return f"{number:,}".replace(",", pgettext("between thousands", ","))
