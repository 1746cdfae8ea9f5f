"""What script/setup does beyond installing."""

import pytest
from django.contrib.auth import authenticate, get_user_model

from articles.management.commands.prepare_site import collect_static, first_editor

NAMES = ("DJANGO_SUPERUSER_USERNAME", "DJANGO_SUPERUSER_PASSWORD", "DJANGO_SUPERUSER_EMAIL")


@pytest.fixture(autouse=True)
def _no_superuser_named(monkeypatch):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.django_db
def test_the_first_editors_made_up_password_works_and_is_told_once():
    told = first_editor()

    password = told[1].removeprefix("Password, shown this once: ")
    assert told[0] == "Made the first editor: editor"
    assert authenticate(username="editor", password=password).is_superuser
    assert first_editor() == []


@pytest.mark.django_db
def test_a_given_password_is_taken_and_not_told(monkeypatch):
    for name, value in zip(NAMES, ("amina", "long enough 17", "a@example.org"), strict=True):
        monkeypatch.setenv(name, value)

    assert first_editor() == ["Made the first editor: amina"]

    editor = authenticate(username="amina", password="long enough 17")
    assert (editor.email, editor.is_superuser) == ("a@example.org", True)


@pytest.mark.django_db
def test_where_there_is_a_superuser_nobody_is_made(django_user_model):
    django_user_model.objects.create_superuser("chief", password="x")
    django_user_model.objects.create_user("sample")

    assert first_editor() == []
    assert set(get_user_model().objects.values_list("username", flat=True)) == {"chief", "sample"}


def test_static_files_are_collected_once_for_each_release(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.RELEASE = "1"

    first = collect_static(tmp_path)
    again = collect_static(tmp_path)
    settings.RELEASE = "2"
    upgraded = collect_static(tmp_path)

    assert (first, again, upgraded) == (True, False, True)
    assert (tmp_path / "admin" / "css" / "base.css").exists()
