"""Footnotes and link targets, which a whole text shares, for sections that are read alone."""

import re
from collections.abc import Mapping, Sequence

from articles.text.blocks import FENCE

DEFINITION = re.compile(r" {0,3}\[([^\[\]\n]{1,200})\]:[ \t]*\S")
USE = re.compile(r"\[([^\[\]\n]{1,200})\](?!:)")
MOST_CHARACTERS = 2 * 1024 * 1024  # of all copies together: beyond, each stays where it is


def with_definitions(sections: Sequence[str]) -> list[str]:
    """Give each section the definitions that it uses and another one holds.

    Writers gather footnotes at the end of a text; a section rendered alone would show "[^1]" as
    it stands. A definition that its own section does not use leaves it, one that nobody uses
    stays where it is.
    """
    if not any("]:" in section for section in sections):
        return list(sections)
    taken = [_take(section) for section in sections]
    everything = {label: text for _, found in reversed(taken) for label, text in found.items()}
    inner = {label: _uses(text) & everything.keys() for label, text in everything.items()}
    used = [_closure(inner, _uses(body) & everything.keys()) for body, _ in taken]
    if sum(len(everything[label]) for labels in used for label in labels) > MOST_CHARACTERS:
        return list(sections)
    rank = {label: n for n, label in enumerate(everything)}
    unused = everything.keys() - set().union(*used)
    return [
        "\n\n".join(
            part
            for part in (
                body,
                *(own.get(label, everything[label]) for label in sorted(needed, key=rank.get)),
                *(own[label] for label in own if label in unused),
            )
            if part
        )
        for (body, own), needed in zip(taken, used, strict=True)
    ]


def _uses(text: str) -> set[str]:
    return {_key(label) for label in USE.findall(text)}


def _closure(inner: Mapping[str, set[str]], labels: set[str]) -> set[str]:
    """These labels and those that their definitions use in turn."""
    found: set[str] = set()
    waiting = set(labels)
    while waiting:
        label = waiting.pop()
        found.add(label)
        waiting |= inner[label] - found
    return found


def _take(section: str) -> tuple[str, dict[str, str]]:
    """A section without its definitions, and these by label."""
    kept: list[str] = []
    found: dict[str, list[str]] = {}
    held: list[str] | None = None  # the definition that the lines belong to
    fence = ""
    for line in section.split("\n"):
        if fence:
            fence = "" if line.strip() and not line.strip().strip(fence[0]) else fence
        elif opening := FENCE.match(line):
            fence = opening[1]
        elif match := DEFINITION.match(line):
            held = found.setdefault(_key(match[1]), [])
            if not held:
                held.append(line)
            continue
        goes_on = held is not None and (
            not line.strip()
            or line.startswith(("  ", "\t"))
            or (held[-1].strip() and held[0].lstrip().startswith("[^"))
        )
        if goes_on and held is not None:
            held.append(line)
        else:
            held = None
            kept.append(line)
    definitions = {label: "\n".join(lines).rstrip() for label, lines in found.items()}
    return "\n".join(kept).rstrip("\n"), definitions


def _key(label: str) -> str:
    return " ".join(label.split()).casefold()
