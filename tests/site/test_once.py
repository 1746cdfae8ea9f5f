"""What says the same on every page."""

from django.template import engines
from django.utils import translation


def test_what_is_within_once_is_rendered_once_for_each_language():
    page = engines["django"].from_string(
        "{% load i18n site %}{% once %}{% translate 'Sources' %} {{ n }}{% endonce %}, {{ n }}"
    )

    said = []
    for n, language in enumerate(("en", "fr", "en", "fr")):
        with translation.override(language):
            said.append(page.render({"n": n}))

    assert said == ["Sources 0, 0", "Sources 1, 1", "Sources 0, 2", "Sources 1, 3"]
