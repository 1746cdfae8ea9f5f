"""Dates as pages write them, as a year, a month or a day."""

import re
from calendar import monthrange

# In English, French, Spanish, German and Portuguese, with the usual short forms.
NAMES = (
    "january jan janvier janv enero ene januar jänner janeiro",
    "february feb février fevrier févr fév febrero februar fevereiro fev",
    "march mar mars marzo märz mrz março",
    "april apr avril avr abril abr",
    "may mai mayo maio",
    "june jun juin junio juni junho",
    "july jul juillet juil julio juli julho",
    "august aug août aout agosto ago",
    "september sept sep septembre septiembre setembro set",
    "october oct octobre octubre oktober okt outubro out",
    "november nov novembre noviembre novembro",
    "december dec décembre decembre déc diciembre dic dezember dez dezembro",
)
MONTHS = {name: number for number, names in enumerate(NAMES, 1) for name in names.split()}
YEAR = r"(1[0-9]{3}|20[0-9]{2})"
NUMERIC = re.compile(rf"(?<![0-9]){YEAR}([-/.])([0-9]{{1,2}})(?:\2([0-9]{{1,2}}))?(?![0-9])")
COMPACT = re.compile(
    rf"(?<![0-9]){YEAR}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])(?:[0-9]{{2,6}})?(?![0-9])"
)
DAY_FIRST = re.compile(
    rf"(?<![0-9])([0-9]{{1,2}})(?:st|nd|rd|th|er|\.)?\s+(?:de\s+)?([^\W\d_]{{3,10}})\.?,?\s+(?:de\s+)?{YEAR}(?![0-9])"
)
MONTH_FIRST = re.compile(
    rf"([^\W\d_]{{3,10}})\.?\s+(?:([0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+)?(?:de\s+)?{YEAR}(?![0-9])"
)
ENDS_WITH_YEAR = re.compile(rf"(?<![0-9])([0-9]{{1,2}})([-/.])([0-9]{{1,2}})\2{YEAR}(?![0-9])")
YEAR_ALONE = re.compile(rf"(?<![0-9]){YEAR}(?![0-9])")


def partial(raw: str) -> str:
    """The first date in what a page says, as precisely as it says it; "" where there is none.

    >>> partial("2018/03/02"), partial("Fri, 2 March 2018 10:00 GMT"), partial("mars 2018")
    ('2018-03-02', '2018-03-02', '2018-03')
    >>> partial("13/02/2018"), partial("03/02/2018")  # which of the two is the month?
    ('2018-02-13', '2018')
    """
    raw = raw.strip().removeprefix("D:")[:500]
    if match := NUMERIC.search(raw):
        return _date(match[1], int(match[3]), int(match[4] or 0))
    if match := COMPACT.search(raw):
        return _date(match[1], int(match[2]), int(match[3]))
    if day := partial_in_words(raw):
        return day
    if match := ENDS_WITH_YEAR.search(raw):
        return _undecided(int(match[1]), int(match[3]), match[4])
    match = YEAR_ALONE.search(raw)
    return match[1] if match else ""


def partial_in_words(text: str) -> str:
    """The first date in a text whose month is a word; "" where there is none.

    >>> partial_in_words("S/2023/36 Distr.: General 6 January 2023")
    '2023-01-06'
    """
    for match in DAY_FIRST.finditer(text):
        if month := MONTHS.get(match[2].lower()):
            return _date(match[3], month, int(match[1]))
    for match in MONTH_FIRST.finditer(text):
        if month := MONTHS.get(match[1].lower()):
            return _date(match[3], month, int(match[2] or 0))
    return ""


def _undecided(first: int, second: int, year: str) -> str:
    """A date of two numbers and a year: day and month, or the other way round."""
    if first == second or first > 12:
        return _date(year, second, first)
    return _date(year, first, second) if second > 12 else year


def _date(year: str, month: int, day: int) -> str:
    """What of it is possible: the 31st of February is some day in February."""
    if not 1 <= month <= 12:
        return year
    if not 1 <= day <= monthrange(int(year), month)[1]:
        return f"{year}-{month:02}"
    return f"{year}-{month:02}-{day:02}"
