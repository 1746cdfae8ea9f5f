from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article

MISSED = timedelta(minutes=3)  # several beats of static/articles/js/presence.js
UNHEARD = timedelta(minutes=15)  # for a page whose script does not run


class PresenceQuerySet(models.QuerySet):
    def at(self, moment: datetime) -> Self:
        """Those that are not forgotten yet."""
        return self.filter(
            Q(beats=True, seen_at__gt=moment - MISSED)
            | Q(beats=False, seen_at__gt=moment - UNHEARD)
        )


class Presence(models.Model):
    """Somebody has an article open to edit it. Neither content nor a lock."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="presences", db_index=False)
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    beats = models.BooleanField(default=False)  # the page's script has been heard

    objects = PresenceQuerySet.as_manager()

    class Meta:
        ordering = ["opened_at", "pk"]
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [
            models.UniqueConstraint(fields=["article", "editor"], name="presence_once_each")
        ]

    def __str__(self) -> str:
        return f"{self.editor}, {self.article}"
