"""Plain text as Markdown that reads the same: escapes where a sign would mean something."""

import re
from collections.abc import Sequence
from itertools import groupby

from articles.text.blocks import Block

BULLET = re.compile(r"([ \t]*)[-*+•◦▪‣][ \t]+(?=\S)")
NUMBER = re.compile(r"[ \t]*(\d{1,9})[.)][ \t]+(?=\S)")
LINE_START = re.compile(r"(?:#{1,6}(?=[ \t]|$)|>|[-+*](?=[ \t]|$)|\d{1,9}(?=[.)](?:[ \t]|$)))")
SIGNS_ONLY = re.compile(r"[-=|:+ \t]+$")
ANYWHERE = re.compile(
    r"\\(?=[!-/:-@\[-`{-~]|$)"  # would escape what comes after it
    r"|`"
    r"|<(?=[A-Za-z/!?])"
    r"|&(?=#?\w{1,40};)"
    r"|(?<=\^)\[|\[(?=\^)"  # footnotes
    r"|(?<!\s)\*|\*(?!\s)"  # stands against something: could open or close emphasis
    r"|(?<!\w)_(?!\s)|(?<!\s)_(?!\w)"  # not inside a word
)


def text(blocks: Sequence[Block]) -> str:
    """Blocks of plain text as Markdown. Lines that look like a list become one.

    A single "1." is no list: "1. Corps d'armée" on its own names a unit.
    """
    found: list[str] = []
    for numbered, group in groupby(blocks, lambda block: bool(NUMBER.match(block.lines[0]))):
        held = list(group)
        lines = [line for block in held for line in block.lines]
        if numbered and _counts_up(lines):
            found.append("\n".join(f"{n}. {escape(words)}" for n, words in _numbers(lines)))
        else:
            found += ("\n".join(map(_line, block.lines)) for block in held)
    return "\n\n".join(found)


def _line(line: str) -> str:
    if (bullet := BULLET.match(line)) and not SIGNS_ONLY.match(line):
        return f"{bullet[1].expandtabs(2)}- {escape(line[bullet.end() :].rstrip())}"
    return escape(line.strip(" \t"))


def _numbers(lines: Sequence[str]) -> list[tuple[int, str]]:
    return [
        (int(match[1]), line[match.end() :].rstrip())
        for line in lines
        if (match := NUMBER.match(line))
    ]


def _counts_up(lines: Sequence[str]) -> bool:
    """Whether these lines, two or more, count upwards one by one."""
    numbers = [number for number, _ in _numbers(lines)]
    first = numbers[0]
    return len(numbers) == len(lines) > 1 and numbers == list(range(first, first + len(lines)))


def escape(line: str) -> str:
    r"""One line of plain text as Markdown, with no more backslashes than needed.

    >>> escape("15_209 staff, a * b, *sic*")
    '15_209 staff, a * b, \\*sic\\*'
    """
    line = ANYWHERE.sub(r"\\\g<0>", line)
    if "](" in line or "]:" in line or "][" in line:
        line = re.sub(r"(?<!\\)\[", r"\\[", line)
    if "~~" in line:
        line = line.replace("~", r"\~")
    if start := LINE_START.match(line):
        cut = start.end() if start[0].isdigit() else 0
        return f"{line[:cut]}\\{line[cut:]}"
    if line and SIGNS_ONLY.match(line):
        return f"\\{line}"
    return line
