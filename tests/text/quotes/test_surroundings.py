"""The words around a quote."""

from hypothesis import given
from hypothesis import strategies as st

from articles.text.quotes import surroundings

TEXT = "The   old board\n\nhad been told to leave the pier before the rains of the year came."


def test_the_three_read_on_from_each_other():
    start, end = TEXT.index("leave"), TEXT.index(" before")

    before, after = surroundings(TEXT, start, end)

    assert before + TEXT[start:end] + after == " ".join(TEXT.split())


def test_words_are_not_cut():
    start, end = TEXT.index("leave"), TEXT.index(" before")

    assert surroundings(TEXT, start, end, 13) == ("been told to ", " before the")


def test_scripts_without_spaces_are_cut_at_any_character():
    assert surroundings("東京は日本の首都である。", 5, 8, 2) == ("日本", "であ")


@given(st.text(), st.data())
def test_they_are_never_longer_than_asked(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    assert all(len(side) <= 5 for side in surroundings(text, start, end, 5))
