"""Rows of values in the shape of Django's inlines."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest

MOST_ROWS = 2_000


class RowForm(forms.Form):
    """One row. ``id`` is the uid of what the row shows, "" in a new row.

    The fields ``folded`` are what few rows need; they lie under the words ``fold``.
    """

    folded: tuple[str, ...] = ()
    fold: str = ""

    id = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)

    @property
    def unfolded(self) -> bool:
        """Whether what is folded has to be seen: something stands there, or is wrong."""
        return any(self[name].value() or self[name].errors for name in self.folded)


class Rows(forms.BaseFormSet):
    """A formset of plain values that the admin takes for an inline's.

    Django's own keeps a database row behind each form and refuses the whole form when
    somebody else deleted one meanwhile. Here that is for the door to decide, and what
    was typed stays.

    ``refusal`` is what the door said to these rows before, to be shown at the fields.
    """

    form: type[RowForm]
    prefix_name: str
    can_delete = True
    can_delete_extra = True
    can_order = False
    extra = 0
    min_num, max_num, absolute_max = 0, MOST_ROWS, MOST_ROWS
    validate_min = validate_max = False

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        instance: models.Model | None = None,
        prefix: str | None = None,
        initial: list[dict[str, Any]] | None = None,
        refusal: ValidationError | None = None,
        **ignored: Any,  # what the admin passes for database rows: queryset, save_as_new
    ) -> None:
        if data is None and initial is None:
            initial = self.values_of(instance)
        self.refusal = refusal
        self.renderer = forms.renderers.get_default_renderer()
        super().__init__(data, files, prefix=prefix, initial=initial)

    @classmethod
    def get_default_prefix(cls) -> str:
        return cls.prefix_name

    def values_of(self, instance: models.Model | None) -> list[dict[str, Any]]:
        """What the rows show when the form is opened."""
        raise NotImplementedError

    def get_queryset(self) -> list[RowForm]:
        """For the admin, which pairs each form with the object behind it."""
        return list(self.initial_forms)

    def kept(self) -> list[RowForm]:
        """The valid rows that are not deleted and say something, as they stand in the form."""
        deleted = self.deleted_forms
        return [
            form
            for form in self.forms
            if form not in deleted and form.cleaned_data and self.says_something(form)
        ]

    def says_something(self, form: RowForm) -> bool:
        """Whether the row is more than a blank one that was added and left alone."""
        return True


class RowsInline(admin.StackedInline):
    """An inline of values; who may change the parent may change its rows."""

    rows: type[Rows]
    extra = 0
    view_on_site = False

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type[Rows]:
        return self.rows

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission
