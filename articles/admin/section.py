"""The sections of an article's form."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.admin.door import by_field
from articles.admin.rows import RowForm, Rows, RowsInline
from articles.admin.widgets import MarkdownArea, TagsField
from articles.history.state import ArticleText, SectionText, in_order
from articles.models import Article, Section


class SectionForm(RowForm):
    heading = forms.CharField(
        label=_("Heading"),
        required=False,
        max_length=300,
        widget=forms.TextInput({"class": "heading", "placeholder": _("Introduction")}),
    )
    level = forms.TypedChoiceField(
        label=_("Level"), coerce=int, initial=2, choices=[(n, str(n)) for n in (2, 3, 4)]
    )
    body = forms.CharField(label=_("Text"), required=False, strip=False, widget=MarkdownArea)
    tags = TagsField(label=_("Tags"), required=False)
    position = forms.IntegerField(label=_("Place"), required=False, min_value=0)

    def text(self) -> SectionText:
        values = self.cleaned_data
        return SectionText(
            uid=values["id"],
            level=values["level"],
            heading=values["heading"],
            body=values["body"],
            tags=in_order(values["tags"]),
        )


def section_values(text: ArticleText) -> list[dict[str, Any]]:
    """What the rows of the form show of a text."""
    return [
        {
            "id": section.uid,
            "heading": section.heading,
            "level": section.level,
            "body": section.body,
            "tags": section.tags,
            "position": position,
        }
        for position, section in enumerate(text.sections, start=1)
    ]


class Sections(Rows):
    form = SectionForm
    prefix_name = "sections"

    def values_of(self, instance: Article | None) -> list[dict[str, Any]]:
        """One empty row: a new article begins with it. The admin says what another one holds."""
        self.extra = 1
        return []

    def says_something(self, form: RowForm) -> bool:
        values = form.cleaned_data
        return bool(values["id"] or values["heading"] or values["body"].strip() or values["tags"])

    def in_order(self) -> list[SectionForm]:
        """The rows by their numbers; equal ones as they stand, those without one at the end."""
        last = float("inf")

        def place(form: SectionForm) -> float:
            position = form.cleaned_data.get("position")
            return last if position is None else position

        return sorted(self.kept(), key=place)

    def texts(self) -> tuple[SectionText, ...]:
        return tuple(form.text() for form in self.in_order())

    def clean(self) -> None:
        """Put the door's refusals to the rows that they speak of."""
        if not self.refusal or not self.is_valid():
            return
        rows = self.in_order()
        for name, found in by_field(self.refusal).items():
            match name.split("."):
                # After a merge there may be more sections than rows.
                case ["sections", place, field] if int(place) < len(rows):
                    rows[int(place)].add_error(field, found)
                case ["sections", *_]:
                    raise ValidationError(found)


class SectionInline(RowsInline):
    model = Section
    rows = Sections
    fields = ["heading", "level", "body", "tags", "position"]
    template = "admin/articles/article/sections.html"
