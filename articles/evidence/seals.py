"""Hashes of what was found outside: each covers its row."""

from datetime import datetime

from django.db import models

from articles.models import QuoteCheck, Snapshot, Visit
from articles.text.canonical import canonical, moment, sha256

Found = Snapshot | Visit | QuoteCheck


def seal(row: Found) -> str:
    """SHA-256 over all that the row says: every column but its key and the hash itself.

    A row names another by that one's hash, since keys differ between databases.
    """
    return sha256(canonical({field.name: _said(row, field) for field in _fields(row)}))


def sealed(row: Found) -> Found:
    """The row, checked and inserted with its hash. Raises ValidationError."""
    row.hash = seal(row)
    row.full_clean()
    row.save()
    return row


def _fields(row: Found) -> list[models.Field]:
    return [f for f in row._meta.concrete_fields if not f.primary_key and f.name != "hash"]


def _said(row: Found, field: models.Field) -> bool | int | str | None:
    value = getattr(row, field.attname)
    if value is not None and field.related_model is Snapshot:
        return getattr(row, field.name).hash
    return moment(value) if isinstance(value, datetime) else value
