"""Whether a text says what a quote says."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text.quotes import Found, Prepared, find

SAID = "The harbour board paid 13,289 crowns for the northern pier in 2013-2014, as was agreed."
AROUND = "A ferry left at noon. {} Nobody was on the quay."
VOCABULARY = """
the board paid for a well-known pier l’été “never” an efficient office naïve 13,289 12.5 2013-2014
(late) Gao, Kidal. über straße não нет мир שלום सड़क 漢字
"""
WORDS = st.lists(st.sampled_from(VOCABULARY.split()), min_size=1, max_size=25)


def result(text, quote):
    return find(text, quote).result


@pytest.mark.parametrize(
    "text",
    [
        SAID,
        SAID.replace(" ", "\u00a0"),
        SAID.replace(" ", "\n", 5).replace(" ", "\u202f\u2009", 3),
        SAID.replace("northern", "nor-\nthern"),
        SAID.replace("northern", "nor-  \n\n\f\n thern"),
        SAID.replace("northern", "nor\u00adthern").replace("agreed", "agr\u200beed"),
        SAID.replace("2013-2014", "2013-\n2014"),
        SAID.replace("2013-2014", "2013–2014"),
        SAID.replace("northern", "no&#114;thern").replace(" ", "&nbsp;", 1),
    ],
)
def test_white_space_dashes_and_divided_words_make_no_difference(text):
    found = find(AROUND.format(text), SAID)

    assert found == Found("exact", 22, 22 + len(text), text, 1.0)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The oﬃce of the “old” town’s chief", 'The office of the "old" town\'s chief'),
        ("L'e\u0301te\u0301 fut tre\u0300s sec ici", "L’été fut très sec ici"),
        ("« Bonjour », dit le maire", '"Bonjour", dit le maire'),
        ("»Ja«, sagte der Wirt", "„Ja“, sagte der Wirt"),
        ("a dry year--the third--ended", "a dry year—the third—ended"),
        ("a medium-\nsized town of non-\nEU men", "a medium-sized town of non-EU men"),
        ("We left . . . and came back", "We left… and came back"),
        ("東京は日本の\n首都である。", "東京は日本の首都"),
        ("he said [sic] and [Gao] left", "he said [sic] and [Gao] left"),
        ("what they wanted was bread", "“[W]hat they wanted was bread”"),
        ("all of it were lost at sea", "all of it were [sic] lost at sea"),
        ("a ferry left the lower town", "… ferry left the lower […]"),
    ],
)
def test_what_reads_alike_is_exact(text, quote):
    assert result(f"So: {text}; so.", quote) == "exact"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("It had 13,289 staff in May", "It had 13,298 staff in May"),
        ("It had 13,289 staff in May", "It had 13.289 staff in May"),
        ("It had 13 289 staff in May", "It had 132 89 staff in May"),
        ("It had 10 per cent in May", "It had 1O per cent in May"),
        ("In 2013-\n2014 it was dry here", "In 20132014 it was dry here"),
        ("In 2013\u00ad2014 it was dry here", "In 20132014 it was dry here"),
        ("some 10² rods, 1½ miles long", "some 102 rods, 1½ miles long"),
        ("some 10² rods, 1½ miles long", "some 10² rods, 11/2 miles long"),
        ("at −5 degrees in the sun", "at 5 degrees in the sun"),
        ("the 40 men of Gao met the 40 men of Kidal", "the 40 men of Gao met the 40 men of Gao"),
        ("The harbour board never paid for all of it", "The harbour board paid for all of it"),
        ("The board paid for it all here", "The board not paid for it all here"),
        ("a well-known man of the town", "a wellknown man of the town"),
        ("a man for- warded it to the town", "a man forwarded it to the town"),
        ("those non-\nEU men of the town", "those nonEU men of the town"),
        ("the café of the lower town", "the cafe of the lower town"),
        ("the cafe\u0301 of the lower town", "the cafe of the lower town"),
        ("Did they leave the lower town?", "Did they leave the lower town."),
        ("a desk in the lower town", "a desk in thе lower town"),  # a Cyrillic letter
        ("they may be in the lower town", "they maybe in the lower town"),
        ("they may leave the lower town", "they [must] leave the lower town"),
        ("it left the lower town at noon", "it [the ferry] left the lower town at noon"),
    ],
)
def test_what_says_something_else_is_never_exact(text, quote):
    assert result(f"So: {text}; so.", quote) == "near"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The force had 13,289 troops in the north.", "289 troops in the north"),
        ("La force comptait 13 289 soldats au nord.", "289 soldats au nord"),
        ("It spent 1,500 on oats in the first year", "It spent 1"),
        ("They met again in 2018, after the vote.", "They met again in 20"),
        ("It fell by 12.5% in the first year", "5% in the first year"),
        ("It fell by 12.5% in the first year", "It fell by 12.5"),
        ("It was −5 degrees in the first year", "5 degrees in the first year"),
        ("An illegal act in the first year", "legal act in the first year"),
        ("An il-\nlegal act in the first year", "legal act in the first year"),
        ("An il\u00adlegal act in the first year", "legal act in the first year"),
        ("A non-lethal act in the first year", "lethal act in the first year"),
        ("What he said he can't prove", "What he said he can"),
        ("Il n'est pas venu la première année", "est pas venu la première année"),
        ("We met at the cafe\u0301 in May", "We met at the cafe"),
        ("according to Article 45(3) of it", "according to Article 45"),
        ("他说这是不可能的事情。", "可能的事情"),
        ("二十三人在场。", "三人在场"),
    ],
)
def test_a_quote_that_cuts_a_word_or_number_is_not_exact(text, quote):
    assert result(text, quote) != "exact"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("un droit d'usufruit viager", "usufruit viager"),
        ("the line Paris–Lyon was sold", "Lyon was sold"),
        ("of Union law,¹² as was said", "of Union law"),
        ("of Union law¹² as was said", "of Union law"),
        ("In 2013 289 men came", "289 men came"),
        ("the word _pier_ in print", "pier_ in print"),
        ("They left in 2016.\n48 came back", "48 came back"),
        ("They left the pier. ... They came", "They left the pier."),
        ("他说这是可能的事情。", "可能的事情"),
        ("שלום עולם, זה מבחן קצר", "עולם, זה מבחן"),
    ],
)
def test_a_quote_may_begin_and_end_beside_signs(text, quote):
    assert result(text, quote) == "exact"


@pytest.mark.parametrize(
    ("text", "quote", "matched"),
    [
        (
            "It had 13,289 troops in the north.",
            "289 troops in the north",
            "13,289 troops in the north",
        ),
        ("It was illegal to sell piers.", "legal to sell piers", "illegal to sell piers"),
        (
            "See what is in Article 45(3) of it.",
            "what is in Article 45",
            "what is in Article 45(3)",
        ),
    ],
)
def test_a_near_place_has_whole_words_and_numbers(text, quote, matched):
    assert find(text, quote).matched == matched


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("The council refused … the plan", "exact"),
        ("The council refused [...] the plan […] of the mayor", "exact"),
        ("The council refused ... plan (…) the mayor.", "exact"),
        ("The council refused … It was late.", "exact"),
        ("The council … the plan", "near"),  # refused
        ("The plan of the mayor … paid", "near"),  # never
        ("It was … then", "near"),  # neither
        ("It was late … The council refused", "missing"),
        ("The council refused … the pier", "missing"),
        ("The council … [accepted] … the plan", "near"),
    ],
)
def test_an_ellipsis_leaves_out_words_but_nothing_that_turns_the_sense(quote, expected):
    text = (
        "The council refused, on a Monday, all of the plan of the mayor. It was late. "
        "The plan of the mayor, good as it was, was never paid. It was nei-\nther late nor early "
        "then."
    )

    assert result(text, quote) == expected


def test_an_ellipsis_does_not_join_what_is_far_apart():
    text = f"The council refused the plan. {'It was late. ' * 300}Then the mayor left the town."

    assert result(text, "The council refused the plan … Then the mayor left the town.") != "exact"


@pytest.mark.parametrize("end", ["12\n\f", "\n\fLower Town Gazette\nNo. 7\n", "Page 3 of 9\n\n"])
def test_the_foot_and_head_of_pages_leave_a_quote_near(end):
    first, second = "A ferry left the lower to-", "wn at noon with nobody on board."
    text = f"So it was. {first}\n{end}{second} So it was."

    found = find(text, "A ferry left the lower town at noon with nobody on board.")

    assert (found.result, found.matched) == ("near", f"{first}\n{end}{second}")


@pytest.mark.parametrize(
    "quote", ["", " \n", "…", "[…] ...", '"', "“”", "—", "?!", "\u00ad\u200b", "[the board]"]
)
def test_a_quote_without_words_is_missing(quote):
    assert find(SAID, quote) == Found("missing")


@pytest.mark.parametrize("text", ["", " ", "\f\n", "No pier here.", "漢字", "\ud800\x00"])
def test_a_quote_of_something_else_is_missing(text):
    assert result(text, SAID) == "missing"


def test_the_first_of_several_places_is_taken_that_cuts_no_word():
    text = "Unpaid, prepaid and repaid; they paid, paid and paid."

    assert find(text, "paid") == Found("exact", 33, 37, "paid", 1.0)


@given(WORDS, st.data())
@settings(max_examples=60)
def test_words_of_a_text_are_found_at_their_place(words, data):
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    space = st.sampled_from([" ", "\n", "  ", "\u00a0", "\r\n\f", "\t\u202f"])
    spaces = data.draw(st.lists(space, min_size=len(words), max_size=len(words)))
    form = data.draw(st.sampled_from(["NFC", "NFD"]))
    written = map("".join, zip(words, spaces, strict=True))
    text = unicodedata.normalize(form, f"Begun: {''.join(written)}; ended.")
    quote = " ".join(words[first:last]).replace("’", "'").replace("“", '"').replace("”", '"')

    found = find(text, quote)

    if any(map(str.isalnum, quote)):
        assert found.result == "exact"
        read = " ".join(unicodedata.normalize("NFC", found.matched).split())
        assert read == unicodedata.normalize("NFC", " ".join(words[first:last]))


@given(WORDS, st.data())
@settings(max_examples=60)
def test_another_digit_or_a_negation_is_never_exact(words, data):
    text = " ".join([*words, "in", "1931"])
    at = data.draw(st.integers(0, len(words)))
    quote = data.draw(
        st.sampled_from(
            [
                " ".join([*words[:at], "not", *words[at:], "in", "1931"]),
                text.replace("1931", "1913"),
                text.replace("1931", "193I"),
                text.replace("1931", "1 931"),
            ]
        )
    )

    assert result(text, quote) != "exact"


@given(st.text(), st.text())
@settings(max_examples=150)
def test_whatever_is_found_is_a_stretch_of_the_text(text, quote):
    for asked in (quote, text[1:-1], f"{text[:5]}…{text[-5:]}"):
        found = find(text, asked)

        if found.result == "missing":
            assert (found.start, found.end, found.matched) == (None, None, "")
        else:
            assert text[found.start : found.end] == found.matched != ""
        assert 0 <= found.score <= 1
        assert (found.result == "near") <= (found.score >= 0.9)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("a" * 300_000, "a" * 50 + "b"),
        ("The mayor said so. " * 20_000, "The mayor said no. " * 200),
        ("a…" * 100_000, "a … b … a"),
        ("a-" * 50_000, "a-" * 500 + "b"),
        ("e\u0301 " * 50_000, "é é è é"),
        ("\u1112\u1161\u11ab" * 50_000, "한한간"),
        ("the pier\n12\n\fHead\nwas sold " * 5_000, "the pier was lent and sold again"),
        ("[" * 100_000, "[" * 1_000 + "a]"),
        (SAID, "paid " * 50_000),
    ],
)
def test_no_text_is_too_much(text, quote):
    assert result(text, quote) in ("near", "missing")


def test_a_near_place_is_found_among_many_that_read_much_the_same():
    told = [f"On day {n} the board paid {n * 37 % 9973} crowns for the pier." for n in range(3_000)]

    found = find(" ".join(told), told[2_000].replace("paid", "never paid"))

    assert (found.result, found.matched) == ("near", told[2_000])


def test_a_prepared_text_answers_as_a_new_one_does():
    prepared = Prepared(AROUND.format(SAID))

    for quote in (SAID, "A ferry left at one.", "Nobody … on the quay", "Gao"):
        assert prepared.find(quote) == find(AROUND.format(SAID), quote)
