"""Normalised text with the way back."""

from hypothesis import given
from hypothesis import strategies as st

from articles.text.normal import Normal
from articles.text.sentences import normalised
from articles.text.spans import Span

TEXT = (
    st.text(st.sampled_from("aé\u0301\u0327 \n\t\u00a0\u202f.Å\u212b한각ﬁ"), max_size=20)
    | st.text()
)


@given(TEXT)
def test_a_text_is_normalised_as_sentences_are(text):
    assert Normal.of(text).text == normalised(text)


@given(TEXT, st.data())
def test_a_stretch_stands_for_what_reads_the_same(text, data):
    normal = Normal.of(text)
    if not normal.text:
        return
    start = data.draw(st.integers(0, len(normal.text) - 1))
    end = data.draw(st.integers(start + 1, len(normal.text)))

    original = normal.original(Span(start, end)).of(text)

    assert normal.text[start:end] in " ".join(["", *Normal.of(original).text.split(" "), ""])


def test_the_whole_stands_for_all_but_the_space_around_it():
    text = " \u00a0Un e\u0301te\u0301\t sec \n"

    normal = Normal.of(text)

    assert normal.original(Span(0, len(normal.text))).of(text) == text.strip()
