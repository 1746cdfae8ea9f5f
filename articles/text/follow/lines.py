"""Cases of claims to follow as JSON Lines, and what became of them.

A case: `{"id", "lang", "before", "after", "claims"}`; sections are `{"uid", "markdown"}`, claims
`{"id", "section", "quote"}`. A result: `{"id", "result": {claim id: {"outcome", "section",
"quote"}}}`. A claim whose quote is not in its section counts as deleted.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from articles.text.follow import follow
from articles.text.follow.places import DELETED, Claim, NewSection, OldSection, Place
from articles.text.json_lines import answered, check
from articles.text.normal import Normal
from articles.text.plain import plain
from articles.text.render import render
from articles.text.sentences import normalised, sentences
from articles.text.spans import Span

Follower = Callable[[Sequence[OldSection], Sequence[NewSection]], dict[str, Place]]

RAW_HTML = re.compile(
    r"(?P<code>^(?:```|~~~).*?^(?:```|~~~)|(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))"
    r"|<!--.*?-->|</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>",
    re.DOTALL | re.MULTILINE,
)
CASE = {"id": str, "lang": str, "before": list, "after": list, "claims": list}
SECTION = {"uid": str, "markdown": str}
CLAIM = {"id": str, "section": str, "quote": str}


def answer(case: Mapping[str, Any], follower: Follower = follow) -> dict[str, Any]:
    """Follow one case; ValueError if something is missing in it."""
    check("the case", case, CASE)
    for section in (*case["before"], *case["after"]):
        check("a section", section, SECTION)
    for claim in case["claims"]:
        check("a claim", claim, CLAIM)
    read = _Reader(case["lang"])
    after = [read.section(section) for section in case["after"]]
    claims = defaultdict(list)
    for claim in case["claims"]:
        claims[claim["section"]].append(claim)
    before = [
        OldSection(s.uid, s.text, s.units, tuple(_find_claims(s, claims[s.uid])))
        for s in (read.section(section) for section in case["before"])
    ]
    places = follower(before, after)
    texts = {section.uid: section.text for section in after}
    result = {}
    for claim in case["claims"]:
        place = places.get(claim["id"], DELETED)
        result[claim["id"]] = {
            "outcome": place.outcome,
            "section": place.section,
            "quote": normalised(place.span.of(texts[place.section])) if place.span else None,
        }
    return {"id": case["id"], "result": result}


class _Reader:
    """Reads Markdown as text and sentences; what stayed is read once for both sides."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.sections: dict[str, tuple[str, tuple[Span, ...]]] = {}  # by Markdown
        self.blocks: dict[str, list[Span]] = {}  # sentences by a block's text

    def section(self, section: Mapping[str, str]) -> NewSection:
        markdown = section["markdown"]
        if markdown not in self.sections:
            self.sections[markdown] = self._read(markdown)
        return NewSection(section["uid"], *self.sections[markdown])

    def _read(self, markdown: str) -> tuple[str, tuple[Span, ...]]:
        """Fragments count as sentences, too, since a claim may be one."""
        found = plain(render(_without_html(markdown)))
        spans = [
            Span(block.start + span.start, block.start + span.end)
            for block in found.blocks
            for span in self._sentences(block.of(found.text))
        ]
        return found.text, tuple(spans)

    def _sentences(self, block: str) -> list[Span]:
        if block not in self.blocks:
            self.blocks[block] = sentences(block, self.language)
        return self.blocks[block]


def _without_html(markdown: str) -> str:
    """The Markdown without raw HTML, which is no text here; in code it is.

    On the site it is text: nobody writes HTML there, and what looks like it is shown as typed.
    """
    return RAW_HTML.sub(lambda found: found["code"] or "", markdown)


def _find_claims(section: NewSection, claims: Iterable[Mapping[str, str]]) -> Iterator[Claim]:
    """Claims at their quotes, the n-th of a quote at its n-th place; whole sentences first."""
    whole: dict[str, list[Span]] = defaultdict(list)
    for span in section.units:
        whole[normalised(span.of(section.text))].append(span)
    text = Normal.of(section.text)
    starts = {span.start for span in section.units}
    ends = {span.end for span in section.units}
    taken: set[Span] = set()
    for claim in claims:
        quote = normalised(claim["quote"])
        free = [span for span in whole.get(quote, ()) if span not in taken] or sorted(
            (span for span in _places(text, quote) if span not in taken),
            key=lambda span: (-((span.start in starts) + (span.end in ends)), span),
        )
        if free:
            taken.add(free[0])
            yield Claim(claim["id"], free[0])


def _places(text: Normal, quote: str) -> Iterator[Span]:
    at = text.text.find(quote) if quote else -1
    while at >= 0:
        yield text.original(Span(at, at + len(quote)))
        at = text.text.find(quote, at + 1)


def main(follower: Follower = follow) -> int:
    return answered(partial(answer, follower=follower))
