"""A conflict in an editor's words: what to decide, with its texts, and what fits by itself."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from articles.editing import Conflict
from articles.history.diff import in_place
from articles.history.merge import Change, Value
from articles.history.state import ArticleText, SectionText
from articles.models import Article, Language
from articles.text.blocks import split
from articles.text.diff import Run, line_diff, shortened, word_diff
from articles.text.merge import joined, proposed
from articles.text.threeway import Stretch


@dataclass(frozen=True, slots=True)
class Option:
    """What the merged text may start from, for static/articles/js/conflict.js."""

    label: str
    chosen: bool
    values: str  # JSON: what goes into the form, by the fields' names
    text: str = ""  # what goes into the place of a stretch


@dataclass(frozen=True, slots=True)
class Question:
    """One clash, with what each side did to the common text; no runs where it has nothing."""

    about: str  # which paragraph, or which field
    base: tuple[Run, ...]
    theirs: tuple[Run, ...]
    mine: tuple[Run, ...]
    options: tuple[Option, ...]
    stretch: int | None = None  # its number within the text, where it is of one


@dataclass(frozen=True, slots=True)
class Part:
    """The questions that one section raises, or one field of the article."""

    section: str  # uid, or ""
    field: str  # of the article: its name; "order"
    heading: str
    questions: tuple[Question, ...]
    stretches: tuple[str, ...] = ()  # of the section's text, as proposed

    @property
    def opened(self) -> bool:
        """Whether more of the section than its text is in question."""
        return any(question.stretch is None for question in self.questions)


@dataclass(frozen=True, slots=True)
class Fit:
    """A change that clashes with nothing."""

    where: str
    runs: tuple[Run, ...]
    by: str  # theirs, mine, both


class Clashes:
    """``prefixes`` are those of the form's rows, by the sections' uids."""

    def __init__(self, found: Conflict, prefixes: Mapping[str, str]) -> None:
        self.merge, self.prefixes = found.merge, prefixes
        self.sides: dict[str, ArticleText] = {
            "base": found.base,
            "theirs": found.theirs,
            "mine": found.mine,
        }
        uids = {text.translation_of for text in self.sides.values()} - {""}
        self.originals = {a.uid: a for a in Article.objects.filter(uid__in=uids)}

    def parts(self) -> Iterator[Part]:
        """First what belongs to the article, then section by section as they stand."""
        for clash in self.merge.clashes:
            if not clash.section:
                yield Part("", clash.name, label(clash.name), (self.about_field(clash),))
        for section in self.merge.text.sections:
            clashes = [clash for clash in self.merge.clashes if clash.section == section.uid]
            texts = [clash for clash in clashes if clash.name == "body"]
            fields = [self.about_field(clash) for clash in clashes if clash.name != "body"]
            questions = [question for clash in texts for question in self.about_text(clash)]
            stretches = tuple(proposed(s) for clash in texts for s in clash.stretches)
            if clashes:
                heading = heading_of(section)
                yield Part(section.uid, "", heading, (*fields, *questions), stretches)

    def about_text(self, clash: Change) -> Iterator[Question]:
        """A question for each sentence, or whatever stretch, that both changed."""
        before = ""
        for number, stretch in enumerate(clash.stretches):
            if stretch.clashes:
                yield Question(
                    _("paragraph %d") % paragraph_number(before, stretch),
                    **columns(stretch.base.strip(), stretch.theirs.strip(), stretch.mine.strip()),
                    options=tuple(ways(stretch)),
                    stretch=number,
                )
            before += proposed(stretch)

    def about_field(self, clash: Change) -> Question:
        values = {side: getattr(clash, side) for side in self.sides}
        labels = {"theirs": _("theirs"), "mine": _("yours"), "base": _("before")}
        proposal = clash.mine
        if clash.name == "section":
            proposal = clash.mine or clash.theirs
        shown = {side: self.shown(clash.name, value) for side, value in values.items()}
        return Question(
            label(clash.name),
            **columns(**shown, by_line=clash.name in ("order", "see_also")),
            options=tuple(
                Option(
                    said,
                    chosen=side != "base" and values[side] == proposal,
                    values=json.dumps(self.filled(clash, side, values[side])),
                )
                for side, said in labels.items()
            ),
        )

    def filled(self, clash: Change, side: str, value: Value) -> dict[str, str | bool]:
        """What the form says where this side's value is taken, by the fields' names."""
        if clash.name == "order":
            there = [section.uid for section in self.merge.text.sections]
            lead = [s.uid for s in self.sides[side].sections if s.uid in there]
            order = enumerate(in_place(there, lead), start=1)
            return {f"{self.prefixes[uid]}-position": str(place) for place, uid in order}
        if clash.name == "translation_of":
            original = self.originals.get(str(value))
            return {"translation_of": str(original.pk) if original else ""}
        if clash.name != "section":
            name = f"{self.prefixes[clash.section]}-{clash.name}" if clash.section else clash.name
            return {name: "\n".join(value) if isinstance(value, tuple) else str(value)}
        values: dict[str, Any] = {"DELETE": True}
        if isinstance(value, SectionText):
            values = {
                "DELETE": False,
                "heading": value.heading,
                "level": str(value.level),
                "tags": ", ".join(value.tags),
                "body": value.body,
            }
        return {f"{self.prefixes[clash.section]}-{name}": said for name, said in values.items()}

    def fits(self) -> Iterator[Fit]:
        """Both sides' changes that clash with nothing."""
        for change in self.merge.changes:
            if change.name == "body":
                for stretch in change.stretches:
                    old, new = stretch.base.strip(), stretch.text.strip()
                    if old != new and not stretch.clashes:
                        where = self.heading(change.section)
                        yield Fit(where, shortened(word_diff(old, new)), stretch.by)
            elif not change.clashes:
                yield Fit(self.place(change), self.difference(change), change.by)

    def place(self, change: Change) -> str:
        if change.name == "section":
            return _("Section added") if change.base is None else _("Section deleted")
        if change.section:
            return f"{self.heading(change.section)}, {label(change.name)}"
        return label(change.name)

    def difference(self, change: Change) -> tuple[Run, ...]:
        if change.name == "section":
            kind = "came" if change.base is None else "gone"
            return (Run(kind, self.heading(change.section)),)
        if isinstance(change.base, tuple):
            return () if change.name == "order" else items(change.base, change.theirs, change.mine)
        new = change.theirs if change.mine == change.base else change.mine
        return word_diff(self.shown(change.name, change.base), self.shown(change.name, new))

    def shown(self, name: str, value: Value) -> str:
        """A value as an editor knows it."""
        if value is None:
            return ""
        if isinstance(value, SectionText):
            heading = f"{'#' * value.level} {value.heading}" if value.heading else ""
            tags = f"{label('tags')}: {', '.join(value.tags)}" if value.tags else ""
            return "\n\n".join(filter(None, (heading, value.body, tags)))
        if isinstance(value, tuple):
            return "\n".join(map(self.heading, value) if name == "order" else value)
        if name == "translation_of":
            return str(self.originals.get(str(value), ""))
        if name == "language" and value in Language.values:
            return str(Language(value).label)
        return str(value)

    def heading(self, uid: str) -> str:
        texts = (self.merge.text, *self.sides.values())
        return next(heading_of(s) for text in texts for s in text.sections if s.uid == uid)


def heading_of(section: SectionText) -> str:
    return section.heading or _("Introduction")


def label(name: str) -> str:
    names = {
        "title": _("Title"),
        "slug": _("Slug"),
        "language": _("Language"),
        "translation_of": _("Translation of"),
        "see_also": _("See also"),
        "heading": _("Heading"),
        "level": _("Level"),
        "tags": _("Tags"),
        "section": _("deleted by one, changed by the other"),
        "order": _("Order of the sections"),
    }
    return names[name]


def columns(
    base: str, theirs: str, mine: str, *, by_line: bool = False
) -> dict[str, tuple[Run, ...]]:
    compare = line_diff if by_line else word_diff
    return {
        "base": word_diff(base, base),
        "theirs": compare(base, theirs) if theirs else (),
        "mine": compare(base, mine) if mine else (),
    }


def ways(clash: Stretch) -> Iterator[Option]:
    """What may stand in the place of a stretch that both changed."""
    both = joined(clash)
    if both is not None:
        yield Option(_("both, joined"), True, "", both)
    yield Option(_("theirs"), False, "", clash.theirs)
    yield Option(_("yours"), both is None, "", clash.mine)
    yield Option(_("before"), False, "", clash.base)


def paragraph_number(before: str, clash: Stretch) -> int:
    """Which paragraph of the text the stretch begins in, counted from 1."""
    text = next(filter(str.strip, (clash.mine, clash.theirs, clash.base)), "")
    space = text[: len(text) - len(text.lstrip())]
    return len(split(f"{before}{space}x".split("\n")))


def items(base: tuple[str, ...], theirs: tuple[str, ...], mine: tuple[str, ...]) -> tuple[Run, ...]:
    """Names that came to a list, or went, on either side."""
    gone = [Run("gone", name) for name in base if name not in theirs or name not in mine]
    new = dict.fromkeys(name for name in (*theirs, *mine) if name not in base)
    runs: list[Run] = []
    for run in (*gone, *(Run("came", name) for name in new)):
        runs += [Run("same", ", "), run] if runs else [run]
    return tuple(runs)
