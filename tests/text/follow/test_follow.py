"""Where claims go when their text is edited."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.follow import Claim, NewSection, OldSection, Outcome, Place, follow
from articles.text.sentences import normalised
from articles.text.spans import Span

Article = dict[str, list[str]]  # sentences by section


def laid_out(sentences: list[str]) -> tuple[str, tuple[Span, ...]]:
    spans, at = [], 0
    for sentence in sentences:
        spans.append(Span(at, at + len(sentence)))
        at += len(sentence) + 1
    return " ".join(sentences), tuple(spans)


def old_section(uid: str, sentences: list[str]) -> OldSection:
    """A section in which every sentence is a claim, with the uid "section/number"."""
    text, spans = laid_out(sentences)
    claims = tuple(Claim(f"{uid}/{n}", span) for n, span in enumerate(spans))
    return OldSection(uid, text, spans, claims)


def new_section(uid: str, sentences: list[str]) -> NewSection:
    return NewSection(uid, *laid_out(sentences))


def followed(before: Article, after: Article) -> dict[str, Place]:
    return follow(
        [old_section(uid, sentences) for uid, sentences in before.items()],
        [new_section(uid, sentences) for uid, sentences in after.items()],
    )


def outcomes(before: Article, after: Article) -> dict[str, tuple[str, str | None]]:
    """What became of each claim, and the text it has now."""
    texts = {uid: laid_out(sentences)[0] for uid, sentences in after.items()}
    return {
        uid: (str(place.outcome), place.span.of(texts[place.section]) if place.span else None)
        for uid, place in followed(before, after).items()
    }


WELLS = "The valley had four wells in 1931."
PUMP = "The pump failed in May, and nobody repaired it."
ROAD = "A road was built to Tessit by the engineers."
LINE = "The power line reaches the eastern villages."


@pytest.mark.parametrize(
    ("was", "became"),
    [
        ("The force had 15,209 members.", "The force had 15,290 members."),
        ("The force did protect the town.", "The force did not protect the town."),
        ("The road leads to Gao now.", "The road leads to Kidal now."),
        ("It said “never” twice.", 'It said "never" twice.'),
        ("Ménaka has a well.", "Menaka has a well."),
        ("The army left the town.", "The Army left the town."),
    ],
)
def test_a_change_of_any_character_is_an_edit(was, became):
    assert outcomes({"s": [WELLS, was, ROAD]}, {"s": [WELLS, became, ROAD]}) == {
        "s/0": ("unchanged", WELLS),
        "s/1": ("edited", became),
        "s/2": ("unchanged", ROAD),
    }


def test_white_space_and_composition_are_no_change():
    was, became = "Un été à\u00a0Gao fut sec.", "Un e\u0301te\u0301 à Gao  fut\nsec."

    assert outcomes({"s": [was]}, {"s": [became]}) == {"s/0": ("unchanged", became)}


def test_a_sentence_becomes_two():
    first, second = "The pump failed in May.", "Nobody repaired it."

    assert outcomes({"s": [WELLS, PUMP, ROAD]}, {"s": [WELLS, first, second, ROAD]}) == {
        "s/0": ("unchanged", WELLS),
        "s/1": ("split", f"{first} {second}"),
        "s/2": ("unchanged", ROAD),
    }


def test_two_sentences_become_one():
    first, second = "The pump failed in May.", "Nobody repaired it."

    assert outcomes({"s": [WELLS, first, second]}, {"s": [WELLS, PUMP]}) == {
        "s/0": ("unchanged", WELLS),
        "s/1": ("merged", PUMP),
        "s/2": ("merged", PUMP),
    }


def test_a_sentence_moves_within_its_section_and_to_another():
    before = {"a": [WELLS, PUMP, ROAD], "b": [LINE]}
    after = {"a": [ROAD, WELLS], "b": [LINE, PUMP]}

    assert outcomes(before, after) == {
        "a/0": ("unchanged", WELLS),
        "a/1": ("moved_section", PUMP),
        "a/2": ("unchanged", ROAD),
        "b/0": ("unchanged", LINE),
    }


def test_a_copy_elsewhere_does_not_move_a_claim_that_stayed():
    places = followed({"a": [WELLS, PUMP]}, {"b": [PUMP], "a": [WELLS, PUMP]})

    assert places["a/1"] == Place(Outcome.UNCHANGED, "a", Span(35, 35 + len(PUMP)))


def test_a_copy_of_another_sentence_is_no_edit():
    twin = "In 2014 the mission had 8,280 soldiers."
    gone = "In 2013 the mission had 6,010 soldiers."

    assert outcomes({"a": [gone, WELLS], "b": [twin]}, {"a": [twin, WELLS], "b": [twin]}) == {
        "a/0": ("deleted", None),
        "a/1": ("unchanged", WELLS),
        "b/0": ("unchanged", twin),
    }


def test_a_sentence_about_another_year_is_no_edit():
    gone, came = "In 2013 it had 6,010 soldiers.", "In 2016 it had 9,500 soldiers."

    assert outcomes({"s": [WELLS, gone, ROAD]}, {"s": [WELLS, came, PUMP, ROAD]})["s/1"] == (
        "deleted",
        None,
    )


def test_copies_are_told_apart_by_their_neighbours():
    copy = "Nobody came back."
    before = {"s": [WELLS, copy, PUMP, copy, ROAD, copy]}

    places = followed(before, {"s": [WELLS, PUMP, copy, ROAD]})

    assert [places[f"s/{n}"].outcome for n in (1, 3, 5)] == ["deleted", "unchanged", "deleted"]


def test_between_two_that_would_do_a_person_decides():
    was, one, other = (
        "The force left Gao.",
        "The force left Gao today.",
        "The force left Gao later.",
    )

    assert outcomes({"s": [WELLS, was]}, {"s": [WELLS, one, other]})["s/1"] == ("deleted", None)


def test_swapped_twins_keep_their_claims():
    before = {"s": ["The mission left Gao in 2022.", "The mission left Kidal in 2023.", WELLS]}
    kidal, gao = "The mission left Kidal in October 2023.", "The mission left Gao in May 2022."

    found = outcomes(before, {"s": [kidal, gao, WELLS]})

    assert (found["s/0"], found["s/1"]) == (("edited", gao), ("edited", kidal))


def test_a_section_under_another_uid_is_recognised():
    after = {"new": [WELLS, PUMP.replace("May", "June"), ROAD]}

    found = outcomes({"old": [WELLS, PUMP, ROAD]}, after)

    assert [outcome for outcome, _ in found.values()] == [
        "moved_section",
        "edited",
        "moved_section",
    ]


@pytest.mark.parametrize(
    ("became", "outcome", "text"),
    [
        ("The force, which had 15,209 members, left.", "unchanged", "15,209 members"),
        ("The force, which had 15,209 members, stayed.", "edited", "15,209 members"),
        ("The force, which had 15,290 members, left.", "edited", "15,290 members"),
        ("A road was built.", "deleted", None),
    ],
)
def test_a_part_of_a_sentence_stands_with_its_sentence(became, outcome, text):
    sentence = "The force, which had 15,209 members, left."
    start = sentence.index("15,209")
    part = Claim("part", Span(start, start + len("15,209 members")))
    old = OldSection("s", sentence, (Span(0, len(sentence)),), (part,))

    place = follow([old], [new_section("s", [became])])["part"]

    assert (place.outcome, place.span and place.span.of(became)) == (outcome, text)


@pytest.mark.parametrize(
    ("second", "outcome"), [(PUMP, "unchanged"), (PUMP.replace("May", "June"), "edited")]
)
def test_a_claim_of_two_sentences_is_one_claim(second, outcome):
    text, spans = laid_out([WELLS, PUMP, ROAD])
    claim = Claim("both", Span(0, spans[1].end))

    place = follow(
        [OldSection("s", text, spans, (claim,))], [new_section("s", [ROAD, WELLS, second])]
    )

    shown = " ".join([ROAD, WELLS, second])
    assert (place["both"].outcome, place["both"].span.of(shown)) == (outcome, f"{WELLS} {second}")


def series(*numbers: int) -> list[str]:
    return [
        f"In {1990 + n} the port of Vael shipped {n * 1_137:,} tonnes of salt." for n in numbers
    ]


def test_near_twins_keep_their_claims_when_one_of_them_changes():
    before, after = series(1, 2, 3, 4, 5), series(1, 2, 3, 4, 5)
    after[2] = after[2].replace("3,411", "3,141")

    assert [outcome for outcome, _ in outcomes({"s": before}, {"s": after}).values()] == [
        "unchanged",
        "unchanged",
        "edited",
        "unchanged",
        "unchanged",
    ]


def test_near_twins_are_told_apart_by_what_they_keep():
    def army(which: str, place: str, strength: int) -> str:
        return f"The {which} brigade, based at {place}, had {strength:,} men."

    before = {"s": [army("first", "Vael", 1_200), army("second", "Corvo", 3_400), WELLS]}
    first, second = army("first", "Vael", 1_900), army("second", "Corvo", 3_100)

    found = outcomes(before, {"s": [second, WELLS, first]})

    assert (found["s/0"], found["s/1"]) == (("edited", first), ("edited", second))


def test_two_values_that_change_places_are_two_edits():
    vael, corvo = "The port of Vael has 14 cranes.", "The port of Corvo has 23 cranes."
    vael_now, corvo_now = vael.replace("14", "23"), corvo.replace("23", "14")

    assert outcomes({"s": [vael, corvo]}, {"s": [vael_now, corvo_now]}) == {
        "s/0": ("edited", vael_now),
        "s/1": ("edited", corvo_now),
    }


def test_what_changed_places_with_its_neighbour_is_unchanged():
    one, other = "Vael lent the crane to Corvo.", "Corvo lent the crane to Vael."

    assert outcomes({"s": [one, other]}, {"s": [other, one]}) == {
        "s/0": ("unchanged", one),
        "s/1": ("unchanged", other),
    }


@pytest.mark.parametrize(
    ("was", "same_kind"),
    [
        ("The library closes at six on Fridays.", "The bakery closes at eight on Sundays."),
        ("The bridge was rebuilt in 1953.", "The theatre was rebuilt in 1962."),
        ("The committee meets four times a year.", "The choir meets four times a week."),
        ("Its first mayor came from Vael.", "Its first cook came from Corvo."),
        ("The mission was extended for six months.", "The show was extended for six weeks."),
        ("Le port a fermé en mars 2014.", "Le marché a fermé en mai 2017."),
    ],
)
@pytest.mark.parametrize("section", ["a", "b"])
def test_a_look_alike_elsewhere_is_no_edit(was, same_kind, section):
    before = {"a": [WELLS, was, ROAD, PUMP], "b": [LINE]}
    after = {"a": [WELLS, ROAD, PUMP], "b": [LINE]}
    after[section] = [same_kind, *after[section]]

    assert outcomes(before, after)["a/1"] == ("deleted", None)


@pytest.mark.parametrize(
    ("was", "became"),
    [
        ("The helicopters could not fly in May.", "The helicopters could fly in May."),
        ("The clinic treated 1,204 people.", "The clinic treated 1,240 people."),
        ("Nobody had told the mayor of Vael.", "Nobody had told the mayor of Corvo."),
        ("Le port n'a jamais fermé en hiver.", "Le port a fermé en hiver."),
    ],
)
def test_a_sentence_that_moved_and_changed_a_little_keeps_its_claim(was, became):
    before = {"a": [WELLS, was, ROAD], "b": [LINE, PUMP]}
    after = {"a": [WELLS, ROAD], "b": [LINE, became, PUMP]}

    assert outcomes(before, after)["a/1"] == ("edited", became)


def test_negation_decides_between_two_that_are_as_much_alike():
    was = "The pumps did not fail in the dry season."
    kept = "The pumps did not fail in the wet season."
    turned = "The pumps did fail in the wet dry season."

    assert outcomes({"s": [WELLS, was]}, {"s": [WELLS, turned, kept]})["s/1"] == ("edited", kept)


@pytest.mark.parametrize("parts", [2, 3, 4, 5])
def test_a_sentence_becomes_several(parts):
    verbs = ["repaired the airstrip", "dug a well", "opened a clinic", "paved the square"]
    verbs = [*verbs, "raised the dam"][:parts]
    was = f"The engineers {', '.join(verbs[:-1])} and {verbs[-1]}."
    pieces = [f"The engineers {verb}." for verb in verbs]

    assert outcomes({"s": [WELLS, was, ROAD]}, {"s": [WELLS, *pieces, ROAD]}) == {
        "s/0": ("unchanged", WELLS),
        "s/1": ("split", " ".join(pieces)),
        "s/2": ("unchanged", ROAD),
    }


@pytest.mark.parametrize("parts", [2, 3, 4])
def test_several_sentences_become_one(parts):
    verbs = ["repaired the airstrip", "dug a well", "opened a clinic", "paved the square"][:parts]
    became = f"The engineers {', '.join(verbs[:-1])} and {verbs[-1]}."
    pieces = [f"The engineers {verb}." for verb in verbs]

    found = outcomes({"s": [WELLS, *pieces, ROAD]}, {"s": [WELLS, became, ROAD]})

    assert [found[f"s/{n}"] for n in range(1, parts + 1)] == [("merged", became)] * parts


def test_two_neighbours_rewritten_as_three_share_none():
    one = "The museum opened in 1961 and shows ships from Corvo."
    other = "Its tower, which burned down in 1987, was never rebuilt."
    now = [
        "The museum opened in 1961.",
        "It shows ships from Corvo.",
        "Its tower burned down in 1987.",
    ]

    found = outcomes({"s": [WELLS, one, other, ROAD]}, {"s": [WELLS, *now, ROAD]})

    assert found["s/1"] == ("split", " ".join(now[:2]))
    assert found["s/2"] == ("edited", now[2])


def test_copies_in_several_sections_stay_where_they_are():
    note = "See the annex for the figures."
    before = {"a": [WELLS, note], "b": [ROAD, note], "c": [LINE, note]}

    assert {
        uid: place.outcome
        for uid, place in followed(
            before, {"c": [LINE, note], "b": [ROAD], "a": [WELLS, note]}
        ).items()
        if uid.endswith("/1")
    } == {"a/1": "unchanged", "b/1": "deleted", "c/1": "unchanged"}


def test_the_copy_that_went_is_deleted_and_the_other_unchanged():
    before = {"s": [WELLS, PUMP, ROAD, PUMP, LINE]}

    places = followed(before, {"s": [WELLS, ROAD, PUMP, LINE]})

    assert (places["s/1"].outcome, places["s/3"].outcome) == ("deleted", "unchanged")


def test_sections_in_another_order_change_nothing():
    article = {"a": [WELLS, PUMP], "b": [ROAD, LINE]}

    assert {p.outcome for p in followed(article, dict(reversed(article.items()))).values()} == {
        "unchanged"
    }


def test_a_section_that_is_cut_in_two_keeps_one_half_and_moves_the_other():
    found = outcomes({"a": [WELLS, PUMP, ROAD, LINE]}, {"a": [WELLS, PUMP], "b": [ROAD, LINE]})

    assert [outcome for outcome, _ in found.values()] == [
        "unchanged",
        "unchanged",
        "moved_section",
        "moved_section",
    ]


def test_sections_that_become_one_move_and_keep_their_edits():
    road = ROAD.replace("engineers", "prisoners")

    assert outcomes({"a": [WELLS, PUMP], "b": [ROAD, LINE]}, {"a": [WELLS, PUMP, road, LINE]}) == {
        "a/0": ("unchanged", WELLS),
        "a/1": ("unchanged", PUMP),
        "b/0": ("edited", road),
        "b/1": ("moved_section", LINE),
    }


def test_claims_of_a_section_that_went_are_deleted():
    found = followed({"a": [WELLS], "b": [ROAD, LINE]}, {"a": [WELLS]})

    assert [place.outcome for place in found.values()] == ["unchanged", "deleted", "deleted"]


def test_one_word_items_go_with_their_neighbours():
    before = {"s": ["Java", WELLS, "Go", "Java", ROAD]}

    places = followed(before, {"s": [WELLS, "Go", "Java", ROAD, "Java"]})

    assert {place.outcome for place in places.values()} == {"unchanged"}
    assert places["s/3"].span < places["s/4"].span < places["s/0"].span


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b"])
def test_a_sign_that_nobody_sees_is_a_change_all_the_same(sign):
    became = f"The val{sign}ley had four wells in 1931."

    assert outcomes({"s": [WELLS]}, {"s": [became]}) == {"s/0": ("edited", became)}


GLUED = "The mill was built by Jan Hoek Jr."


def with_claim(sentences: list[str], *claimed: str) -> OldSection:
    """A section with a claim on each of these stretches of its text, with the stretch as uid."""
    text, spans = laid_out(sentences)
    claims = []
    for words in claimed:
        start = text.index(words)
        claims.append(Claim(words, Span(start, start + len(words))))
    return OldSection("s", text, spans, tuple(claims))


def test_sentences_that_the_splitter_glued_are_unchanged():
    old = with_claim([WELLS, GLUED, ROAD], GLUED, ROAD)
    new = new_section("s", [WELLS, f"{GLUED} {ROAD}"])

    assert follow([old], [new]) == {
        claim.uid: Place(Outcome.UNCHANGED, "s", claim.span) for claim in old.claims
    }


def test_a_glued_claim_is_unchanged_when_its_sentences_come_apart():
    old = with_claim([WELLS, f"{GLUED} {ROAD}"], f"{GLUED} {ROAD}")
    (claim,) = old.claims

    assert follow([old], [new_section("s", [WELLS, GLUED, ROAD])]) == {
        claim.uid: Place(Outcome.UNCHANGED, "s", claim.span)
    }


def test_beside_an_edit_the_rest_of_a_glued_sentence_is_unchanged():
    old = with_claim([WELLS, GLUED, ROAD], GLUED, ROAD)
    road = ROAD.replace("A road", "Roads").replace("was", "were")
    new = new_section("s", [WELLS, f"{GLUED} {road}"])

    places = follow([old], [new])

    assert {uid: (p.outcome, p.span.of(new.text)) for uid, p in places.items()} == {
        GLUED: ("unchanged", GLUED),
        ROAD: ("edited", road),
    }


def test_a_sentence_that_goes_on_behind_an_abbreviation_is_not_unchanged():
    born = "She was born in the U.S."
    new = "She was born in the U.S. Navy hospital of Corvo."

    found = outcomes({"s": [WELLS, born, ROAD]}, {"s": [WELLS, new, ROAD]})

    assert found["s/1"] == ("edited", new)


PARK = "The law bans hunting in Vael, and it sets up a park with 12 rangers."


@pytest.mark.parametrize(
    ("part", "became", "outcome", "text"),
    [
        ("a park with 12 rangers", PARK, "unchanged", "a park with 12 rangers"),
        (
            "a park with 12 rangers",
            "In Corvo the law sets up a park with 12 rangers, and it bans hunting.",
            "edited",
            "a park with 12 rangers",
        ),
        (
            "a park with 12 rangers",
            PARK.replace("12 rangers", "14 rangers"),
            "edited",
            "a park with 14 rangers",
        ),
        ("a park with 12 rangers", "The law bans hunting in Vael.", "deleted", None),
        (
            "bans hunting in Vael",
            PARK.replace("bans", "limits"),
            "edited",
            "limits hunting in Vael",
        ),
    ],
)
def test_a_part_is_found_in_what_its_sentence_became(part, became, outcome, text):
    old = with_claim([WELLS, PARK, ROAD], part)
    new = new_section("s", [WELLS, became, ROAD])

    place = follow([old], [new])[part]

    assert (place.outcome, place.span and place.span.of(new.text)) == (outcome, text)


def test_a_part_is_not_taken_for_a_similar_one_beside_it():
    sentence = "The board owns two wells in Vael and two wells in Corvo."
    part = "two wells in Vael"

    found = follow(
        [with_claim([sentence], part)], [new_section("s", ["The board owns two wells in Corvo."])]
    )

    assert found == {part: Place(Outcome.DELETED)}


def test_a_part_is_found_across_other_white_space_and_composition():
    old = with_claim(["En été, le port de Gao a reçu 15 209 tonnes."], "été, le port")
    new = new_section("s", ["En e\u0301te\u0301,  le\u00a0port de Gao a reçu 15\u202f209 tonnes."])

    place = follow([old], [new])["été, le port"]

    assert place.outcome == "unchanged"
    assert place.span.of(new.text) == "e\u0301te\u0301,  le\u00a0port"


@pytest.mark.parametrize(
    ("after", "outcome", "text"),
    [
        ([LINE, WELLS, PUMP, ROAD], "unchanged", f"{WELLS} {PUMP} {ROAD}"),
        ([LINE, WELLS, ROAD], "edited", f"{WELLS} {ROAD}"),
        ([WELLS, PUMP, LINE, ROAD], "edited", f"{WELLS} {PUMP}"),
        ([WELLS, "It was hot.", PUMP, ROAD, LINE], "edited", f"{WELLS} It was hot. {PUMP} {ROAD}"),
        ([WELLS, PUMP.replace("May", "June"), ROAD, LINE], "edited", None),
        ([PUMP, WELLS, ROAD, LINE], "edited", f"{PUMP} {WELLS} {ROAD}"),
        ([LINE], "deleted", None),
    ],
)
def test_a_claim_of_three_sentences_stands_where_they_stand(after, outcome, text):
    run = f"{WELLS} {PUMP} {ROAD}"
    new = new_section("s", after)

    place = follow([with_claim([WELLS, PUMP, ROAD, LINE], run)], [new])[run]

    assert place.outcome == outcome
    assert text is None or place.span.of(new.text) == text


@pytest.mark.parametrize(
    ("pump", "outcome"), [(PUMP, "unchanged"), (PUMP.replace("nobody", "Ann"), "edited")]
)
def test_a_claim_from_the_middle_of_one_sentence_into_the_next(pump, outcome):
    words = "four wells in 1931. The pump failed in May"
    new = new_section("s", [LINE, WELLS, pump])

    place = follow([with_claim([WELLS, PUMP, ROAD], words)], [new])[words]

    assert (place.outcome, place.span.of(new.text)) == (outcome, words)


def test_a_claim_outside_of_all_sentences_is_followed_as_it_is():
    text = f"Kidal {WELLS}"
    claim = Claim("town", Span(0, 5))
    old = OldSection("s", text, (Span(6, len(text)),), (claim,))

    assert follow([old], [new_section("s", [WELLS, "Kidal"])])["town"] == Place(
        Outcome.UNCHANGED, "s", Span(len(WELLS) + 1, len(WELLS) + 6)
    )


VOCABULARY = [
    "wells",
    "road",
    "Gao",
    "2013",
    "15,209",
    "15,290",
    "not",
    "the",
    "of",
    "left",
    "army",
]
SENTENCE = st.builds(
    lambda words, end: " ".join(words) + end,
    st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=8),
    st.sampled_from([".", "?", ""]),
)
ARTICLE = st.dictionaries(
    st.sampled_from("abcd"), st.lists(SENTENCE, max_size=6), min_size=1, max_size=4
)


@st.composite
def edited(draw) -> tuple[Article, Article]:
    """An article, and what is left of it after sentences went, came, changed and moved."""
    before = draw(ARTICLE)
    pool = [sentence for sentences in before.values() for sentence in sentences]
    sentence = st.sampled_from(pool) | SENTENCE if pool else SENTENCE
    word = st.sampled_from(VOCABULARY)
    changed = st.builds(lambda s, w: f"{w} {s}", sentence, word)
    after = draw(
        st.dictionaries(
            st.sampled_from("abcde"), st.lists(sentence | changed, max_size=6), max_size=4
        )
    )
    kept = {uid: s for uid, s in before.items() if draw(st.booleans())}
    return before, kept | after if draw(st.booleans()) else after | kept


def distinct(sentences: int) -> st.SearchStrategy[list[str]]:
    """Sentences of which each has a name and a figure of its own."""
    frames = st.sampled_from(
        [
            "The army left {} after {} days of rain.",
            "In {} the council paid for {} wells.",
            "Nobody in {} counted more than {} goats.",
            "A road to {} was {} kilometres long.",
        ]
    )
    names = ["Tessit", "Halvern", "Orrisk", "Quell", "Dastra", "Ilmen", "Corvo", "Sable"]
    return st.lists(frames, min_size=2, max_size=sentences).map(
        lambda chosen: [
            frame.format(names[n % len(names)], 100 + 37 * n) for n, frame in enumerate(chosen)
        ]
    )


@given(ARTICLE)
def test_what_did_not_change_is_unchanged(article):
    old = [old_section(uid, sentences) for uid, sentences in article.items()]

    places = follow(old, [new_section(uid, sentences) for uid, sentences in article.items()])

    assert places == {
        claim.uid: Place(Outcome.UNCHANGED, section.uid, claim.span)
        for section in old
        for claim in section.claims
    }


@given(edited())
def test_every_claim_has_one_place_and_only_equal_text_is_unchanged(case):
    before, after = case
    old = [old_section(uid, sentences) for uid, sentences in before.items()]
    new = {uid: new_section(uid, sentences) for uid, sentences in after.items()}

    places = follow(old, list(new.values()))

    assert places.keys() == {claim.uid for section in old for claim in section.claims}
    for section in old:
        for claim in section.claims:
            place = places[claim.uid]
            assert (place.section is None) == (place.span is None) == (place.outcome == "deleted")
            if place.section is None or place.span is None:
                continue
            equal = normalised(place.span.of(new[place.section].text)) == normalised(
                claim.span.of(section.text)
            )
            assert equal == (place.outcome in ("unchanged", "moved_section"))
            if equal:
                assert (place.section == section.uid) == (place.outcome == "unchanged")


@given(edited())
def test_as_many_copies_are_unchanged_and_moved_as_there_are_on_both_sides(case):
    before, after = case

    places = followed(before, after)

    unchanged: Counter[tuple[str, str]] = Counter()
    moved: Counter[str] = Counter()
    for uid, sentences in before.items():
        for n, sentence in enumerate(sentences):
            unchanged[uid, sentence] += places[f"{uid}/{n}"].outcome == "unchanged"
            moved[sentence] += places[f"{uid}/{n}"].outcome == "moved_section"
    olds = Counter((uid, sentence) for uid in before for sentence in before[uid])
    news = Counter((uid, sentence) for uid in after for sentence in after[uid])
    assert +unchanged == olds & news
    old_rest, new_rest = Counter[str](), Counter[str]()
    for rest, copies in ((old_rest, olds - news), (new_rest, news - olds)):
        for (_uid, sentence), count in copies.items():
            rest[sentence] += count
    assert +moved == old_rest & new_rest


@given(edited())
def test_no_two_claims_stand_on_one_sentence_unless_merged(case):
    before, after = case

    places = followed(before, after)

    alone = [p for p in places.values() if p.span and p.outcome != Outcome.MERGED]
    merged = {(p.section, p.span) for p in places.values() if p.outcome == Outcome.MERGED}
    everywhere = sorted([*((p.section, p.span) for p in alone), *merged])
    assert len(set(everywhere)) == len(everywhere)
    assert not any(
        one[0] == other[0] and other[1].start < one[1].end for one, other in pairwise(everywhere)
    )


@given(distinct(8), st.data())
def test_an_edit_that_is_undone_brings_every_claim_back(sentences, data):
    """Words are put in, sentences change their order and their section; then all is undone."""
    changed = [
        sentence.replace(" ", f" {data.draw(st.sampled_from(['then', 'really', 'not']))} ", 1)
        if data.draw(st.booleans())
        else sentence
        for sentence in sentences
    ]
    order = data.draw(st.permutations(range(len(sentences))))
    cut = data.draw(st.integers(0, len(sentences)))
    before = {"a": sentences[: len(sentences) // 2], "b": sentences[len(sentences) // 2 :]}
    after = {"a": [changed[n] for n in order[:cut]], "b": [changed[n] for n in order[cut:]]}
    there = followed(before, after)
    new = {uid: new_section(uid, now) for uid, now in after.items()}

    claims = {
        uid: tuple(Claim(key, p.span) for key, p in there.items() if p.section == uid)
        for uid in after
    }
    back = follow(
        [OldSection(uid, s.text, s.units, claims[uid]) for uid, s in new.items()],
        [new_section(uid, then) for uid, then in before.items()],
    )

    original = {
        claim.uid: (section.uid, claim.span)
        for section in (old_section(uid, then) for uid, then in before.items())
        for claim in section.claims
    }
    assert {key: (place.section, place.span) for key, place in back.items()} == original


@given(distinct(8), st.data())
def test_the_same_text_cut_into_other_sentences_is_unchanged(sentences, data):
    pieces = list(sentences)
    for n in reversed(range(1, len(pieces))):
        if data.draw(st.booleans()):
            pieces[n - 1 : n + 1] = [f"{pieces[n - 1]} {pieces[n]}"]

    for before, after in ((sentences, pieces), (pieces, sentences)):
        old = old_section("s", before)
        assert follow([old], [new_section("s", after)]) == {
            claim.uid: Place(Outcome.UNCHANGED, "s", claim.span) for claim in old.claims
        }


@given(edited(), st.data())
def test_a_claim_on_any_stretch_is_unchanged_only_with_its_sentences(case, data):
    before, after = case
    old = []
    for uid, sentences in before.items():
        text, units = laid_out(sentences)
        ends = st.integers(0, len(text))
        stretches = data.draw(st.lists(st.tuples(ends, ends), max_size=4))
        claims = [
            Claim(f"{uid}/{n}", Span(min(stretch), max(stretch)))
            for n, stretch in enumerate(stretches)
        ]
        old.append(OldSection(uid, text, units, tuple(claims)))
    new = {uid: new_section(uid, sentences) for uid, sentences in after.items()}

    places = follow(old, list(new.values()))

    assert places.keys() == {claim.uid for section in old for claim in section.claims}
    for section in old:
        for claim in section.claims:
            place = places[claim.uid]
            if (
                place.outcome in ("unchanged", "moved_section")
                and new[place.section].text != section.text
            ):
                assert _with_sentences(place.span, new[place.section]) == _with_sentences(
                    claim.span, section
                )


def _with_sentences(span: Span, section: OldSection | NewSection) -> str:
    """The sentences on which a stretch stands, in full."""
    touched = [u for u in section.units if u.start < span.end and span.start < u.end]
    return normalised(section.text[touched[0].start : touched[-1].end]) if touched else ""


@given(
    st.lists(st.text(max_size=60), max_size=5),
    st.lists(st.text(max_size=60), max_size=5),
)
def test_any_text_is_followed(before, after):
    claims = {f"s/{n}" for n in range(len(before))}

    assert followed({"s": before}, {"s": after}).keys() == claims


@pytest.mark.parametrize("different", [True, False])
def test_one_change_in_a_large_article_is_found_at_once(different):
    def article(changed: bool) -> Article:
        return {
            f"s{n}": [
                f"Ménaka counted {9 if changed and (n, m) == (7, 20) else 7} wells"
                f"{f' in place {n} of {m}' if different else ''}."
                for m in range(40)
            ]
            for n in range(300)
        }

    places = followed(article(False), article(True))

    edited = {uid for uid, place in places.items() if place.outcome != "unchanged"}
    assert edited == {"s7/20"}
    assert len(places) == 12_000
