"""Tables whose rows are added and never changed."""

from typing import Any, NoReturn, Self

from django.db import models
from django.utils.translation import gettext as _


class AppendOnlyError(Exception):
    """Somebody tried to change or delete a row of a table that only grows."""


def refuse(model: type[models.Model]) -> NoReturn:
    raise AppendOnlyError(
        _("Rows of %(table)s are added, never changed or deleted. Add a new one instead.")
        % {"table": model._meta.db_table}
    )


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **kwargs: Any) -> NoReturn:
        refuse(self.model)

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        refuse(self.model)

    def delete(self) -> NoReturn:
        refuse(self.model)

    def _raw_delete(self, using: str | None) -> NoReturn:
        refuse(self.model)


class AppendOnly(models.Model):
    """Base of the tables that only grow; the database's triggers say the same (history/guards.py).

    The one place where ``save`` is overridden: an instance that was read back must
    not be written again, whoever calls.
    """

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            refuse(type(self))
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        refuse(type(self))

    @classmethod
    def added(cls, **values: Any) -> Self:
        """Check and insert one row."""
        row = cls(**values)
        row.full_clean()
        row.save()
        return row
