"""Migration 0009 finds out what publishing would have written."""

from dataclasses import replace
from importlib import import_module

import pytest
from django.apps import apps

from articles import editing, publishing
from articles.history.store import head
from articles.models import PublishedArticle, PublishedLink
from tests.factories import article

fill = import_module("articles.migrations.0009_see_also").fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def library():
    """Two of one title, a withdrawn one that names and is named, an old revision, a draft."""
    named = {
        "naming": ("Naming", ["ÉLECTIONS", "Pumps", "Gone", "Naming"]),
        "first": ("Élections", []),
        "second": ("élections", ["Wells"]),
        "gone": ("Gone", ["Pumps", "Élections"]),
    }
    made = {
        slug: article(f"# {title}\n\nIt says little.", slug=slug, see_also=see_also)
        for slug, (title, see_also) in named.items()
    }
    article("# Pumps\n\nA draft.", slug="draft", see_also=["Naming"])
    for one in (*made.values(), made["first"]):
        publishing.publish(one, by=None)
    publishing.withdraw(made["gone"], by=None, reason="A doubt.")
    for see_also, published in ((("Wells", "Gone"), True), (("Secret",), False)):
        made["naming"].refresh_from_db()
        text = replace(editing.article_text(made["naming"]), see_also=see_also)
        editing.save_article(made["naming"], text, base=head(made["naming"]).hash, by=None)
        if published:
            publishing.publish(made["naming"], by=None)
    return made


def links():
    return sorted(PublishedLink.objects.values_list("article__slug", "title_key"))


def linked():
    return dict(PublishedArticle.objects.values_list("slug", "linked"))


def test_what_was_published_before_gets_its_links(library):
    told = (links(), linked())
    # As an earlier release left it: only the titles of what readers see now, which lead nowhere.
    old = PublishedLink.objects.filter(article__slug="naming")
    old.exclude(title_key__in=["wells", "gone"]).delete()
    PublishedArticle.objects.update(linked={})

    fill(apps, None)

    assert (links(), linked()) == told
    assert linked() == {
        "naming": {"élections": "second", "naming": "naming"},
        "first": {},
        "second": {},
        "gone": {"élections": "second"},
    }


def test_a_site_without_articles_has_nothing_to_fill():
    fill(apps, None)

    assert links() == []
