from dataclasses import replace

from articles.history.pace import Pace, pace
from tests.reading.articles import citation, judged, section, source, state, verdict

LONG = "The force had 15,209 uniformed members in June 2017 and never left the capital of Mali."


def read(*seconds, by="anna", opened=False):
    """An article whose sentences, sixteen words each, were judged in so many seconds."""
    verdicts = [
        verdict(by=by, uid=f"v{place:011}", seconds=count, source_opened=opened)
        for place, count in enumerate(seconds)
    ]
    body = " ".join([LONG] * len(seconds))
    return state(judged(section(body), *verdicts))


def test_verdicts_faster_than_skimming_are_hasty():
    found = pace(read(1, 3, 1, 9), "anna")

    assert found == Pace(judged=4, seconds=14, reading=16, hasty=2, unopened=2)
    assert not found.too_fast


def test_three_hasty_verdicts_in_four_are_a_run():
    assert pace(read(1, 1, 1, 9), "anna").too_fast


def test_a_few_hasty_verdicts_among_many_are_none():
    assert not pace(read(1, 1, 1, 9, 9, 9, 9), "anna").too_fast


def test_quotes_are_read_too():
    claim = judged(section(LONG), verdict(by="anna", seconds=3))
    quoted = judged(claim, citations=[citation(quote=LONG)])

    assert pace(state(claim), "anna").hasty == 0
    assert pace(state(quoted, sources=[source()]), "anna").hasty == 1


def test_only_the_editors_own_verdicts_since_the_last_publication_count():
    now = read(1, 1, 1)
    (here,) = now.sections
    before = replace(now, sections=(replace(here, claims=here.claims[:2]),))

    assert pace(now, "anna", since=before).judged == 1
    assert pace(now, "ben") is None


def test_verdicts_whose_time_nobody_saw_say_nothing():
    assert pace(read(None, None), "anna") is None
