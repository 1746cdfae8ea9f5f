"""JSON-LD in a page: which of its things the page is about, and what it tells of it."""

import json
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

from articles.evidence.documents.fields import JSON_LD_TYPES

MOST_THINGS = 2_000
Thing = dict[str, Any]
BODIES = ("Organization", "NewsMediaOrganization", "GovernmentOrganization", "Corporation", "NGO")
BODIES += ("CollegeOrUniversity", "EducationalOrganization", "ResearchOrganization")


def facts(scripts: Iterable[str]) -> dict[str, list[str]]:
    """Facts as `fields` takes them, of the one thing that the page is about."""
    things = list(_things(scripts))
    # Mere references have an @id too: what says most is the thing itself.
    by_id = {
        thing["@id"]: thing
        for thing in sorted(things, key=len)
        if isinstance(thing.get("@id"), str)
    }
    found: dict[str, list[str]] = {}
    for site in (thing for thing in things if "WebSite" in _types(thing)):
        found.setdefault("JSON-LD WebSite", []).extend(_texts(site.get("name")))
    work = _work(things)
    if not work:
        return found
    found["JSON-LD @type"] = [kind for kind in _types(work) if kind in JSON_LD_TYPES]
    for name in ("headline", "name", "datePublished", "dateCreated", "pagination", "reportNumber"):
        found[f"JSON-LD {name}"] = _texts(work.get(name))
    for name in ("isbn", "issn", "volumeNumber", "issueNumber"):
        found[f"JSON-LD {name}"] = _texts(_inherited(work, name, by_id))
    found["JSON-LD inLanguage"] = _texts(work.get("inLanguage"), "alternateName", "name")
    found["JSON-LD identifier"] = [
        *_texts(work.get("identifier"), "value", "@id"),
        *_texts(work.get("sameAs")),
        *_texts(work.get("@id")),
    ]
    found["JSON-LD author"] = [*_names(work.get("author") or work.get("creator"), by_id)]
    found["JSON-LD publisher"] = [*_texts(_resolved(work.get("publisher"), by_id), "name")]
    found["JSON-LD isPartOf"] = [*_containers(work, by_id)]
    return {name: values for name, values in found.items() if values}


def _things(scripts: Iterable[str]) -> Iterator[Thing]:
    """All objects in the scripts, outer ones first; what is no JSON is left out."""
    seen = 0
    for script in scripts:
        try:
            waiting = deque([json.loads(script, strict=False)])
        except (ValueError, RecursionError):
            continue
        while waiting and seen < MOST_THINGS:
            value = waiting.popleft()
            if isinstance(value, list):
                waiting += value[:MOST_THINGS]
            elif isinstance(value, dict):
                seen += 1
                yield value
                waiting += [each for each in value.values() if isinstance(each, (dict, list))]


def _work(things: list[Thing]) -> Thing | None:
    """The thing of the most telling type; pages list others' headlines, but after their own."""
    order = list(JSON_LD_TYPES)
    ranked = [
        (min(order.index(kind) for kind in _types(thing) if kind in order), at)
        for at, thing in enumerate(things)
        if any(kind in order for kind in _types(thing)) and ("headline" in thing or "name" in thing)
    ]
    return things[min(ranked)[1]] if ranked else None


def _types(thing: Thing) -> list[str]:
    kinds = thing.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rsplit("/", 1)[-1] for kind in kinds if isinstance(kind, str)]


def _texts(value: Any, *keys: str) -> list[str]:
    """Texts and numbers in a value, in a list of them, or in objects under one of the keys."""
    values = value if isinstance(value, list) else [value]
    found = []
    for each in values[:MOST_THINGS]:
        if isinstance(each, dict):
            each = next((each[key] for key in (*keys, "@value") if key in each), None)
        if isinstance(each, (str, int)) and not isinstance(each, bool) and str(each).strip():
            found.append(str(each))
    return found


def _resolved(value: Any, by_id: dict[str, Thing]) -> list[Any]:
    """The values, with a mere reference replaced by what it refers to."""
    values = value if isinstance(value, list) else [value]
    return [
        by_id.get(each["@id"], each)
        if isinstance(each, dict) and isinstance(each.get("@id"), str) and "name" not in each
        else each
        for each in values[:MOST_THINGS]
    ]


def _names(value: Any, by_id: dict[str, Thing]) -> Iterator[str]:
    for who in _resolved(value, by_id):
        if isinstance(who, dict):
            name = next(iter(_texts(who.get("name"))), "")
            family, given = (_texts(who.get(key)) for key in ("familyName", "givenName"))
            if family and given:
                yield f"{family[0]}, {given[0]}"
            elif name:
                yield "{" + name + "}" if any(kind in BODIES for kind in _types(who)) else name
        else:
            yield from _texts(who)


def _containers(work: Thing, by_id: dict[str, Thing]) -> Iterator[str]:
    """What it is a part of: an article's volume is one of a journal."""
    part = work
    for _ in range(4):
        part = next(iter(_resolved(part.get("isPartOf"), by_id)), None)
        if not isinstance(part, dict):
            return
        if not {"PublicationVolume", "PublicationIssue", "WebPage"} & {*_types(part)}:
            yield from _texts(part.get("name"))


def _inherited(work: Thing, name: str, by_id: dict[str, Thing]) -> Any:
    """What is said of the work or of what it is a part of."""
    part: Any = work
    for _ in range(4):
        if not isinstance(part, dict) or part.get(name):
            break
        part = next(iter(_resolved(part.get("isPartOf"), by_id)), None)
    return part.get(name) if isinstance(part, dict) else None
