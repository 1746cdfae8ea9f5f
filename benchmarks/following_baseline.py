"""Claims followed by difflib alone: what `articles.text.follow` is measured against.

Sentences are compared section by section; those in a replaced stretch are paired in their order.
Reads and writes the same lines: .venv/bin/python benchmarks/following_baseline.py < cases.jsonl
"""

import sys
from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from articles.text.follow import Claim, NewSection, OldSection, Outcome, Place
from articles.text.follow.lines import main
from articles.text.follow.places import DELETED
from articles.text.sentences import normalised
from articles.text.spans import Span


def follow(old: Sequence[OldSection], new: Sequence[NewSection]) -> dict[str, Place]:
    later = {section.uid: section for section in new}
    places = {}
    for section in old:
        heirs = _paired(section, later[section.uid]) if section.uid in later else {}
        for claim in section.claims:
            places[claim.uid] = _place(section.uid, claim, heirs)
    return places


def _paired(old: OldSection, new: NewSection) -> dict[Span, tuple[Outcome, Span]]:
    before = [normalised(span.of(old.text)) for span in old.units]
    after = [normalised(span.of(new.text)) for span in new.units]
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return {
        old.units[i]: (Outcome.UNCHANGED if tag == "equal" else Outcome.EDITED, new.units[j])
        for tag, start, end, new_start, new_end in codes
        for i, j in zip(range(start, end), range(new_start, new_end), strict=False)
    }


def _place(section: str, claim: Claim, heirs: dict[Span, tuple[Outcome, Span]]) -> Place:
    for span, (outcome, heir) in heirs.items():
        if span.start < claim.span.end and claim.span.start < span.end:
            return Place(outcome, section, heir)
    return DELETED


if __name__ == "__main__":
    sys.exit(main(follow))
