"""Django's ``{% url %}``, but that addresses are made from memory."""

from html import escape

from django import template
from django.template import defaulttags
from django.template.base import Parser, Token
from django.template.context import Context
from django.urls import NoReverseMatch

from articles.reading.addressing import of_view

OURS = ("articles:", "admin:articles_")

register = template.Library()


class PathNode(defaulttags.URLNode):
    """``{% url "articles:…" … %}`` without named arguments."""

    def __init__(self, name: str, node: defaulttags.URLNode) -> None:
        super().__init__(node.view_name, node.args, node.kwargs, node.asvar)
        self.name = name

    def render(self, context: Context) -> str:
        try:
            found = of_view(self.name, *(argument.resolve(context) for argument in self.args))
        except NoReverseMatch:
            if not self.asvar:
                raise
            found = ""  # as Django has it: a template may ask whether there is a page
        if self.asvar:
            context[self.asvar] = found
            return ""
        return escape(found) if context.autoescape else found


@register.tag
def url(parser: Parser, token: Token) -> defaulttags.URLNode:
    node = defaulttags.url(parser, token)
    name = node.view_name.var
    ours = isinstance(name, str) and name.startswith(OURS)
    return PathNode(name, node) if ours and not node.kwargs else node
