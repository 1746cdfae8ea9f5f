"""The chosen claim beside the text: what stands, what it rests on, and what can be done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import Form

from articles import editing
from articles.admin.desk import forms, watch
from articles.admin.door import by_field
from articles.admin.report import waiting
from articles.evidence.findings import Findings
from articles.history.diff import since_judged
from articles.history.state import (
    ArticleState,
    CitationState,
    ClaimState,
    SourceState,
    VerdictState,
)
from articles.models import Claim, Rating, Report, Revision, Source, Stance
from articles.reading import checks
from articles.reading.checks import Check
from articles.reading.notice import label
from articles.text import csl
from articles.text.cite import parts
from articles.text.diff import Run, word_diff

MOST_FOUND = 8  # sources
MOST_WORDS = 12  # looked for at once; databases bound how many conditions a question has


@dataclass(frozen=True, slots=True)
class Given:
    """A verdict of the claim's record."""

    verdict: VerdictState
    label: str  # "" for a dismissal
    judged: tuple[Run, ...]  # how the words that it judged differ from the present ones


@dataclass(frozen=True, slots=True)
class Use:
    citation: CitationState
    stance: str
    source: SourceState
    key: int | None  # of the source's row; none where it was deleted since
    check: Check
    away: str  # why its page cannot be read, in a sentence


@dataclass(frozen=True, slots=True)
class Change:
    """Who changed the words since they were judged."""

    number: int
    author: str
    when: datetime


@dataclass(slots=True)
class Typed:
    """What came in and was not saved: the form to show again, and why."""

    act: str = ""
    form: Form | None = None
    otherwise: tuple[Run, ...] = ()  # from what was read to what stands now
    gone: Sequence[str] = ()  # what was typed about a claim that ended meanwhile


@dataclass(slots=True)
class Panel:
    claim: ClaimState
    verdict: VerdictState | None
    label: str
    runs: tuple[Run, ...]  # what changed since it was judged
    changed: Change | None
    given: list[Given]  # newest first
    uses: list[Use]
    unfound: bool  # whether its supporting quotes were all looked for in vain
    unchecked: bool  # whether one of its quotes was not looked for yet
    found: list[Source]
    looked_for: str
    reports: list[Report]  # of readers, open
    typed: Typed
    forms: dict[str, Form] = field(default_factory=dict)


def panel(
    state: ArticleState,
    claim: ClaimState,
    row: Claim,
    findings: Findings,
    *,
    typed: Typed,
    asked: dict[str, str],
) -> Panel:
    """``asked`` are the page's own questions: ``find`` a source, ``start`` from a verdict."""
    uses = list(_uses(state, claim, findings))
    made = Panel(
        claim=claim,
        verdict=claim.verdict,
        label=label(claim.rating),
        runs=since_judged(claim.verdict, claim) if claim.verdict else (),
        changed=_change(row) if claim.stale else None,
        given=[_given(verdict, claim) for verdict in reversed(claim.verdicts)],
        uses=uses,
        unfound=checks.all_missing(claim, findings),
        unchecked=any(u.citation.quote and u.check.result == "unchecked" for u in uses),
        found=found_sources(asked.get("find", "")),
        looked_for=asked.get("find", ""),
        reports=waiting(claim.uid),
        typed=typed,
    )
    paragraph = editing.paragraph_of(row)
    made.forms = {act: _form(form, made, paragraph, asked) for act, form in forms.FORMS.items()}
    if typed.form is not None:
        made.forms[typed.act] = typed.form
    return made


def _uses(state: ArticleState, claim: ClaimState, findings: Findings) -> Iterator[Use]:
    cited = {citation.source for citation in claim.citations}
    keys = dict(Source.objects.filter(uid__in=cited).values_list("uid", "pk"))
    for citation in claim.citations:
        source = state.source_by_uid[citation.source]
        yield Use(
            citation=citation,
            stance=Stance(citation.stance).label,
            source=source,
            key=keys.get(source.uid),
            check=checks.check(findings, source.uid, citation.quote),
            away=checks.away_in_words(
                findings.standing(source.uid), source.url, parts(csl.item(source)).url
            ),
        )


def _given(verdict: VerdictState, claim: ClaimState) -> Given:
    said = str(Rating(verdict.rating).label) if verdict.rating else ""
    return Given(verdict, said, since_judged(verdict, claim))


def _change(row: Claim) -> Change | None:
    found = Revision.objects.filter(article=row.article_id, number=row.changed).first()
    return Change(found.number, found.author, found.created_at) if found else None


def _form(form: type[Form], made: Panel, paragraph: str, asked: dict[str, str]) -> Form:
    claim, verdict = made.claim, made.verdict
    initial: dict[str, Any] = {
        "read": claim.text,
        "around": claim.around,
        "verdict": verdict.uid if verdict else "",
        "shown": watch.shown(claim.uid),
    }
    match form.act:
        case "judge" if asked.get("start") and verdict:
            initial |= {
                "rating": verdict.rating,
                "note": verdict.note,
                "as_of": verdict.as_of,
                "recheck_by": verdict.recheck_by,
                "claimant": verdict.claimant,
                "claimed": verdict.claimed,
            }
        case "reaffirm":
            initial["reaffirm"] = verdict.uid if verdict else ""
        case "correct":
            initial["paragraph"] = initial["paragraph_read"] = paragraph
        case "extent":
            initial["words"] = claim.text
            initial["paragraph_read"] = paragraph
        case "cite":
            initial["title"] = made.looked_for
    return form(initial=initial, auto_id=f"id_{form.act}_%s")


def found_sources(words: str) -> list[Source]:
    """Sources whose title, author, publisher, address or uid has all of the words."""
    wanted = words.replace("\0", "").split()[:MOST_WORDS]
    if not wanted:
        return []
    every = Q()
    for word in wanted:
        every &= (
            Q(title__icontains=word)
            | Q(authors__icontains=word)
            | Q(publisher__icontains=word)
            | Q(url__icontains=word)
            | Q(uid=word)
        )
    return list(Source.objects.filter(every).order_by("title", "pk")[:MOST_FOUND])


def refused(form: Form, error: ValidationError) -> None:
    """Put the door's refusal where it belongs."""
    for name, messages in by_field(error).items():
        shown = name in form.fields and not form.fields[name].widget.is_hidden
        form.add_error(name if shown else None, messages)


def read_again(act: str, form: Form, found: editing.ReadOtherwise) -> Typed:
    """What was typed, over the claim as it reads now."""
    data = form.data.copy()
    runs = word_diff(data.get("around") or data.get("read", ""), found.claim.around or found.now)
    data["read"], data["around"] = found.now, found.claim.around
    data["shown"] = watch.shown(found.claim.uid)
    if act in ("correct", "extent"):
        now = editing.paragraph_of(found.claim)
        runs = word_diff(forms.lines(data.get("paragraph_read", "")), now)
        data["paragraph_read"] = now
    again = type(form)(data, auto_id=f"id_{act}_%s")
    again.is_valid()
    return Typed(act, again, runs)
