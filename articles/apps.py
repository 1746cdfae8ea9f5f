from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Articles and evidence")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Django's one way to hear that a migration may have rebuilt a table.
        post_migrate.connect(install_in_database, sender=self)


def install_in_database(using: str, **kwargs: Any) -> None:
    """Make the append-only triggers and the full-text index that the database lacks."""
    from articles import search
    from articles.history import guards

    guards.install(connections[using])
    search.index(connections[using]).install(connections[using])
