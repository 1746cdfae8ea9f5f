"""Bring an installation to where it can serve; script/setup calls this."""

import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand

from articles import search


class Command(BaseCommand):
    help = (
        "Migrate the database, load the sample where there is no article, collect static files "
        "where they changed, and make the first editor where there is none. Run again, it "
        "changes nothing."
    )

    def handle(self, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False, stdout=self.stdout)
        if count := search.catch_up():
            self.stdout.write(f"Indexed {count} published articles for the search.")
        call_command("load_sample", stdout=self.stdout)
        if collect_static(Path(settings.STATIC_ROOT)):
            self.stdout.write("Collected the static files.")
        for line in first_editor():
            self.stdout.write(line)


def collect_static(target: Path) -> bool:
    """Collect the static files unless this release's are there; say whether that was needed."""
    stamp = target / "release.txt"
    if stamp.exists() and stamp.read_text() == settings.RELEASE:
        return False
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(settings.RELEASE)
    return True


def first_editor() -> list[str]:
    """Make a superuser where there is none; what to tell whoever set up the site.

    Name, password and e-mail come from DJANGO_SUPERUSER_…; a missing password is made up and
    told, this once.
    """
    users = get_user_model().objects
    if users.filter(is_superuser=True).exists():
        return []
    name = os.environ.get("DJANGO_SUPERUSER_USERNAME") or "editor"
    given = os.environ.get("DJANGO_SUPERUSER_PASSWORD")
    password = given or secrets.token_urlsafe(12)
    users.create_superuser(name, os.environ.get("DJANGO_SUPERUSER_EMAIL", ""), password)
    if given:
        return [f"Made the first editor: {name}"]
    return [
        f"Made the first editor: {name}",
        f"Password, shown this once: {password}",
        f"Log in at {settings.SITE_URL}/admin/ and change it there.",
    ]
