"""How an ArticleState is cut into blobs, and put together again. Pure.

    manifest  {"article": r, "sections": [r, …]}
    article   {"uid", "slug", "title", "language", "translation_of", "see_also"}
    section   {"uid", "level", "heading", "tags", "body": [r, …], "evidence": r | "",
               "claims": [[uid, start, end, origin, writer, at, since, around], …]}
    body      a string: one paragraph of Markdown with the blank lines after it
    evidence  {"claims": {uid: r}, "sources": {uid: r}}
    claim     {"verdicts": […], "citations": […]}
    source    the fields of SourceState

``r`` is a blob's SHA-256 in base64url. The cut follows what changes together: a
sentence changes one paragraph, its section and the manifest; a verdict one claim, the
section's evidence, the section and the manifest. ``at`` is where the claim's words stand
in the body, letter for letter, or the words themselves where markup is between them.
``since`` is the revision that brought the claim's words, or [begun, changed, number, count,
number, count, …] where several did. What an earlier release did not know is left out where
it says nothing: ``since`` and ``around`` at an entry's end, fields of a verdict or a source.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain

from articles.history.state import (
    ArticleState,
    CitationState,
    ClaimState,
    SectionState,
    SourceState,
    VerdictState,
)
from articles.text.canonical import Json, canonical, day, moment, reference, referred, sha256

PARAGRAPH = re.compile(r".+?(?:\n{2,}|\Z)", re.DOTALL)


@dataclass(slots=True)
class Pieces:
    """Blobs by their SHA-256 in hexadecimal, and the manifest's."""

    manifest: str = ""
    content: dict[str, str] = field(default_factory=dict)

    def add(self, value: Json) -> str:
        """Keep the value; return the reference to it."""
        text = canonical(value)
        name = sha256(text)
        self.content[name] = text
        return reference(name)


def cut(state: ArticleState) -> Pieces:
    """The blobs that hold the state. Equal states give equal pieces."""
    pieces = Pieces()
    manifest = pieces.add(
        {
            "article": pieces.add(
                {
                    "uid": state.uid,
                    "slug": state.slug,
                    "title": state.title,
                    "language": state.language,
                    "translation_of": state.translation_of,
                    "see_also": list(state.see_also),
                }
            ),
            "sections": [
                _section(pieces, section, state.source_by_uid) for section in state.sections
            ],
        }
    )
    pieces.manifest = referred(manifest)
    return pieces


def _section(pieces: Pieces, section: SectionState, sources: dict[str, SourceState]) -> str:
    return pieces.add(
        {
            "uid": section.uid,
            "level": section.level,
            "heading": section.heading,
            "tags": list(section.tags),
            "body": [pieces.add(paragraph) for paragraph in PARAGRAPH.findall(section.body)],
            "claims": list(_places(section)),
            "evidence": _evidence(pieces, section.claims, sources),
        }
    )


def _places(section: SectionState) -> Iterator[Json]:
    after = 0
    for claim in section.claims:
        at = section.body.find(claim.text, after)
        if at >= 0:
            after = at + len(claim.text)
        yield [
            claim.uid,
            claim.start,
            claim.end,
            claim.origin,
            claim.writer,
            at if at >= 0 else claim.text,
            *_ending(claim),
        ]


def _ending(claim: ClaimState) -> list[Json]:
    since: Json = claim.begun
    if claim.words or claim.changed != claim.begun:
        since = [claim.begun, claim.changed, *chain.from_iterable(claim.words)]
    if claim.around:
        return [since, claim.around]
    return [since] if since else []


def _evidence(pieces: Pieces, claims: Iterable[ClaimState], sources: dict[str, SourceState]) -> str:
    judged = [claim for claim in claims if claim.recorded]
    if not judged:
        return ""
    cited = {citation.source for claim in judged for citation in claim.citations}
    return pieces.add(
        {
            "claims": {
                claim.uid: pieces.add(
                    {
                        "verdicts": [_verdict(verdict) for verdict in claim.verdicts],
                        "citations": [_fields(citation) for citation in claim.citations],
                    }
                )
                for claim in judged
            },
            "sources": {uid: pieces.add(_source(sources[uid])) for uid in cited},
        }
    )


# Fields of verdicts and of sources that came later, with what they say where they say nothing.
LATER_OF_VERDICTS = {
    **dict.fromkeys(("judged_around", "dismisses", "claimant", "claimed"), ""),
    **dict.fromkeys(("seconds", "source_opened")),
}
LATER_OF_SOURCES = dict.fromkeys(
    ("editors", "place", "volume", "issue", "pages", "number", "isbn", "issn"), ""
)


def _verdict(verdict: VerdictState) -> Json:
    return {
        **_told(_fields(verdict), LATER_OF_VERDICTS),
        "recheck_by": day(verdict.recheck_by),
        "judged_at": moment(verdict.judged_at),
    }


def _source(source: SourceState) -> Json:
    return {**_told(_fields(source), LATER_OF_SOURCES), "accessed": day(source.accessed)}


def _told(fields: dict, later: Mapping[str, object]) -> dict:
    """The fields without later ones that say nothing: old states keep their names."""
    return {name: value for name, value in fields.items() if later.get(name, ...) != value}


def _fields(value: VerdictState | CitationState | SourceState) -> dict:
    """The value's fields, which are plain: ``asdict`` would copy each, at ten times the price."""
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


Fetch = Callable[[list[str]], dict[str, str]]


def join(manifest: str, fetch: Fetch) -> ArticleState:
    """The state that the manifest's content describes.

    ``fetch`` takes hexadecimal hashes and returns contents by hash; it is called three
    times. Raises KeyError for a blob that is missing and ValueError for one that cannot
    be read.
    """
    top = json.loads(manifest)
    second = _fetched([top["article"], *top["sections"]], fetch)
    article = second[top["article"]]
    sections = [second[name] for name in top["sections"]]
    third = _fetched(
        [name for s in sections for name in (*s["body"], s["evidence"]) if name], fetch
    )
    evidence = [third[s["evidence"]] if s["evidence"] else NO_EVIDENCE for s in sections]
    fourth = _fetched(
        [name for e in evidence for part in e.values() for name in part.values()], fetch
    )
    sources = {
        uid: _read_source(fourth[name]) for e in evidence for uid, name in e["sources"].items()
    }
    return ArticleState(
        uid=article["uid"],
        slug=article["slug"],
        title=article["title"],
        language=article["language"],
        translation_of=article["translation_of"],
        see_also=tuple(article["see_also"]),
        sections=tuple(
            _read_section(s, "".join(third[name] for name in s["body"]), e["claims"], fourth)
            for s, e in zip(sections, evidence, strict=True)
        ),
        sources=tuple(sources[uid] for uid in sorted(sources)),
    )


def standing(manifests: Sequence[str], fetch: Fetch) -> list[dict[str, bool]]:
    """For each of the manifests' contents its claims, and whether they have a record.

    ``fetch`` as for ``join``; it is called twice for all of them.
    """
    tops = [json.loads(manifest)["sections"] for manifest in manifests]
    sections = _fetched([name for top in tops for name in top], fetch)
    evidence = _fetched([s["evidence"] for s in sections.values() if s["evidence"]], fetch)
    found = {}
    for name, section in sections.items():
        recorded = evidence.get(section["evidence"], NO_EVIDENCE)["claims"]
        found[name] = {place[0]: place[0] in recorded for place in section["claims"]}
    return [{uid: said for name in top for uid, said in found[name].items()} for top in tops]


def titles(manifests: Sequence[str], fetch: Fetch) -> list[tuple[str, str]]:
    """For each of the manifests' contents the article's title and its language.

    ``fetch`` as for ``join``; it is called once for all of them.
    """
    names = [json.loads(manifest)["article"] for manifest in manifests]
    found = _fetched(names, fetch)
    return [(found[name]["title"], found[name]["language"]) for name in names]


NO_EVIDENCE: dict[str, dict[str, str]] = {"claims": {}, "sources": {}}


def _fetched(names: list[str], fetch: Fetch) -> dict[str, Json]:
    """The blobs' values by reference."""
    by_hash = {referred(name): name for name in names}
    found = fetch(list(by_hash)) if by_hash else {}
    return {name: json.loads(found[sha]) for sha, name in by_hash.items()}


def _read_section(section: dict, body: str, evidence: dict[str, str], pieces: dict) -> SectionState:
    return SectionState(
        uid=section["uid"],
        level=section["level"],
        heading=section["heading"],
        body=body,
        tags=tuple(section["tags"]),
        claims=tuple(
            _read_claim(place, body, pieces.get(evidence.get(place[0])))
            for place in section["claims"]
        ),
    )


def _read_claim(place: list, body: str, evidence: dict | None) -> ClaimState:
    uid, start, end, origin, writer, at = place[:6]
    since, around = (*place[6:], *(0, "")[len(place) - 6 :])
    begun, changed, *words = since if isinstance(since, list) else (since, since)
    return ClaimState(
        uid=uid,
        start=start,
        end=end,
        text=body[at : at + end - start] if isinstance(at, int) else at,
        origin=origin,
        writer=writer,
        begun=begun,
        changed=changed,
        words=tuple(zip(words[::2], words[1::2], strict=True)),
        around=around,
        verdicts=tuple(_read_verdict(v) for v in evidence["verdicts"]) if evidence else (),
        citations=tuple(CitationState(**c) for c in evidence["citations"]) if evidence else (),
    )


def _read_verdict(fields: dict) -> VerdictState:
    return VerdictState(
        **{
            **fields,
            "recheck_by": _read_day(fields["recheck_by"]),
            "judged_at": datetime.fromisoformat(fields["judged_at"]),
        }
    )


def _read_source(fields: dict) -> SourceState:
    return SourceState(**{**fields, "accessed": _read_day(fields["accessed"])})


def _read_day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
