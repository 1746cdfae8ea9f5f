"""What an article says, piece by piece, so that what came and what went can be told. Pure."""

import re
from collections.abc import Iterable, Sequence
from itertools import combinations

from changes import Fields, listed, rows_of

Fact = tuple[str, ...]
Section = tuple[str, Iterable[str], str]  # heading, tags, Markdown

SENTENCE = re.compile(r"[^.\n]+\.")


def facts(title: str, see_also: Iterable[str], sections: Sequence[Section]) -> frozenset[Fact]:
    """Sections go by their headings; pairs of them stand for their order."""
    found: list[Fact] = [("title", title), *(("see also", other) for other in see_also)]
    for heading, tags, body in sections:
        found += [("tag", heading, tag) for tag in tags]
        found += [("sentence", heading, said.strip()) for said in SENTENCE.findall(body)]
    found += [("order", *pair) for pair in combinations([s[0] for s in sections], 2)]
    return frozenset(found)


def facts_typed(fields: Fields) -> frozenset[Fact]:
    """What a change form says."""
    rows = [row for row in rows_of(fields) if f"{row}-DELETE" not in fields]
    rows.sort(key=lambda row: int(fields[f"{row}-position"]))
    return facts(
        fields["title"],
        fields["see_also"].splitlines(),
        [
            (fields[f"{row}-heading"], listed(fields[f"{row}-tags"]), fields[f"{row}-body"])
            for row in rows
        ],
    )


def turned(fact: Fact) -> Fact:
    """The opposite of an order."""
    return (fact[0], *reversed(fact[1:]))
