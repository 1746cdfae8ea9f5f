"""Changes to an article, made in the fields of its change form. Pure.

Each change of ``WRITING`` writes the mark somewhere; some take away what was written before, so
that the article does not grow without end.
"""

import re
from collections.abc import Callable
from random import Random

Fields = dict[str, str]
Change = Callable[[Fields, str, Random], Fields]

FIRST = re.compile(r"[^.\n]+\.")
NOTE = re.compile(r" The log of \S+ has an entry\.")
CAMP = "Camp "  # how the headings of new sections begin
MOST = 12  # notes in a section, tags, see-also titles
MOST_CAMPS = 3


def rows_of(fields: Fields) -> list[str]:
    """The prefixes of the form's sections, as they stand in it."""
    return [f"sections-{n}" for n in range(int(fields["sections-TOTAL_FORMS"]))]


def listed(tags: str) -> list[str]:
    return [name.strip() for name in tags.split(",") if name.strip()]


def newest(items: list[str]) -> list[str]:
    return items[-MOST:]


def noted(fields: Fields, row: str, mark: str) -> Fields:
    """With a sentence at the section's end, and without the oldest one if there are many."""
    body = fields[f"{row}-body"].rstrip() + f" The log of {mark} has an entry."
    if len(NOTE.findall(body)) > MOST:
        body = NOTE.sub("", body, count=1)
    return fields | {f"{row}-body": body}


def same_section(fields: Fields, mark: str, dice: Random) -> Fields:
    return noted(fields, "sections-1", mark)


def some_section(fields: Fields, mark: str, dice: Random) -> Fields:
    return noted(fields, dice.choice(rows_of(fields)[2:]), mark)


def same_sentence(fields: Fields, mark: str, dice: Random) -> Fields:
    body = FIRST.sub(
        f"By the count of {mark} the mission had many camps.", fields["sections-0-body"], 1
    )
    return fields | {"sections-0-body": body}


def title(fields: Fields, mark: str, dice: Random) -> Fields:
    return fields | {"title": f"The mission as {mark} has it"}


def see_also(fields: Fields, mark: str, dice: Random) -> Fields:
    return fields | {"see_also": "\n".join(newest([*fields["see_also"].splitlines(), mark]))}


def tags(fields: Fields, mark: str, dice: Random) -> Fields:
    name = f"{dice.choice(rows_of(fields))}-tags"
    return fields | {name: ", ".join(newest([*listed(fields[name]), mark]))}


def new_section(fields: Fields, mark: str, dice: Random) -> Fields:
    rows = rows_of(fields)
    new = f"sections-{len(rows)}"
    camps = [row for row in rows if fields[f"{row}-heading"].startswith(CAMP)]
    gone = {f"{row}-DELETE": "on" for row in camps[: len(camps) - MOST_CAMPS + 1]}
    return (
        fields
        | gone
        | {
            "sections-TOTAL_FORMS": str(len(rows) + 1),
            f"{new}-id": "",
            f"{new}-heading": CAMP + mark,
            f"{new}-level": "3",
            f"{new}-tags": "",
            f"{new}-body": f"The camp of {mark} had two gates. Its road was mined.",
            f"{new}-position": str(len(rows) + 1),
        }
    )


def other_order(fields: Fields, mark: str, dice: Random) -> Fields:
    one, other = (f"{row}-position" for row in dice.sample(rows_of(fields)[1:], 2))
    return fields | {one: fields[other], other: fields[one]}


WRITING: tuple[Change, ...] = (
    same_section,
    some_section,
    some_section,
    some_section,
    same_sentence,
    title,
    see_also,
    tags,
    tags,
    new_section,
)


def changed(fields: Fields, mark: str, dice: Random) -> Fields:
    """The form with a change that holds the mark, now and then with sections moved as well."""
    fields = dice.choice(WRITING)(fields, mark, dice)
    return other_order(fields, mark, dice) if dice.random() < 0.2 else fields
