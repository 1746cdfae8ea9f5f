"""A claim's tags where a page tells who wrote it: its span, its words', the mark, the card.

Built by hand as in marks.py, and for the same reason; everything that comes from outside is
escaped here. Pure, but for the language of the interface.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles.history.authorship import UNKNOWN, Contribution, Run, Written
from articles.history.state import ClaimState, SectionState
from articles.reading.marks import claim_attributes
from articles.reading.notice import written_by
from articles.reading.punctuation import colon
from articles.reading.sections import in_place, rendered
from articles.text.spans import Span
from articles.text.wrap import Piece, wrap

# Kinds of words, as style sheets know them, and whether a page marks them.
KINDS = {"ai": False, "later": True, "human": True, "unknown": True}


def kind(run: Run, written: Written) -> str:
    if run.origin == UNKNOWN:
        return "unknown"
    return "later" if run.origin == "ai" and run.came != written.begun else run.origin


def writer(origin: str) -> str:
    """Who wrote a sentence, after “by”."""
    return {
        "ai": pgettext("after “by”", "AI"),
        "ai_assisted": _("AI and people"),
        "human": _("people"),
    }[origin]


@dataclass(frozen=True, slots=True)
class Words:
    """What marks and cards say, translated and escaped once for a page of many of them."""

    open: str
    card: str
    close: str
    record: str
    link: str
    written: str
    unknown: str
    unchanged: str
    changed: str
    compare: str
    whole: str
    revision: str
    machine: str
    entered: str
    people: str
    nameless: str
    nobody: str

    @classmethod
    def translated(cls) -> "Words":
        words = {
            "open": _("show where it comes from"),
            "card": _("Where this sentence comes from"),
            "close": _("Close"),
            "record": _("This sentence’s whole record"),
            "link": _("Link to it"),
            "written": _("Written in %(revision)s, %(when)s, by %(who)s."),
            "unknown": _(
                "Which revision it was written in is not known: it is older than this record."
            ),
            "unchanged": _("Not changed since."),
            "changed": _("Last changed in %(revision)s, %(when)s, by %(who)s."),
            "compare": _("What that revision changed"),
            "whole": _("All of its words came with the sentence."),
            "revision": _("revision %d"),
            "machine": _("an AI system"),
            "entered": _("an AI system (entered by %s)"),
            "people": _("people"),
            "nameless": _("a person whose name is not recorded"),
            "nobody": _("not known"),
        }
        return cls(**{name: escape(text) for name, text in words.items()})

    def who(self, origin: str, came: Contribution | None) -> str:
        """Who wrote words, after “by”."""
        if came is None:
            return {"ai": self.machine, "human": self.people}.get(origin, self.nobody)
        author = escape(came.author)
        if came.origin == "ai":
            return self.entered % author if author else self.machine
        return author or self.nameless


@dataclass(frozen=True, slots=True)
class Telling:
    """How a page tells of contributions: when each was made, and where more about it stands."""

    when: Callable[[Contribution], str]
    address: Callable[[Contribution], str]
    compare: Callable[[Contribution], str]  # of what it changed, or ""
    record: Callable[[str], str]  # of a claim's record, by its uid


@dataclass
class OriginMarker:
    """Makes the tags of one article's claims."""

    written: Mapping[str, Written]  # by the claim's uid
    telling: Telling
    disclosure: str  # the whole article's
    marked: bool  # whether words are told apart
    lang: str  # of the interface, where the article's is another
    cards: bool  # a link to the revision has to do where there are too many
    say: Words = field(default_factory=Words.translated)
    same: dict[tuple, str] = field(default_factory=dict)
    names: dict[tuple[str, int], str] = field(default_factory=dict)

    def body(self, section: SectionState) -> SafeString:
        """The section's text with claims and words marked."""
        html, text = rendered(section.body, section.uid)
        claims = list(in_place(section.claims, text.text))
        words = [piece for claim in claims for piece in self.words(claim)]
        if words:
            html = wrap(html, words)
        # Clean as render leaves it, and nothing is added but what is escaped here.
        return mark_safe(wrap(html, [self.piece(claim) for claim in claims]))  # noqa: S308

    def words(self, claim: ClaimState) -> Iterator[Piece]:
        """Spans for the words of the claim that a page marks."""
        written, at = self.written[claim.uid], claim.start
        for run in written.runs if self.marked else ():
            name = kind(run, written)
            if run.words and KINDS[name]:
                number = f' data-revision="{run.came.number}"' if run.came else ""
                origin = f' data-origin="{run.origin}"' if run.origin else ""
                opening = f'<span class="words {name}"{number}{origin}>'
                yield Piece(Span(at, at + len(run.text)), opening)
            at += len(run.text)

    def piece(self, claim: ClaimState) -> Piece:
        written = self.written[claim.uid]
        number = f' data-revision="{written.changed.number}"' if written.changed else ""
        attributes = (
            f"{claim_attributes(claim, self.disclosure)}{number}"
            f' data-origin="{escape(claim.origin)}"'
        )
        return Piece(
            span=Span(claim.start, claim.end),
            open=f'<span class="claim" id="c-{escape(claim.uid)}"{attributes}>',
            again=f'<span class="claim"{attributes}>',
            tail=f'<span class="tail">{self.mark(written)}</span>',
            after=self.card(written) if self.cards else "",
        )

    def mark(self, written: Written) -> str:
        changed, uid = written.changed, escape(written.claim.uid)
        name = escape(self.name(written.claim.origin, changed.number if changed else 0))
        shown = f"{glyph(written.claim.origin)}{changed.number if changed else '?'}"
        if self.cards:
            return (
                f'<button type="button" class="mark" popovertarget="e-{uid}"'
                f' aria-label="{name}: {self.say.open}">{shown}</button>'
            )
        if changed:
            address = escape(self.telling.address(changed))
            return f'<a class="mark" href="{address}" aria-label="{name}">{shown}</a>'
        return f'<span class="mark" role="img" aria-label="{name}">{shown}</span>'

    def name(self, origin: str, number: int) -> str:
        """The mark in words: “Revision 3, by AI and people”."""
        if (origin, number) not in self.names:
            by = _("by %s") % writer(origin)
            name = f"{_('Revision %d') % number}, {by}" if number else by
            self.names[origin, number] = name
        return self.names[origin, number]

    def card(self, written: Written) -> str:
        """Who wrote the sentence, who changed it, and what came when."""
        uid, say = escape(written.claim.uid), self.say
        lang = f' lang="{self.lang}"' if self.lang else ""
        return (
            f'<div class="card" popover id="e-{uid}" role="dialog"{lang}'
            f' aria-label="{say.card}" data-origin="{escape(written.claim.origin)}">'
            f'<button type="button" class="close" popovertarget="e-{uid}"'
            f' popovertargetaction="hide" aria-label="{say.close}">×</button>'
            f"{self.told(written)}"
            f'<p class="more"><a href="{escape(self.telling.record(written.claim.uid))}">'
            f'{say.record}</a><a href="#c-{uid}">{say.link}</a></p></div>'
        )

    def told(self, written: Written) -> str:
        """What the card tells: the same of most sentences of an article."""
        if not written.whole:
            return "".join(self.lines(written))
        key = (written.claim.origin, written.begun, written.changed)
        if key not in self.same:
            self.same[key] = "".join(self.lines(written))
        return self.same[key]

    def lines(self, written: Written) -> Iterator[str]:
        origin, begun, changed = written.claim.origin, written.begun, written.changed
        yield f'<p class="who">{glyph(origin)}{escape(written_by(origin))}</p>'
        said = self.say.written % self.values(begun) if begun else self.say.unknown
        yield f"<p>{said} {self.say.unchanged}</p>" if begun == changed else f"<p>{said}</p>"
        if changed and changed != begun:
            said = self.say.changed % self.values(changed)
            yield f"<p>{said}{self.comparison(changed)}</p>"
        if not written.whole:
            yield from self.words_told(written)
        elif changed != begun:
            yield f"<p>{self.say.whole}</p>"

    def values(self, came: Contribution) -> dict[str, str]:
        address = escape(self.telling.address(came))
        return {
            "revision": f'<a href="{address}">{self.say.revision % came.number}</a>',
            "when": escape(self.telling.when(came)),
            "who": self.say.who(came.origin, came),
        }

    def comparison(self, came: Contribution) -> str:
        address = escape(self.telling.compare(came))
        return f' <a class="compare" href="{address}">{self.say.compare}</a>' if address else ""

    def words_told(self, written: Written) -> Iterator[str]:
        """How many words came with which contribution, the oldest first, and the later ones."""
        runs: dict[tuple[str, Contribution | None], list[Run]] = {}
        for run in written.runs:
            if run.words:
                runs.setdefault((run.origin, run.came), []).append(run)
        total = sum(run.words for run in written.runs)
        said = _("Its word:") if total == 1 else _("Its %d words:") % total
        yield f'<p>{escape(said)}</p><ul class="origins">'
        for origin, came in sorted(runs, key=lambda of: of[1].number if of[1] else 0):
            found = runs[origin, came]
            said = self.say.who(origin, came)
            if came:
                said = f"{self.say.revision % came.number}, {said}"
            if came != written.begun:
                said += f"{colon()} <q>{escape(' … '.join(run.text for run in found))}</q>"
            yield f"<li><b>{sum(run.words for run in found)}</b> {said}</li>"
        yield "</ul>"


def glyph(origin: str) -> str:
    return f'<span class="glyph" data-origin="{escape(origin)}"></span>'
