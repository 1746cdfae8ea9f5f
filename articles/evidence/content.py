"""Whether a source still says what it said when it was cited."""

from articles.evidence import files
from articles.evidence.checking import quotes_of
from articles.evidence.standing import Content
from articles.models import Kind, QuoteCheck, Result, Snapshot
from articles.text import diff
from articles.text.canonical import sha256
from articles.text.diff import Run

# Characters up to which two texts are compared word by word at once.
AT_ONCE = 1_000_000
FOUND = {Result.EXACT, Result.NEAR}


def content(uid: str, address: str, newest: Snapshot | None, *, moved: bool) -> Content:
    """What became of the work, by the newest copy from its address and those before.

    It changed if it reads otherwise than the first copy that has all the quotes which the newest
    one has: a quote that was taken later shows that somebody cited the later text.
    """
    if newest is None:
        return Content()
    fetched = Snapshot.objects.filter(source_id=uid, kind=Kind.FETCHED, visits__address=address)
    copies = list(fetched.filter(pk__lte=newest.pk).order_by("pk").distinct())
    keys = {sha256(quote) for quote in quotes_of(uid)}
    results = _results(copies, keys)
    now = {key for key, result in results.get(newest.pk, {}).items() if result in FOUND}
    earlier = {
        key
        for copy in copies
        if copy.pk != newest.pk
        for key, result in results.get(copy.pk, {}).items()
        if result in FOUND
    }
    missing = {key for key, r in results.get(newest.pk, {}).items() if r == Result.MISSING}
    first = next(
        (
            copy
            for copy in copies
            if copy.text and all(results.get(copy.pk, {}).get(key) in FOUND for key in now)
        ),
        newest,
    )
    return Content(
        redirected=moved,
        changed=_reads_otherwise(first, newest),
        quote_gone=bool(missing & earlier),
    )


def _results(copies: list[Snapshot], keys: set[str]) -> dict[int, dict[str, str]]:
    """By copy and quote; what the newest rules said, where several looked."""
    rows = QuoteCheck.objects.filter(snapshot__in=[copy.pk for copy in copies])
    found: dict[int, dict[str, str]] = {}
    for pk, key, result in rows.order_by("finder").values_list("snapshot", "quote_key", "result"):
        if key in keys:
            found.setdefault(pk, {})[key] = result
    return found


def _reads_otherwise(old: Snapshot, new: Snapshot) -> bool:
    if old.text == new.text:
        return False
    try:
        return files.text_of(old).split() != files.text_of(new).split()
    except files.Lost:
        return True  # their hashes differ, and that is all that is left to go by


def changes(old: Snapshot, new: Snapshot) -> tuple[Run, ...]:
    """What went from the one copy's text and came in the other's. Raises files.Lost.

    Texts of more than AT_ONCE characters are compared by line first, and only lines that differ
    by words.
    """
    before, after = files.text_of(old), files.text_of(new)
    if max(len(before), len(after)) <= AT_ONCE:
        return diff.word_diff(before, after)
    runs = list(diff.line_diff(before, after))
    fine: list[Run] = []
    while runs:
        run = runs.pop(0)
        if run.kind == "gone" and runs and runs[0].kind == "came":
            fine += diff.word_diff(run.text, runs.pop(0).text)
        else:
            fine.append(run)
    return tuple(fine)
