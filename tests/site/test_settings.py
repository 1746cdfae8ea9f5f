"""The settings that an environment leads to, read by a process of their own."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UNSET = {"DATABASE_URL": "", "CACHE_URL": "", "SECRET_KEY": "", "DEBUG": "0"}
SHOW = """
import json, sys
from minusma_site import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))
"""


def environment(tmp_path: Path, **variables: str) -> dict[str, str]:
    own = {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "minusma_site.settings"}
    shipped = {"HOST": "127.0.0.1", "PORT": "8000", "SITE_URL": "http://127.0.0.1:8000"}
    names = {"ALLOWED_HOSTS": "localhost,127.0.0.1"}
    return {"PATH": os.environ["PATH"]} | UNSET | own | shipped | names | variables


def read(tmp_path: Path, *names: str, **variables: str) -> dict:
    done = subprocess.run(
        [sys.executable, "-c", SHOW, *names],
        cwd=ROOT,
        env=environment(tmp_path, **variables),
        capture_output=True,
        check=True,
    )
    return json.loads(done.stdout)


def deploy_check(tmp_path: Path, **variables: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=environment(tmp_path, **variables),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("given", "contact"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"FETCH_CONTACT": "evidence@example.org"}, "evidence@example.org"),
        (
            {"FETCH_CONTACT": "evidence@example.org", "SECURITY_CONTACT": "safe@example.org"},
            "safe@example.org",
        ),
    ],
)
def test_there_is_always_somebody_to_tell_of_a_hole(tmp_path, given, contact):
    assert read(tmp_path, "SECURITY_CONTACT", **given) == {"SECURITY_CONTACT": contact}


def test_nothing_given_is_production_on_sqlite(tmp_path):
    shown = read(tmp_path, "DEBUG", "DATABASES", "CACHES", "SECRET_KEY", "SESSION_COOKIE_SECURE")

    database = shown["DATABASES"]["default"]
    assert shown["DEBUG"] is False
    assert database["NAME"] == str(tmp_path / "db.sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert shown["CACHES"]["default"]["BACKEND"].endswith("LocMemCache")
    assert shown["SECRET_KEY"] == (tmp_path / "secret_key").read_text()
    assert shown["SESSION_COOKIE_SECURE"] is False


def test_an_https_site_brings_all_that_https_needs(tmp_path):
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"]

    shown = read(
        tmp_path,
        *names,
        "SECURE_HSTS_SECONDS",
        "CSRF_TRUSTED_ORIGINS",
        SITE_URL="https://articles.example.org/",
    )

    assert [shown[name] for name in names] == [True, True, True]
    assert shown["SECURE_HSTS_SECONDS"] >= 365 * 24 * 60 * 60
    assert shown["CSRF_TRUSTED_ORIGINS"] == ["https://articles.example.org"]


def test_a_grown_site_takes_its_servers_from_the_environment(tmp_path):
    shown = read(
        tmp_path,
        "DATABASES",
        "CACHES",
        DATABASE_URL="postgres://user:word@db.example.org:5433/articles",
        CACHE_URL="redis://cache.example.org:6379/2",
    )

    database = shown["DATABASES"]["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"], database["NAME"]) == (
        "db.example.org",
        5433,
        "articles",
    )
    assert database["OPTIONS"] == {"options": "-c synchronous_commit=on"}
    assert (database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"]) == (60, True)
    cache = shown["CACHES"]["default"]
    assert cache["BACKEND"] == "django.core.cache.backends.redis.RedisCache"
    assert cache["LOCATION"] == "redis://cache.example.org:6379/2"


def test_sqlite_keeps_its_options_in_another_file(tmp_path):
    shown = read(tmp_path, "DATABASES", DATABASE_URL=f"sqlite:///{tmp_path}/other.db")

    database = shown["DATABASES"]["default"]
    assert database["NAME"] == str(tmp_path / "other.db")
    assert "synchronous=FULL" in database["OPTIONS"]["init_command"]


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "https://articles.example.org"])
def test_the_shipped_shape_passes_djangos_deployment_check(address, tmp_path):
    done = deploy_check(tmp_path, SITE_URL=address)

    assert (done.returncode, done.stderr) == (0, "")


def test_plain_http_off_this_machine_is_warned_of(tmp_path):
    done = deploy_check(tmp_path, SITE_URL="http://articles.example.org")

    assert done.returncode == 1
    assert "security.W012" in done.stderr
    assert "security.W016" in done.stderr


def test_env_example_names_every_variable_that_is_read():
    code = "".join(
        (ROOT / name).read_text()
        for name in (
            "minusma_site/settings.py",
            "articles/management/commands/prepare_site.py",
        )
    )
    read_by_code = set(re.findall(r'(?:env\.\w+|environ\.get)\(\s*"([A-Z_]+)"', code))
    named = set(re.findall(r"^# ([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert named == read_by_code
