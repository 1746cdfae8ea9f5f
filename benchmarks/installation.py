"""An installation of its own to measure, in a directory that goes when the command ends.

Import it before anything that needs Django: it sets the environment and Django up.
The database is SQLite, as shipped, unless BENCHMARK_DATABASE_URL names another by then.
"""

import io
import os
import socket
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


_data = tempfile.TemporaryDirectory(prefix="minusma-benchmark-")
DATA_DIR = Path(_data.name)
ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "minusma_site.settings",
    "DATA_DIR": _data.name,
    "DEBUG": "0",
    "HOST": "127.0.0.1",
    "PORT": str(free_port()),
    # The shape in which it is shipped, whatever .env says.
    **dict.fromkeys(("CACHE_URL", "SECRET_KEY", "FETCH_ALLOW"), ""),
    "DATABASE_URL": os.environ.get("BENCHMARK_DATABASE_URL", ""),
}
# Unset, these follow from HOST and PORT.
for name in ("SITE_URL", "ALLOWED_HOSTS"):
    os.environ.pop(name, None)
os.environ |= ENVIRONMENT
sys.path.insert(0, str(ROOT))

import django  # noqa: E402  (after the environment is set)
from django.core.management import call_command  # noqa: E402

django.setup()


def prepare() -> None:
    """What script/setup does after installing packages: database, static files, sample."""
    call_command("prepare_site", stdout=io.StringIO())


def database_bytes() -> int:
    """The size of the database on the disk, with all that was written moved into its file."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return Path(connection.settings_dict["NAME"]).stat().st_size
