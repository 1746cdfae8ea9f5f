"""A text that a language model drafted, in whatever shape, as what an article is made of.

Drafts come as plain text or Markdown, with or without front matter, with notices and pointers to
other articles strewn between the paragraphs. Nothing here is certain: what was guessed or left
out is told in ``Found.warnings``, so that an editor can put it right before anything is stored.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from articles.text import frontmatter, headings, levels, literal, notices, see_also
from articles.text.blocks import Block, split
from articles.text.definitions import with_definitions
from articles.text.headings import Heading, Mark
from articles.text.render import TooLarge, check_limits

MOST_BYTES = 2 * 1024 * 1024
MOST_PARAGRAPHS = 50_000
MOST_HEADINGS = 500
LONGEST_HEADING = 300
LONGEST_LINE = 20_000
LANGUAGES = ("en", "fr")
# What our own export puts under this line is computed from the record and is no text.
RECORD = "<!-- record -->"

Origin = Literal["ai", "human"]


class Unreadable(ValueError):
    """The draft cannot be read: one line that says what, where, and what to do."""


@dataclass(frozen=True, slots=True)
class FoundSection:
    """``heading`` is plain text ("" for the introduction), ``body`` Markdown."""

    level: int
    heading: str
    body: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a draft holds. ``title`` is "" and ``origin`` None where the draft has none."""

    title: str
    origin: Origin | None
    notice: str
    language: str
    sections: tuple[FoundSection, ...]
    see_also: tuple[str, ...]
    tags: tuple[str, ...]
    warnings: tuple[str, ...]


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, with or without a byte order mark."""
    if len(data) > MOST_BYTES:
        raise Unreadable(
            f"The file has {len(data) / 2**20:.1f} MB, more than the 2 MB of an import: "
            "split it into several articles."
        )
    if not data:
        raise Unreadable("The file is empty: choose one that holds the article's text.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("The file is in UTF-16: save it as UTF-8 and import it again.")
    if (nul := data.find(b"\0")) >= 0:
        raise Unreadable(
            f"Line {_line_at(data, nul)} holds a NUL byte, which no text has: "
            "save the article as plain text or Markdown in UTF-8."
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = _line_at(data, error.start)
        raise Unreadable(
            f"Line {line} is not UTF-8 (byte 0x{data[error.start]:02x} at offset {error.start}): "
            "convert the file to UTF-8 and import it again."
        ) from None


def _line_at(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1


@dataclass(frozen=True, slots=True)
class _Part:
    """A block of the draft, and the heading that it is, if it is one."""

    block: Block
    heading: Heading | None = None

    @property
    def words(self) -> str:
        return self.heading.text if self.heading else self.block.one_line


def read(text: str, *, plain: bool) -> Found:
    """Take a draft apart.

    ``plain`` says that the text has no Markdown marks: headings are then short lines, and signs
    that Markdown would interpret are escaped. A text that has marked headings all the same is
    read as Markdown. Raises Unreadable.
    """
    warnings: list[str] = []
    lines = _lines(text, warnings)
    front = frontmatter.read(lines)
    end = lines.index(RECORD) if RECORD in lines else len(lines)
    first, lines = front.length + 1, lines[front.length : end]
    if plain and _has_marks(split(lines, first=first)):
        plain = False
        warnings.append("The text has marked headings, so it was read as Markdown.")
    blocks = _apart(split(lines, first=first, markdown=not plain), plain)
    language = _language(front, blocks, warnings)
    parts = [_Part(block, None if plain else headings.marked(block)) for block in blocks]
    _check_headings(parts)
    parts, pointers = _without_see_also(parts)
    parts, origin, notice = _without_notices(parts, warnings)
    title, parts = _title(parts, front, warnings)
    parts = _with_unmarked_headings(parts, plain)
    _check_headings(parts)
    sections = _sections(parts, language, plain, warnings)
    return Found(
        title=title,
        origin=origin,
        notice=notice,
        language=language,
        sections=sections,
        see_also=see_also.without_repeats(pointers),
        tags=see_also.without_repeats(front.items("tags", "tag", "keywords", "mots-clés")),
        warnings=tuple(warnings),
    )


NEW_LINE = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f\ufeff]")


def _lines(text: str, warnings: list[str]) -> list[str]:
    size = len(text.encode("utf-8", "replace"))
    if size > MOST_BYTES:
        raise Unreadable(
            f"The text has {size / 2**20:.1f} MB, more than the 2 MB of an import: "
            "split it into several articles."
        )
    text = NEW_LINE.sub("\n", text.removeprefix("\ufeff"))
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Unreadable(f"Line {line} holds a NUL character, which no text has: take it out.")
    text, controls = CONTROL.subn("", text)
    if controls > len(text) // 10:
        raise Unreadable("This is not a text but binary data: choose a text file in UTF-8.")
    if controls:
        warnings.append(f"Control characters were left out: {controls}.")
    if not any(map(str.isalnum, text)):
        raise Unreadable("There are no words in it: choose a file that holds the article's text.")
    lines = text.split("\n")
    paragraphs, before = 0, ""
    for number, line in enumerate(lines, 1):
        paragraphs += bool(before.strip()) and not line.strip()
        before = line
        if paragraphs > MOST_PARAGRAPHS:
            raise Unreadable(
                f"Line {number} ends paragraph number {paragraphs:,}, more than "
                f"{MOST_PARAGRAPHS:,}: split the text into several articles."
            )
        if len(line) > LONGEST_LINE:
            raise Unreadable(
                f"Line {number} has {len(line):,} characters, more than {LONGEST_LINE:,}: "
                "break it into paragraphs."
            )
    return lines


def _has_marks(blocks: Sequence[Block]) -> bool:
    """Whether a text said to be plain has Markdown headings.

    Two, or a first line of "# Title". One alone may well be a line that begins with a number sign.
    """
    found = [
        heading
        for block in blocks
        if (heading := headings.marked(block)) and not heading.text.endswith((".", ",", ";"))
    ]
    return len(found) > 1 or bool(
        found and found[0].depth == 1 and headings.marked(blocks[0]) == found[0]
    )


def _apart(blocks: Sequence[Block], plain: bool) -> list[Block]:
    """Give lines that are notices or pointers a block of their own, where they start one.

    A plain text without a single blank line has a paragraph in each of its lines.
    """
    each = plain and len(blocks) == 1 and max(map(len, blocks[0].lines)) > LONG
    found: list[Block] = []
    for block in blocks:
        if block.code or len(block.lines) == 1 or (notices.origin(block.text) and not each):
            found.append(block)
            continue
        start = 0
        for at, line in enumerate(block.lines):
            before = block.lines[at - 1].rstrip() if at else "."
            title = block is blocks[0] and at == 1 and _title_over(before, line, plain)
            begins = title or before.endswith((".", "!", "?", "*", "_", ")"))
            alone = begins and bool(see_also.in_line(line) or notices.origin(line))
            if at > start and (each or alone or title):
                found.append(Block(block.line + start, block.lines[start:at]))
                start = at
            if alone:
                found.append(Block(block.line + at, (line,)))
                start = at + 1
        if start < len(block.lines):
            found.append(Block(block.line + start, block.lines[start:]))
    return found


LONG = 200  # characters: a line that nobody wrapped, but a paragraph


def _title_over(line: str, below: str, plain: bool) -> bool:
    """Whether a text's first line is a title although no blank line follows."""
    short = len(line) <= LONGEST_HEADING and not line.endswith((".", ":", ";", ",", "…"))
    return short and (notices.origin(below) is not None or (plain and len(below) > LONG))


FUNCTION_WORDS = {  # split, since words read best in a line
    "en": set("the and of to is was were that with for has have which by this from".split()),  # noqa: SIM905
    "fr": set("le la les des du et est dans une un que qui pour par sur aux avec".split()),  # noqa: SIM905
}
SAMPLE = 50_000  # characters are enough to tell a language


def _language(front: frontmatter.FrontMatter, blocks: Iterable[Block], warnings: list[str]) -> str:
    said = front.text("lang", "language", "langue").lower()[:2]
    if said in LANGUAGES:
        return said
    words = " ".join(block.text for block in blocks)[:SAMPLE].lower().split()
    counts = {
        language: sum(word in function_words for word in words)
        for language, function_words in FUNCTION_WORDS.items()
    }
    language = max(LANGUAGES, key=counts.__getitem__)
    if counts[language] < 2 * (sum(counts.values()) - counts[language]) or not counts[language]:
        name = {"en": "English", "fr": "French"}[language]
        warnings.append(f"The language was hard to tell; {name} was assumed.")
    return language


def _check_headings(parts: Iterable[_Part]) -> None:
    found = [part for part in parts if part.heading]
    if len(found) > MOST_HEADINGS:
        raise Unreadable(
            f"Line {found[MOST_HEADINGS].block.line} has heading number {MOST_HEADINGS + 1}, more "
            f"than the {MOST_HEADINGS} of an article: split the text into several articles."
        )
    for part in found:
        if len(part.words) > LONGEST_HEADING:
            raise Unreadable(
                f"The heading in line {part.block.line} has {len(part.words)} characters, more "
                f"than {LONGEST_HEADING}: shorten it, or make it a paragraph."
            )


def _without_see_also(parts: Sequence[_Part]) -> tuple[list[_Part], list[str]]:
    kept: list[_Part] = []
    titles: list[str] = []
    at = 0
    while at < len(parts):
        part = parts[at]
        at += 1
        if part.block.code:
            kept.append(part)
        elif found := see_also.in_line(part.words):
            titles += found
        elif see_also.is_label(part.words):
            found, end = _listed_under(parts, at)
            titles += found
            if not found and end < len(parts) and not parts[end].heading:
                kept.append(part)  # "Related", and then ordinary text: an ordinary heading
            at = end
        elif see_also.is_label(part.block.lines[0]) and (
            found := see_also.in_list(replace(part.block, lines=part.block.lines[1:]))
        ):
            titles += found
        else:
            kept.append(part)
    return kept, titles


def _listed_under(parts: Sequence[_Part], start: int) -> tuple[list[str], int]:
    """The titles that follow a label, and where they end.

    A short line may be a title or the next heading: after the first one it is a title only if no
    paragraph follows it.
    """
    titles: list[str] = []
    at = start
    while at < len(parts) and not parts[at].heading:
        block = parts[at].block
        found = see_also.in_list(block)
        sure = block.is_list or bool(see_also.linked(block.text))
        follows = parts[at + 1] if at + 1 < len(parts) else None
        last = follows is None or follows.heading or see_also.in_list(follows.block)
        if not found or not (sure or not titles or last):
            break
        titles += found
        at += 1
    return titles, at


def _without_notices(
    parts: Sequence[_Part], warnings: list[str]
) -> tuple[list[_Part], Origin | None, str]:
    kept: list[_Part] = []
    origins: list[Origin] = []
    taken: list[str] = []
    for part in parts:
        text = part.heading.text if part.heading else part.block.text
        found = None if part.block.code else notices.origin(text)
        if found is None:
            if not part.block.code and (said := notices.at_its_ends(text)):
                origins.append(said)
                warnings.append(
                    f"A paragraph from line {part.block.line} on says who or what wrote the text; "
                    "it was left as it is."
                )
            kept.append(part)
            continue
        origins.append(found)
        taken.append(text.strip())
        if kept and notices.is_label(kept[-1].words):
            kept.pop()
    if len(set(origins)) > 1:
        warnings.append("The text says both that AI wrote it and that it did not; AI was assumed.")
    origin: Origin | None = "ai" if "ai" in origins else origins[0] if origins else None
    return kept, origin, "\n\n".join(taken)


TITLE_LABEL = re.compile(r"(?:title|titre)\s*[:：]\s*", re.IGNORECASE)


def _title(
    parts: Sequence[_Part], front: frontmatter.FrontMatter, warnings: list[str]
) -> tuple[str, list[_Part]]:
    """The title, and the parts without it."""
    parts = list(parts)
    while parts and parts[0].block.is_break:
        del parts[0]
    said = front.text("title", "titre")
    at = _title_at(parts)
    found = TITLE_LABEL.sub("", _title_words(parts[at]), count=1) if at is not None else ""
    if said:
        if at is not None and found.casefold() == said.casefold():
            del parts[at]
        title = said
    elif at is not None:
        if at:
            warnings.append("Text above the title became the introduction.")
        del parts[at]
        title = found
    else:
        warnings.append("No title was found: give the article one.")
        title = ""
    if len(title) > LONGEST_HEADING:
        raise Unreadable(
            f"The title has {len(title)} characters, more than {LONGEST_HEADING}: shorten it."
        )
    return title, parts


def _title_words(part: _Part) -> str:
    """The line's words without marks; a heading has lost them already."""
    return part.words if part.heading else headings.words_of(part.words)


def _title_at(parts: Sequence[_Part]) -> int | None:
    """Where the title stands: the first "# " heading, else a heading or short line at the top."""
    top = next((n for n, p in enumerate(parts) if p.heading and _structural(p) == 1), None)
    if top is not None or not parts:
        return top
    opening = parts[0]
    if opening.heading:
        others = [_structural(part) for part in parts[1:] if part.heading]
        alone = _structural(opening) is None or _structural(opening) not in others
        return 0 if alone else None
    if opening.block.is_list or headings.NUMBER.match(opening.words):
        return None
    short = 0 < len(opening.words) <= LONGEST_HEADING
    return 0 if short and not opening.words.endswith((".", ":", ";", ",", "…")) else None


def _structural(part: _Part) -> int | None:
    """A heading's depth where Markdown gives one, None for lines in bold and the like."""
    heading = part.heading
    return heading.depth if heading and heading.mark in (Mark.ATX, Mark.UNDERLINE) else None


def _with_unmarked_headings(parts: Sequence[_Part], plain: bool) -> list[_Part]:
    """Find the headings that only their place and shape tell, where no marks do."""
    found = list(parts)
    if all(_structural(part) is None for part in found):
        around = [None, *(part.block for part in parts), None]
        for at, part in enumerate(parts):
            before, after = around[at], around[at + 2]
            if not part.heading and (heading := headings.numbered(part.block, before, after)):
                found[at] = replace(part, heading=heading)
    if plain or not any(part.heading for part in found):
        for at, (part, after) in enumerate(pairwise(tuple(found))):
            if not part.heading and (heading := headings.unmarked(part.block, after.block)):
                found[at] = replace(part, heading=heading)
    return found


def _levels(parts: Sequence[_Part], language: str, warnings: list[str]) -> list[int]:
    """The level of each heading, in order, within what an article has."""
    found = [part.heading for part in parts if part.heading]
    text = (part.block.text for part in parts if not part.heading)
    by_capitals = levels.from_capitals([h.text for h in found], text, language)
    marks = {heading.mark for heading in found}
    depths = [d for part in parts if (d := _structural(part)) is not None]
    shift = levels.HIGHEST - min(depths, default=levels.HIGHEST)
    wanted: list[int] = []
    above = levels.HIGHEST - 1
    for heading, by_capital in zip(found, by_capitals, strict=True):
        match heading.mark:
            case Mark.ATX | Mark.UNDERLINE:
                above = heading.depth + shift
                wanted.append(above)
            case Mark.BOLD:
                wanted.append(above + heading.depth)
            case Mark.NUMBER:
                wanted.append(levels.HIGHEST - 1 + heading.depth)
            case Mark.NONE:
                wanted.append(levels.HIGHEST if Mark.NUMBER in marks else by_capital)
    if deep := sum(level > levels.LOWEST for level in wanted):
        warnings.append(f"Headings deeper than level {levels.LOWEST} were raised to it: {deep}.")
    if Mark.NONE in marks:
        warnings.append("Headings were guessed from short lines, their levels from capitals.")
    return [min(level, levels.LOWEST) for level in wanted]


def _sections(
    parts: Sequence[_Part], language: str, plain: bool, warnings: list[str]
) -> tuple[FoundSection, ...]:
    heads: list[tuple[int, str, int]] = [(levels.HIGHEST, "", 1)]  # level, words, line
    bodies: list[list[Block]] = [[]]
    remaining = iter(_levels(parts, language, warnings))
    for part in parts:
        if not part.heading:
            bodies[-1].append(part.block)
            continue
        level = next(remaining)
        if part.heading.text:
            heads.append((level, part.heading.text, part.block.line))
            bodies.append([])
        else:
            warnings.append(f"The empty heading in line {part.block.line} was left out.")
    texts = [_markdown(body, plain) for body in bodies]
    if not plain:
        texts = with_definitions(texts)
    for (_, words, line), text in zip(heads, texts, strict=True):
        try:
            check_limits(text)
        except TooLarge as error:
            where = f"the section “{words}”" if words else "the text"
            raise Unreadable(f"From line {line}, in {where}: {error}") from error
    found = [
        FoundSection(level, words, text)
        for (level, words, _), text in zip(heads, texts, strict=True)
    ]
    if not any(texts):
        warnings.append("There is no text besides title and headings.")
    return tuple(found if texts[0] or len(found) == 1 else found[1:])


def _markdown(body: Sequence[Block], plain: bool) -> str:
    """A section's blocks as Markdown, without the lines that set it off from the next one."""
    body = list(body)
    while body and body[-1].is_break:
        body.pop()
    while body and body[0].is_break:
        del body[0]
    return literal.text(body) if plain else "\n\n".join(block.text for block in body)
