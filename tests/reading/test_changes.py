"""What a publication changed, in words."""

from dataclasses import replace

import pytest

from articles import editing, publishing
from articles.history.store import head
from articles.reading.changes import in_words
from tests.factories import article


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, ""),
        ({"words_added": 54, "sentences_added": 5}, "+54 words; 5 sentences added"),
        (
            {"words_added": 21, "words_removed": 14, "sentences_changed": 2},
            "+21 −14 words in 2 sentences",
        ),
        ({"sentences_changed": 1}, "1 sentence changed"),  # in its signs
        (
            {
                "words_added": 57,
                "words_removed": 1,
                "sentences_changed": 1,
                "words_added_within": 3,
                "words_removed_within": 1,
                "sentences_added": 5,
            },
            "+3 −1 words in 1 sentence; 5 sentences added",
        ),
        # The log's older entries do not tell the words apart.
        (
            {"words_added": 57, "words_removed": 1, "sentences_changed": 1, "sentences_added": 5},
            "+57 −1 words; 1 sentence changed; 5 sentences added",
        ),
    ],
)
def test_words_are_said_of_the_sentences_that_hold_them(counts, said):
    assert in_words(counts) == said


@pytest.mark.django_db
def test_words_of_new_sentences_are_not_counted_as_words_of_reworded_ones():
    made = article()
    publishing.publish(made, by=None)
    text = editing.article_text(made)
    *others, last = text.sections
    body = last.body.replace("nine", "nearly ten") + " Five villages lost their wells that spring."
    text = replace(text, sections=(*others, replace(last, body=body)))
    editing.save_article(made, text, base=head(made).hash, by=None)

    entry = publishing.publish(made, by=None)

    assert entry.changes == {
        "words_added": 9,
        "words_removed": 1,
        "sentences_changed": 1,
        "words_added_within": 2,
        "words_removed_within": 1,
        "sentences_added": 1,
    }
    assert in_words(entry.changes) == "+2 −1 words in 1 sentence; 1 sentence added"
