from hypothesis import given
from hypothesis import strategies as st

from articles.text.provenance import carried, numbers, runs, spoken

sentence = st.lists(
    st.sampled_from(["The", "force", "had", "15,209", "15,290", "staff", "never", "left", "Gao,"]),
    max_size=12,
).map(" ".join)


def came_with(before, text, number):
    """The numbers of the words of ``text``, made of one text whose words came with 1."""
    return carried([(before, [1] * len(spoken(before)))], text, [number] * len(spoken(text)))


def test_a_changed_figure_came_with_the_change_and_the_rest_stays():
    assert came_with("It had 15,209 staff.", "It had 15,290 staff.", 5) == [1, 1, 5, 1]


def test_words_in_another_order_are_not_written_anew():
    assert came_with("In 2017 the force left.", "The force left in 2017.", 5) == [5, 1, 1, 5, 1]


def test_punctuation_alone_brings_no_word():
    assert came_with("It left, then returned.", "It left – then returned!", 5) == [1, 1, 1, 1]


def test_a_merged_sentence_keeps_the_numbers_of_both():
    before = [("It came.", [1, 2]), ("It went.", [3, 4])]

    assert carried(before, "It came and it went.", [7] * 5) == [1, 2, 7, 7, 4]


def test_a_word_that_stood_once_is_not_given_twice():
    assert came_with("It left.", "It left, left again.", 9).count(1) == 2


@given(sentence, sentence)
def test_each_word_has_one_number(before, text):
    assert len(came_with(before, text, 2)) == len(spoken(text))


@given(sentence)
def test_the_same_text_keeps_all_its_numbers(text):
    assert came_with(text, text, 2) == [1] * len(spoken(text))


@given(st.lists(st.integers(1, 4), min_size=1, max_size=12), st.integers(1, 4))
def test_numbers_are_kept_in_runs_without_loss(found, begun):
    text = " ".join(f"word{place}" for place in range(len(found)))

    assert numbers(text, runs(found, begun), begun) == found
