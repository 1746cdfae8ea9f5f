"""Programs that read a JSON object a line and answer each with one."""

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any


def answered(answer: Callable[[Any], Mapping[str, Any]]) -> int:
    """Answer the lines of stdin on stdout, each at once; return the program's exit status.

    A line that cannot be answered ends it: ``answer`` raises ValueError for what is missing.
    """
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        try:
            found = answer(json.loads(line.strip()))
        except (ValueError, RecursionError) as error:  # JSON, UTF-8 and TooLarge among them
            sys.stderr.write(
                f"stdin, line {number}: {_fault(error)}. Mend the line, then try again.\n"
            )
            return 1
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()
    return 0


def check(what: str, part: Any, fields: Mapping[str, type]) -> None:
    """Raise ValueError unless a part of a line is an object with these fields."""
    if not isinstance(part, dict):
        raise ValueError(f"{what} is no JSON object")
    for name, kind in fields.items():
        if name not in part:
            raise ValueError(f"{what} has no “{name}”")
        if not isinstance(part[name], kind):
            said = "a text" if kind is str else "a list"
            raise ValueError(f"“{name}” of {what} is not {said}")


def _fault(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"no JSON at column {error.colno}: {error.msg}"
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)
