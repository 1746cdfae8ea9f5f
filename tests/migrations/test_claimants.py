"""Migration 0010 finds out what publishing would have written."""

from importlib import import_module

import pytest
from django.apps import apps

from articles import editing, publishing
from articles.editing import VerdictGiven
from articles.models import PublishedClaim
from tests.factories import EditorFactory, article, claim_of

fill = import_module("articles.migrations.0010_claimants_for_readers").fill

pytestmark = pytest.mark.django_db


def judged(claim, claimant):
    editing.review_claim(
        claim,
        read=claim.text,
        verdicts=[VerdictGiven("refuted", claimant=claimant)],
        citations=[],
        by=EditorFactory(),
    )


def claimants():
    return dict(PublishedClaim.objects.order_by("pk").values_list("text", "claimant"))


def test_readers_are_told_whose_claim_it_was_in_what_was_published():
    made = article("# Denials\n\nHe said that no camp was lost. She said that one was.")
    judged(claim_of(made, "no camp"), "A minister")
    publishing.publish(made, by=None)
    judged(claim_of(made, "one was"), "A general")  # a draft's
    told = claimants()
    PublishedClaim.objects.update(claimant="")  # as an earlier release left it

    fill(apps, None)

    assert claimants() == told
    assert told == {"He said that no camp was lost.": "A minister", "She said that one was.": ""}


def test_a_withdrawn_article_is_told_nothing_of():
    made = article("# Denials\n\nHe said that no camp was lost.")
    judged(claim_of(made, "no camp"), "A minister")
    publishing.publish(made, by=None)
    publishing.withdraw(made, by=None, reason="A doubt.")
    PublishedClaim.objects.update(claimant="")

    fill(apps, None)

    assert claimants() == {"He said that no camp was lost.": ""}
