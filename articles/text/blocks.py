"""A draft's lines as blocks: what stands between blank lines, headings and fences apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

ATX = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
UNDERLINE = re.compile(r" {0,3}(?:={2,}|-{2,})[ \t]*$")
FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
LIST_ITEM = re.compile(r"[ \t]*(?:[-*+•◦▪‣]|\d{1,9}[.)])[ \t]+(?=\S)")
BREAK = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together; ``line`` is the number of the first, from 1."""

    line: int
    lines: tuple[str, ...]
    code: bool = False  # holds a fence: not to be searched for headings or notices

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def indented(self) -> bool:
        """Whether it goes on with a list item above it (or is indented code)."""
        return self.lines[0].startswith(("  ", "\t"))

    @property
    def is_list(self) -> bool:
        return bool(LIST_ITEM.match(self.lines[0])) and not self.is_break

    @property
    def is_break(self) -> bool:
        return len(self.lines) == 1 and bool(BREAK.match(self.lines[0]))

    @property
    def underlined(self) -> bool:
        """Whether it is a heading with a line of signs under it."""
        return len(self.lines) == 2 and bool(UNDERLINE.match(self.lines[1]))

    @property
    def one_line(self) -> str:
        """Its text where it is one line of prose, else ""."""
        return self.lines[0].strip() if len(self.lines) == 1 and not self.code else ""


def split(lines: Sequence[str], *, first: int = 1, markdown: bool = True) -> list[Block]:
    """Cut lines into blocks; ``first`` is the number of the first line.

    Blank lines inside a code fence belong to it; a fence that never closes reaches to the
    end, as in CommonMark. Without ``markdown`` there are no fences and no ATX headings.
    """
    blocks: list[Block] = []
    held: list[str] = []
    start, fence = first, ""

    def end_block(following: int) -> None:
        nonlocal start
        if held:
            code = markdown and any(map(FENCE.match, held))
            blocks.append(Block(start, tuple(held), code))
            held.clear()
        start = following

    for number, line in enumerate(lines, first):
        if fence:
            held.append(line)
            fence = "" if _closes(line, fence) else fence
        elif not line.strip():
            end_block(number + 1)
        elif markdown and (opening := FENCE.match(line)):
            held.append(line)
            fence = opening[1]
        elif markdown and (ATX.match(line) or (held and BREAK.match(line) and not _under(held))):
            end_block(number)
            held.append(line)
            end_block(number + 1)
        else:
            held.append(line)
            if UNDERLINE.match(line) and _under(held[:-1]):
                end_block(number + 1)
    end_block(first + len(lines))
    return blocks


def _closes(line: str, fence: str) -> bool:
    bare = line.strip(" \t")
    return bare.startswith(fence) and not bare.strip(fence[0])


def _under(held: Sequence[str]) -> bool:
    """Whether a line of signs under these lines makes a heading of them: one line of prose."""
    return len(held) == 1 and not (
        LIST_ITEM.match(held[0]) or held[0].startswith(("    ", "\t", ">", "|"))
    )
