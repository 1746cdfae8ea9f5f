import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.diff import Run, counted, word_diff, words

TEXTS = st.lists(
    st.sampled_from(
        ["Mali", "mali", "15,209", "15\u00a0209", " ", "  ", "\n", ".", ",", "the", "é"]
    )
    | st.text(max_size=3)
).map("".join)


def marked(old: str, new: str) -> str:
    """Show a difference as [-gone-]{+came+}."""
    shown = {"same": "{}", "gone": "[-{}-]", "came": "{{+{}+}}"}
    return "".join(shown[run.kind].format(run.text) for run in word_diff(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("It had 15,209 staff.", "It had 15,290 staff.", "It had [-15,209-]{+15,290+} staff."),
        ("15\u00a0209 postes", "15\u00a0290 postes", "[-15\u00a0209-]{+15\u00a0290+} postes"),
        (
            "15 209,5 postes en 2013 200",
            "15 290,5 postes en 2013 201",
            "[-15 209,5-]{+15 290,5+} postes en 2013 [-200-]{+201+}",
        ),
        ("3.5 or 12-13", "3.6 or 12-14", "[-3.5-]{+3.6+} or [-12-13-]{+12-14+}"),
        ("the big red house", "the small blue house", "the [-big red-]{+small blue+} house"),
        ("one, two.", "three, four.", "[-one-]{+three+}, [-two-]{+four+}."),
        ("It ended.", "It ended in 2023.", "It ended{+ in 2023+}."),
        ("It never ended.", "It ended.", "It [-never -]ended."),
        ("L'art. 4", "L’art. 4", "[-L'art-]{+L’art+}. 4"),
        ("a b", "a b", "a b"),
        ("", "New.", "{+New.+}"),
        ("Old.", "", "[-Old.-]"),
        ("", "", ""),
    ],
)
def test_differences(old, new, expected):
    assert marked(old, new) == expected


def test_words_that_came_and_went_are_counted():
    runs = word_diff("It had 15,209 staff.", "It has some 15,290 staff – today.")

    assert counted(runs) == (4, 2)


@given(TEXTS)
def test_tokens_are_the_whole_text(text):
    assert "".join(words(text)) == text


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_runs(old, new):
    runs = word_diff(old, new)

    assert "".join(run.text for run in runs if run.kind != "came") == old
    assert "".join(run.text for run in runs if run.kind != "gone") == new
    assert all(run.text for run in runs)
    kinds = [run.kind for run in runs]
    assert all(before != after for before, after in pairwise(kinds))
    assert ("came", "gone") not in set(pairwise(kinds))


def test_equal_texts_are_one_run():
    assert word_diff("Same.", "Same.") == (Run("same", "Same."),)


def test_a_whole_section_is_compared_within_two_seconds():
    old = "".join(f"The force had {n} troops near Gao, by the river. " for n in range(3_600))
    new = old.replace("had 7", "lost 8")
    started = time.process_time()

    runs = word_diff(old, new)

    assert "".join(run.text for run in runs if run.kind != "gone") == new
    assert counted(runs) == (222, 222)
    assert time.process_time() - started < 2
