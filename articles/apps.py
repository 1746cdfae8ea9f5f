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
        post_migrate.connect(install_guards, sender=self)


def install_guards(using: str, **kwargs: Any) -> None:
    """Make the append-only triggers that the database lacks."""
    from articles.history import guards

    guards.install(connections[using])
