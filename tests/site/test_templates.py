"""What templates say the same on every page, and what stands in for Django's own tags."""

import pytest
from django.template import engines
from django.urls import NoReverseMatch, reverse
from django.utils import translation


def rendered(text: str, /, **context: object) -> str:
    return engines["django"].from_string(text).render(context)


def test_what_is_within_once_is_rendered_once_for_each_language():
    page = engines["django"].from_string(
        "{% load site %}{% once %}{% translate 'Sources' %} {{ n }}{% endonce %}, {{ n }}"
    )

    said = []
    for n, language in enumerate(("en", "fr", "en", "fr")):
        with translation.override(language):
            said.append(page.render({"n": n}))

    assert said == ["Sources 0, 0", "Sources 1, 1", "Sources 0, 2", "Sources 1, 3"]


def test_fixed_words_are_translated_into_each_language():
    page = engines["django"].from_string(
        "{% translate 'Sources' %}{% translate ':' context 'after a word' %}"
    )

    said = []
    for language in ("en", "fr", "en", "fr"):
        with translation.override(language):
            said.append(page.render({}))

    assert said == ["Sources:", "Sources\u00a0:"] * 2


def test_words_that_a_page_names_are_translated_as_they_come():
    with translation.override("fr"):
        assert rendered("{% translate name %}", name="Tags") == "Étiquettes"
        assert rendered("{% translate name %}", name="Search") == "Recherche"
        assert rendered("{% translate 'Search' as kept %}[{{ kept }}]") == "[Recherche]"


@pytest.mark.parametrize(
    ("text", "cut"),
    [("a <b>", "a &lt;b&gt;"), ("a <b> c", "a &lt;b…"), ("", ""), (12_345_678, "1234…")],
)
def test_text_is_cut_only_where_it_is_too_long(text, cut):
    assert rendered("{{ text|truncatechars:5 }}", text=text) == cut


def test_an_address_is_what_django_makes_of_its_name():
    names = ["home", "article", "compare", "tag", "tag", "tag", "as-of"]
    arguments = [
        (),
        ("mali",),
        ("mali", 3, 12),
        ("mali",),
        ("été & <b>",),
        ("100%",),
        ("m", "2017"),
    ]
    for language in ("en", "fr"):
        with translation.override(language):
            for name, given in zip(names, arguments, strict=True):
                url = " ".join(f"a{place}" for place in range(len(given)))
                context = {f"a{place}": value for place, value in enumerate(given)}
                expected = rendered("{{ x }}", x=reverse(f"articles:{name}", args=given))

                assert rendered(f'{{% url "articles:{name}" {url} %}}', **context) == expected
                kept = f'{{% url "articles:{name}" {url} as x %}}{{{{ x }}}}'
                assert rendered(kept, **context) == expected


@pytest.mark.parametrize(
    "tag", ['"articles:article" ""', '"articles:nowhere"', '"articles:home" 1']
)
def test_an_address_that_there_is_not_is_an_error(tag):
    with pytest.raises(NoReverseMatch):
        rendered(f"{{% url {tag} %}}")


def test_an_address_that_is_kept_is_empty_where_there_is_none():
    for there_is_none in ('"articles:article" ""', '"articles:nowhere"', '"articles:home" 1'):
        assert rendered(f"{{% url {there_is_none} as x %}}[{{{{ x }}}}]") == "[]"


def test_a_page_is_in_each_language_at_the_sites_address(settings):
    page = (
        "{% load languages %}{% address %}/search/?q={{ q }}&amp;page=2{% endaddress %}"
        "{{ here.versions }}"
    )
    for address in ("https://one.example.org", "https://two.example.org"):
        settings.SITE_URL = address

        said = rendered(page, q="a&b").split()

        there = f'href="{address}/search/?q=a&amp;b&amp;page=2">'
        assert [part for part in said if part.startswith("href=")] == [
            there,
            there.replace("/search", "/fr/search"),
            there,
        ]
