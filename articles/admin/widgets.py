"""Fields and widgets that editors type into."""

import unicodedata
from typing import Any

from django import forms
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _


class Module:
    """A script that the browser loads as an ES module, for a widget's media."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __html__(self) -> SafeString:
        return format_html('<script type="module" src="{}"></script>', static(self.path))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Module) and self.path == other.path

    def __hash__(self) -> int:
        return hash(self.path)


class MarkdownArea(forms.Textarea):
    """Markdown with a live preview; its script starts in rows that are added later, too.

    In place of markdownx's widget, whose script starts at page load only.
    """

    class Media:
        js = [Module("articles/js/markdown-preview.js")]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "markdown", "rows": 8, "spellcheck": "true", **(attrs or {})})


class TagsInput(forms.TextInput):
    """Tags as text; the browser offers those that the site knows (static/articles/js/tags.js)."""

    class Media:
        js = [Module("articles/js/tags.js")]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "tags vTextField", "list": "tag-names", **(attrs or {})})

    def format_value(self, value: Any) -> str:
        return value if isinstance(value, str) else ", ".join(value or ())


class TagsField(forms.CharField):
    """Names separated by commas, and by nothing else: “a b c” is one tag.

    Its value is a tuple of names in the order typed.
    """

    widget = TagsInput

    def clean(self, value: str) -> tuple[str, ...]:
        names = (" ".join(name.split()) for name in super().clean(value).split(","))
        return tuple(dict.fromkeys(unicodedata.normalize("NFC", name) for name in names if name))


class TitlesField(forms.CharField):
    """Titles, one a line. Its value is a list, as the table's is."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> str:
        return value if isinstance(value, str) else "\n".join(value or ())

    def clean(self, value: str) -> list[str]:
        lines = (" ".join(line.split()) for line in super().clean(value).splitlines())
        return [line for line in lines if line]


def ai_text_field() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("Contains text written by an AI system"),
        required=False,
        help_text=_("Tick it when you paste what a language model wrote. Readers are told."),
    )


def change_summary_field() -> forms.CharField:
    return forms.CharField(
        label=_("Change summary"),
        required=False,
        max_length=300,
        help_text=_("Why; shown in the history."),
        widget=forms.TextInput({"class": "vTextField", "autocomplete": "off"}),
    )
