import json
from dataclasses import replace

import pytest
from hypothesis import given

from articles.history.pieces import cut, join
from articles.text.canonical import canonical, reference, referred, sha256
from tests.history.states import articles
from tests.reading.articles import citation, judged, section, source, state, verdict


def joined(pieces):
    return join(
        pieces.content[pieces.manifest], lambda names: {n: pieces.content[n] for n in names}
    )


@given(articles())
def test_what_was_cut_is_put_together_again(state):
    assert joined(cut(state)) == state


@given(articles())
def test_each_piece_stands_under_its_own_hash(state):
    for name, content in cut(state).content.items():
        assert sha256(content) == name
        assert canonical(json.loads(content)) == content


@given(articles(), articles())
def test_equal_states_have_equal_manifests_and_others_not(one, other):
    assert (cut(one).manifest == cut(other).manifest) == (one == other)


@given(articles())
def test_a_new_title_changes_two_pieces(state):
    before, after = cut(state), cut(replace(state, title=state.title + "!"))

    assert len(after.content.keys() - before.content.keys()) == 2


def test_a_source_of_which_an_earlier_release_knew_less_keeps_its_piece():
    known = {
        "uid": "s1",
        "type": "report",
        "title": "Fact sheet",
        "authors": "{UN Security Council}",
        "container_title": "",
        "publisher": "United Nations",
        "issued": "2017-06-30",
        "url": "https://example.org/sheet",
        "doi": "",
        "language": "en",
        "accessed": "",
        "note": "",
    }
    cited = judged(section("One stands here."), citations=[citation("s1")])

    pieces = cut(state(cited, sources=[source()]))

    assert pieces.content[sha256(canonical(known))] == canonical(known)
    assert joined(pieces).sources == (source(),)


def test_a_verdict_of_which_an_earlier_release_knew_less_keeps_its_piece():
    known = {
        "verdicts": [
            {
                "uid": "v" * 12,
                "rating": "refuted",
                "note": "",
                "as_of": "",
                "recheck_by": "",
                "judged_text": "One stands here.",
                "editor": "ada",
                "judged_at": "2026-11-14T08:00:00.000000+00:00",
                "reaffirms": "",
            }
        ],
        "citations": [],
    }
    part = judged(section("One stands here."), verdict("refuted", by="ada"))

    pieces = cut(state(part))

    assert pieces.content[sha256(canonical(known))] == canonical(known)
    assert joined(pieces).sections == (part,)


def test_whose_claim_was_judged_is_under_the_hash():
    said, reported = (
        state(judged(section("They lied."), verdict(by="ada", claimant=claimant)))
        for claimant in ("", "The government")
    )

    assert cut(said).manifest != cut(reported).manifest


def test_a_reference_names_a_hash_and_nothing_else():
    name = sha256("Mali")

    assert referred(reference(name)) == name
    with pytest.raises(ValueError, match="no SHA-256"):
        referred("TWFs")
