"""Addresses from memory."""

import pytest
from django.urls import NoReverseMatch
from django.utils import translation

from articles.reading.addressing import path


def test_a_page_has_an_address_in_each_language():
    for _time in range(2):
        assert path("claim", "c1") == "/claims/c1/"
        with translation.override("fr"):
            assert path("claim", "c1") == "/fr/claims/c1/"


def test_what_a_pattern_has_to_judge_is_left_to_it():
    assert path("tag", "été") == "/tags/%C3%A9t%C3%A9/"
    assert path("tag", "50%") == "/tags/50%25/"
    with pytest.raises(NoReverseMatch):
        path("article", "no slug")


def test_a_page_that_is_not_there_is_an_error():
    with pytest.raises(NoReverseMatch):
        path("nowhere")
