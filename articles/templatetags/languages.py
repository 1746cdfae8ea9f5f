"""Where a page is, in this language and in the others; which way a language is written."""

from dataclasses import dataclass
from functools import lru_cache

from django import template
from django.conf import settings
from django.template import loader
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from articles.reading import addressing
from articles.reading.languages import bare, everywhere, versions
from articles.text.direction import direction

STAND_IN = addressing.STAND_INS[0]

register = template.Library()


@register.filter("dir")
def dir_attribute(language: str) -> str:
    """The attribute ``dir`` where the language is written the other way than the page's."""
    way = direction(language or "")
    return "" if way == direction(get_language() or "") else mark_safe(f' dir="{way}"')  # noqa: S308


@dataclass(frozen=True, slots=True)
class Here:
    """The page's own address; "" where it has none, as an error and a draft."""

    path: SafeString
    address: SafeString  # with the site before it
    # The page in each language, for programs and for people, as HTML. Without an address of its
    # own: the home page.
    versions: SafeString
    languages: SafeString


class AddressNode(template.Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        path = self.nodelist.render(context).strip()
        address = settings.SITE_URL + path if path else ""
        same = bare(path or addressing.path("home"))
        around = shapes(get_language(), settings.SITE_URL, settings.RELEASE)
        # What was rendered is escaped, and the site's address is a setting.
        context["here"] = Here(
            *map(mark_safe, (path, address, *(html.replace(STAND_IN, same) for html in around)))
        )
        return ""


@lru_cache(maxsize=100)
def shapes(_language: str, _site: str, _release: str) -> tuple[str, str]:
    """What leads to the page in each language, with a stand-in for what their paths share."""
    context = {"versions": versions(everywhere(f"/{STAND_IN}"))}
    return (
        loader.render_to_string("articles/_versions.html", context),
        loader.render_to_string("articles/_languages.html", context),
    )


@register.tag("address")
def address(parser: Parser, token: Token) -> AddressNode:
    """Set ``here`` to where the page is: ``{% address %}{% url … %}{% endaddress %}``."""
    nodelist = parser.parse(["endaddress"])
    parser.delete_first_token()
    return AddressNode(nodelist)
