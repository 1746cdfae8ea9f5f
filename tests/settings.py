"""The site's settings, whatever the environment or .env of the machine says.

DATABASE_URL is the exception: with it the same tests run on PostgreSQL.
"""

import os
import tempfile

_data = tempfile.TemporaryDirectory(prefix="minusma-tests-")
os.environ |= {
    "DEBUG": "0",
    "DATA_DIR": _data.name,
    "HOST": "127.0.0.1",
    "PORT": "8000",
    "SITE_URL": "http://testserver",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "SECRET_KEY": "only for tests " * 5,
    "CACHE_URL": "locmemcache://",
    "FETCH_ALLOW": "",
    "FETCH_DELAY": "0",
}

from minusma_site.settings import *  # noqa: E402, F403  (after the environment is set)
from minusma_site.settings import DATABASES, STORAGES  # noqa: E402

# Tests share no built files, and a manifest would have to be collected first.
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
STATIC_ROOT = None
# A strong hash takes 0.3 s for each log-in.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in production: connections of several threads meet in it as they do there.
    DATABASES["default"]["TEST"] = {"NAME": f"{_data.name}/test.sqlite3"}
    # A commit waits 5 ms for the disk, and no test can cut the power. Processes may be killed as
    # they like: what was committed is with the operating system. FULL is tests/site/test_settings'.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
