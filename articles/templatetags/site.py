"""What every page says of the site."""

from django import template
from django.conf import settings
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def site_name() -> str:
    return settings.SITE_NAME


class OnceNode(template.Node):
    child_nodelists = ()  # there is no block inside to be found

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self.made: dict[tuple[str, str], str] = {}

    def render(self, context: Context) -> str:
        key = (get_language(), settings.RELEASE)
        if key not in self.made:
            self.made[key] = self.nodelist.render(context)
        return self.made[key]


@register.tag
def once(parser: Parser, token: Token) -> OnceNode:
    """Render what is inside once for each language, since it says the same on every page.

    Nothing inside may depend on the context: ``{% once %}{% translate "Tags" %}{% endonce %}``.
    """
    nodelist = parser.parse(["endonce"])
    parser.delete_first_token()
    return OnceNode(nodelist)
