"""Where a page is, in this language and in the others; which way a language is written."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from articles.reading import addressing
from articles.reading.languages import Version, everywhere, versions
from articles.text.direction import direction

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
    versions: list[Version]  # without an address of its own: the home page's


class AddressNode(template.Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        path = self.nodelist.render(context).strip()
        address = settings.SITE_URL + path if path else ""
        context["here"] = Here(
            # What was rendered is escaped, and the site's address is a setting.
            path=mark_safe(path),  # noqa: S308
            address=mark_safe(address),  # noqa: S308
            versions=versions(everywhere(path or addressing.path("home"))),
        )
        return ""


@register.tag("address")
def address(parser: Parser, token: Token) -> AddressNode:
    """Set ``here`` to where the page is: ``{% address %}{% url … %}{% endaddress %}``."""
    nodelist = parser.parse(["endaddress"])
    parser.delete_first_token()
    return AddressNode(nodelist)
