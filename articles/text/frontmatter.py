"""The block of `key: value` lines that some tools put above a text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

KEY = re.compile(r"([A-Za-z][\w-]{0,40})[ \t]*:(?:[ \t]+(.*))?$")
ITEM = re.compile(r"[ \t]*-[ \t]+(.*)$")
MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Values by lower-case key: a list where one was written, else one text."""

    values: dict[str, str | tuple[str, ...]] = field(default_factory=dict)
    length: int = 0  # lines that it takes up, its fences counted

    def text(self, *keys: str) -> str:
        """The first of these keys that has a value, lists joined by commas."""
        value = next((self.values[key] for key in keys if self.values.get(key)), "")
        return value if isinstance(value, str) else ", ".join(value)

    def items(self, *keys: str) -> tuple[str, ...]:
        """The first of these keys that has a value, as a list."""
        value = next((self.values[key] for key in keys if self.values.get(key)), ())
        return _listed(value) if isinstance(value, str) else value


def read(lines: Sequence[str]) -> FrontMatter:
    """Read the front matter at the very start of a text.

    No YAML: simple values, `[a, b]`, and lists with a dash. A block of anything else (or one
    that never closes) is text, and an empty FrontMatter comes back.

    >>> read(["---", "title: Wells", "tags:", "  - water", "---", "Text"]).values
    {'title': 'Wells', 'tags': ('water',)}
    """
    if not lines or lines[0].rstrip() not in ("---", "+++"):
        return FrontMatter()
    values: dict[str, str | tuple[str, ...]] = {}
    key = ""
    for number, line in enumerate(lines[1:MOST_LINES], 2):
        if line.rstrip() in (lines[0].rstrip(), "..."):
            return FrontMatter(values, number) if values else FrontMatter()
        if match := KEY.match(line.replace(" = ", ": ", 1) if lines[0][0] == "+" else line):
            key = match[1].lower()
            values[key] = _value(match[2] or "")
        elif key and (match := ITEM.match(line)):
            held = values[key]
            values[key] = (*(_listed(held) if isinstance(held, str) else held), _bare(match[1]))
        elif key and line.startswith((" ", "\t")) and isinstance(values[key], str):
            values[key] = f"{values[key]} {line.strip()}".lstrip(">| ")
        elif line.strip() and not line.lstrip().startswith("#"):
            return FrontMatter()
    return FrontMatter()


def _value(raw: str) -> str | tuple[str, ...]:
    raw = raw.strip()
    if raw.startswith("[") and raw.endswith("]"):
        return _listed(raw[1:-1])
    return _bare(raw)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(bare for part in text.split(",") if (bare := _bare(part)))


def _bare(text: str) -> str:
    text = text.strip()
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text
