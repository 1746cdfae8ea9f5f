"""Where claims go when their text is edited."""

import json
import subprocess
import sys

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
SENTENCE = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=8).map(" ".join)
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
    changed = st.builds(lambda s, w: f"{s} {w}", sentence, word)
    after = draw(
        st.dictionaries(
            st.sampled_from("abcde"), st.lists(sentence | changed, max_size=6), max_size=4
        )
    )
    kept = {uid: s for uid, s in before.items() if draw(st.booleans())}
    return before, kept | after if draw(st.booleans()) else after | kept


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
def test_every_claim_has_a_place_and_only_equal_text_is_unchanged(case):
    before, after = case
    old = [old_section(uid, sentences) for uid, sentences in before.items()]
    new = {uid: new_section(uid, sentences) for uid, sentences in after.items()}

    places = follow(old, list(new.values()))

    assert places.keys() == {claim.uid for section in old for claim in section.claims}
    taken: dict[tuple[str, Span], str] = {}
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
            for unit in new[place.section].units:
                if unit.start < place.span.end and place.span.start < unit.end:
                    other = taken.setdefault((place.section, unit), place.outcome)
                    assert taken[place.section, unit] is other
                    assert other == place.outcome


@given(edited())
def test_no_two_claims_stand_on_one_sentence_unless_merged(case):
    before, after = case

    places = followed(before, after)

    alone = [p for p in places.values() if p.span and p.outcome != Outcome.MERGED]
    merged = {(p.section, p.span) for p in places.values() if p.outcome == Outcome.MERGED}
    assert len({(p.section, p.span) for p in alone}) == len(alone)
    assert merged.isdisjoint((p.section, p.span) for p in alone)
    assert not any(
        one.section == other.section and one.span < other.span and other.span.start < one.span.end
        for one in alone
        for other in alone
    )


@given(edited())
def test_an_unchanged_sentence_is_found_wherever_it_went(case):
    before, after = case

    places = followed(before, after)

    texts = {normalised(s) for sentences in after.values() for s in sentences}
    counts = [normalised(s) for sentences in before.values() for s in sentences]
    for uid, sentences in before.items():
        for n, sentence in enumerate(sentences):
            if counts.count(normalised(sentence)) == 1 and normalised(sentence) in texts:
                assert places[f"{uid}/{n}"].outcome in ("unchanged", "moved_section")


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


def test_the_command_answers_a_case_with_a_result():
    case = {
        "id": "x",
        "lang": "en",
        "before": [{"uid": "a", "heading": "", "markdown": f"{WELLS} *{PUMP}*\n\n- {ROAD}\n"}],
        "after": [{"uid": "a", "heading": "", "markdown": f"{PUMP}[^1]\n\n[^1]: {LINE}\n"}],
        "claims": [
            {"id": "w", "section": "a", "quote": WELLS},
            {"id": "p", "section": "a", "quote": PUMP},
        ],
    }

    done = subprocess.run(
        [sys.executable, "-m", "articles.text.follow"],
        input=json.dumps(case) + "\n",
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(done.stdout) == {
        "id": "x",
        "result": {
            "w": {"outcome": "deleted", "section": None, "quote": None},
            "p": {"outcome": "unchanged", "section": "a", "quote": PUMP},
        },
    }


def test_the_command_names_the_line_that_it_cannot_read():
    done = subprocess.run(
        [sys.executable, "-m", "articles.text.follow"],
        input="{}\n",
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr.startswith("stdin, line 1: ")
    assert len(done.stderr.splitlines()) == 1
