"""Django's ``{% url %}``, but that readers' pages are looked up in memory."""

from django import template
from django.template import defaulttags
from django.template.base import Parser, Token
from django.template.context import Context
from django.utils.html import conditional_escape

from articles.reading.addressing import path

PAGES = "articles:"

register = template.Library()


class PathNode(defaulttags.URLNode):
    """``{% url "articles:…" … %}`` without named arguments and ``as``."""

    def __init__(self, name: str, node: defaulttags.URLNode) -> None:
        super().__init__(node.view_name, node.args, node.kwargs, node.asvar)
        self.name = name

    def render(self, context: Context) -> str:
        found = path(self.name, *(argument.resolve(context) for argument in self.args))
        return conditional_escape(found) if context.autoescape else found


@register.tag
def url(parser: Parser, token: Token) -> defaulttags.URLNode:
    node = defaulttags.url(parser, token)
    name = node.view_name.var
    if isinstance(name, str) and name.startswith(PAGES) and not (node.kwargs or node.asvar):
        return PathNode(name.removeprefix(PAGES), node)
    return node
