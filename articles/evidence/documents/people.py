"""Authors' names as pages write them, as lines of a source: "Family, Given" or "{Body}"."""

import re
from collections.abc import Collection, Iterable

MOST_AUTHORS = 100
LONGEST = 200  # characters of a name; more is a sentence
BY = re.compile(
    r"(?:(?:written|posted|story|text|words)\s+)?(?:by|par|por|von|auteurs?|authors?)(?:\s*:\s*|\s+)",
    re.IGNORECASE,
)
TITLES = re.compile(
    r"(?:(?:dr|prof|professor|mr|mrs|ms|mme|m|sir|dame)\.?\s+)(?=[^\W\d_]{2,}|[^\W\d_]\.)",
    re.IGNORECASE,
)
DEGREES = re.compile(r",?\s+(?:Ph\.?D|M\.?D|M\.?A|M\.?Sc|LL\.?M|Esq)\.?$")
SUFFIX = re.compile(r",?\s+(Jr|Sr|II|III|IV)\.?$")
INITIALS = re.compile(r"(?:[^\W\d_]\.[\s-]?){1,4}|[A-ZÀ-Þ]{1,2}")
# Belong to the family name that follows.
BEFORE_FAMILIES = (
    "af al ap av ben bin bint da dal das de del della den der di dos du el ibn la le les lo mac "
    "san st st. te ten ter the van vom von y zu zum zur"
)
PARTICLES = frozenset(BEFORE_FAMILIES.split())
IN_BODIES = (
    "administration agence agency assembly association authority bank board bureau center centre "
    "college comité commission committee community conseil consortium corporation council "
    "department desk directorate division editors editorial embassy federation fondation forum "
    "foundation fund government group groupe human inc initiative institut institute "
    "international ltd magazine media ministry ministère mission museum nations network news "
    "newspaper newsroom office organisation organization parliament post press programme program "
    "project radio review rédaction republic school secretariat secretary-general service "
    "services society staff state system team times trust union université university watch "
    "webmaster"
)
BODY_WORDS = frozenset(IN_BODIES.split())
AGENCIES = frozenset(("afp", "ap", "dpa", "reuters", "xinhua", "tass", "bbc", "cnn"))


def lines(values: Iterable[str], bodies: Collection[str] = ()) -> str:
    """Names as lines, each once. ``bodies`` are known to be none of persons.

    >>> lines(["By Ousmane Diallo and Ludwig van Beethoven", "Diallo, Ousmane", "UN News"])
    'Diallo, Ousmane\\nvan Beethoven, Ludwig\\n{UN News}'
    """
    known = {body.casefold() for body in bodies}
    found: dict[str, str] = {}
    for value in values:
        for each in _several(value, known):
            if told := line(each, known):
                found.setdefault(told.casefold(), told)
    return "\n".join(list(found.values())[:MOST_AUTHORS])


def line(raw: str, bodies: Collection[str] = ()) -> str:
    """One name as a line; "" where it is none. ``bodies`` are casefolded.

    >>> line("Diallo, A."), line("Amadou Hampâté Bâ"), line("MINUSMA"), line("https://x.org/a")
    ('Diallo, A.', 'Bâ, Amadou Hampâté', '{MINUSMA}', '')
    """
    name = _bare(raw)
    if not name or len(name) > LONGEST or re.search(r"://|@|\bwww\.", name):
        return ""
    if name.startswith("{"):
        return "{" + name.strip("{} ") + "}" if name.strip("{} ") else ""
    if is_body(name, bodies):
        return "{" + name + "}"
    if "," in name:
        family, given = (part.strip() for part in name.split(",", 1))
        return f"{family}, {given}" if family and given else family or given
    return _turned(name)


def is_body(name: str, bodies: Collection[str] = ()) -> bool:
    """Whether this names an organisation.

    >>> is_body("Ministry of Foreign Affairs"), is_body("Kofi Annan")
    (True, False)
    """
    if name.casefold() in bodies or name.casefold() in AGENCIES:
        return True
    words = re.findall(r"[\w'’-]+", name.casefold())
    if any(word in BODY_WORDS for word in words) or (len(words) > 6 and "," not in name):
        return True
    return " " not in name and len(name) > 1 and name.isupper() and name.isalpha()


def _bare(raw: str) -> str:
    name = re.sub(r"\s+", " ", raw).strip(" ,;|·•-–—")
    name = BY.sub("", name, count=1) if BY.match(name) else name
    name = DEGREES.sub("", TITLES.sub("", name, count=1) if TITLES.match(name) else name)
    return name.strip(" ,;")


def _several(value: str, bodies: Collection[str]) -> list[str]:
    """The names in one value."""
    value = re.sub(r"[^\S\n]+", " ", value).strip()
    if value.startswith("{") or _bare(value).casefold() in bodies:
        return [value]
    found: list[str] = []
    for part in re.split(r"\s*[;\n|]\s*", value):
        first, *others = re.split(r"\s+(?:and|et|und|y|&)\s+", part)
        # “Ministry of Foreign Affairs and Trade” is one.
        if is_body(_bare(first), bodies) and "," not in first:
            found.append(part)
        else:
            found += [name for each in (first, *others) for name in _by_commas(each)]
    return found


def _by_commas(part: str) -> list[str]:
    """“Jane Doe, John Roe” are two, “Doe, Jane” is one."""
    pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
    if len(pieces) == 1:
        return pieces
    if all(_is_full(piece) for piece in pieces):
        return pieces
    first, last = pieces[0], pieces[-1]
    if len(pieces) == 2 and _is_full(first) and last.casefold() in AGENCIES:
        return [first]  # “Jane Doe, Reuters”
    if len(pieces) % 2 == 0 and len(pieces) > 2 and not SUFFIX.fullmatch(f" {pieces[2]}"):
        # “Doe, J., Roe, A.”
        return [f"{a}, {b}" for a, b in zip(pieces[::2], pieces[1::2], strict=True)]
    return [", ".join(pieces)]


def _is_full(piece: str) -> bool:
    """Whether this is a name with both its parts, such as “Jane Doe” or “J. Doe”."""
    words = BY.sub("", piece, count=1).split() if BY.match(piece) else piece.split()
    return len(words) >= 2 and not INITIALS.fullmatch(piece) and words[0].lower() not in PARTICLES


def _turned(name: str) -> str:
    """A name with its family first."""
    suffix = SUFFIX.search(name)
    words = (name[: suffix.start()] if suffix else name).split()
    if len(words) < 2:
        return name
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in PARTICLES:
        at -= 1
    # “Ousmane DIALLO KEITA” says itself where the family's name begins.
    while at > 1 and words[at].isupper() and words[at - 1].isupper() and len(words[at - 1]) > 2:
        at -= 1
    if INITIALS.fullmatch(words[at]) and at == len(words) - 1 and len(words) == 2:
        return f"{words[0]}, {words[1]}"  # “Diallo A.”
    given = " ".join(words[:at]) + (f", {suffix[1]}." if suffix else "")
    return f"{' '.join(words[at:])}, {given.replace('II.', 'II').replace('IV.', 'IV')}"
