from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.append_only import AppendOnly
from articles.models.fields import UID_LENGTH, new_uid
from articles.models.source import Source


class Kind(models.TextChoices):
    """How a copy came here."""

    FETCHED = "fetched", _("fetched from the source's address")
    ARCHIVED = "archived", _("fetched from a public archive")
    UPLOADED = "uploaded", _("uploaded by an editor")


class Snapshot(AppendOnly):
    """A stored copy of a source. Its bytes, and the text read from them, are files by hash."""

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    source = models.ForeignKey(
        Source, models.PROTECT, to_field="uid", related_name="snapshots", verbose_name=_("source")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    address = models.TextField(_("address"), blank=True)  # as asked for; "" for an upload
    final_address = models.TextField(_("final address"), blank=True)  # after redirects
    status = models.PositiveSmallIntegerField(_("status"), null=True, blank=True)  # of HTTP
    headers = models.TextField(blank=True)  # canonical JSON: [[name, value], …], as received
    taken_at = models.DateTimeField(_("taken at"), default=timezone.now)
    # When an archive took its copy (RFC 7089, Memento-Datetime).
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True)
    media_type = models.CharField(_("media type"), max_length=100)
    body = models.CharField(_("SHA-256"), max_length=64)  # of the bytes, and their file's name
    size = models.PositiveIntegerField(_("size"))  # bytes
    text = models.CharField(max_length=64, blank=True)  # … of the text; "" where none was read
    characters = models.PositiveIntegerField(_("characters"), default=0)
    pages = models.PositiveIntegerField(_("pages"), default=0)  # form feeds divide them; 0: none
    editor = models.CharField(_("uploaded by"), max_length=150, blank=True)
    note = models.CharField(
        _("where the copy comes from"),
        max_length=500,
        blank=True,
        help_text=_("Readers see this: “Scan of pages 12 to 14 of the printed edition”."),
    )
    hash = models.CharField(max_length=64, unique=True)  # of the row, see evidence/seals.py

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("stored copy")
        verbose_name_plural = _("stored copies")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="snapshot_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id}, {self.taken_at:%Y-%m-%d %H:%M}"
