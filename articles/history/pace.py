"""Whether verdicts came faster than anybody reads. Pure.

The guidelines on article 50 of the AI Act call a cursory approval no review. So somebody who
judged in a hurry is told before they publish; nothing is forbidden and nothing is counted
differently.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from articles.history.state import ArticleState, ClaimState, VerdictState
from articles.text.provenance import spoken

# Silent reading of non-fiction: 238 words a minute on average over 190 studies (Brysbaert 2019,
# How many words do we read per minute?, Journal of Memory and Language 109). Twice that is
# skimming.
FASTEST = 2 * 238 / 60  # words a second
RUN = 3  # hasty verdicts that make a run


@dataclass(frozen=True, slots=True)
class Pace:
    """How one editor went through the claims that they judged."""

    judged: int  # verdicts whose time is known
    seconds: int  # all of them together
    reading: int  # seconds that reading the sentences and their quotes takes at an average pace
    hasty: int  # verdicts given faster than their sentence and quotes can be skimmed
    unopened: int  # of the hasty ones: those with a source to open that nobody opened

    @property
    def too_fast(self) -> bool:
        """Whether there is a run that could not have been reading."""
        return self.hasty >= RUN and 2 * self.hasty >= self.judged


def pace(state: ArticleState, editor: str, *, since: ArticleState | None = None) -> Pace | None:
    """How the editor judged what is in ``state`` and was not yet in ``since``.

    None where the time of no such verdict is known.
    """
    known = {v.uid for claim in since.claims() for v in claim.verdicts} if since else set()
    given = [
        (claim, verdict)
        for claim in state.claims()
        for verdict in claim.verdicts
        if verdict.editor == editor and verdict.seconds is not None and verdict.uid not in known
    ]
    if not given:
        return None
    hasty = [(c, v) for c, v in given if v.seconds < words_read(c, v) / FASTEST]
    return Pace(
        judged=len(given),
        seconds=sum(verdict.seconds for _claim, verdict in given),
        reading=round(sum(words_read(c, v) for c, v in given) / (FASTEST / 2)),
        hasty=len(hasty),
        unopened=sum(v.source_opened is False for _claim, v in hasty),
    )


def words_read(claim: ClaimState, verdict: VerdictState) -> int:
    """How many words a judge has to read: the sentence and what is quoted for it."""
    texts: Iterable[str] = (verdict.judged_text, *(c.quote for c in claim.citations))
    return sum(len(spoken(text)) for text in texts)
