"""Editors at work on one article at the same time, each in a thread and with a browser.

What each was told is saved is noted, to be looked for in the history afterwards.
"""

import re
import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from threading import Event, Lock

from browser import Answer, Browser
from changes import changed
from facts import Fact, facts_typed

EXPECTED = {200, 302, 409}
READING = 1  # seconds before a judgement and before a publication
TRIES = 5  # of one who has to agree to what others go on changing
CLAIM = re.compile(rb"/admin/articles/claim/(\d+)/change/")


@dataclass(frozen=True, slots=True)
class Seen:
    """An editor's form: what it said, and the revision that it said it was made from."""

    base: str  # hash
    facts: frozenset[Fact]


@dataclass(frozen=True, slots=True)
class Saved:
    """A save that was acknowledged. Its summary is the mark, which stands in no other."""

    mark: str
    base: str  # hash of the revision that its editor had before them
    typed: frozenset[Fact] = frozenset()


@dataclass
class Day:
    """What happened, as far as the editors saw; they share it."""

    wanted: int  # saves of the change form
    until: float  # monotonic
    saved: list[Saved] = field(default_factory=list)
    opened: list[Seen] = field(default_factory=list)
    restored: list[Saved] = field(default_factory=list)
    verdicts: list[str] = field(default_factory=list)  # their notes
    sources: list[str] = field(default_factory=list)  # titles given
    published: int = 0
    longest: float = 0  # seconds for a POST of the change form
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    over: Event = field(default_factory=Event)
    lock: Lock = field(default_factory=Lock)

    def goes_on(self) -> bool:
        if len(self.saved) >= self.wanted or time.monotonic() > self.until:
            self.over.set()
        return not self.over.is_set()

    def heard(self, answer: Answer) -> None:
        with self.lock:
            self.answers[answer.method, answer.status] += 1
            if answer.status not in EXPECTED:
                self.faults.append(f"{answer.method} {answer.path} answers {answer.status}")
            if answer.method == "POST" and "/article/" in answer.path:
                self.longest = max(self.longest, answer.seconds)

    @property
    def conflicts(self) -> int:
        return self.answers["POST", 409]


@dataclass
class Editor:
    name: str
    browser: Browser
    day: Day
    article: int  # primary key

    def __post_init__(self) -> None:
        self.dice = Random(self.name)
        self.pages = f"/admin/articles/article/{self.article}"

    def work(self) -> None:
        """One act after the other until the day is over."""
        count = 0
        while self.day.goes_on():
            count += 1
            try:
                self.act(f"{self.name}-{count}")
            except Exception as error:  # of any kind: the day is over, and not a good one
                self.day.faults.append(f"{self.name}: {error!r}")
                self.day.over.set()

    def act(self, mark: str) -> None:
        raise NotImplementedError


class Writer(Editor):
    """Opens the change form, changes something and saves; settles what others changed as well."""

    def act(self, mark: str) -> None:
        form = f"{self.pages}/change/"
        opened = self.browser.get(form).fields("base")
        self.day.opened.append(Seen(opened["base"], facts_typed(opened)))
        typed = changed(opened, mark, self.dice) | {"change_summary": mark}
        while (answer := self.browser.post(form, typed)).status == 409:
            # The proposal is kept as it is: where two differ it holds one's own words.
            typed = answer.fields("base")
            if self.day.over.is_set():
                return
        if answer.status == 302:
            self.day.saved.append(Saved(mark, typed["base"], facts_typed(typed)))
        else:
            self.day.faults.append(f"{mark} was not saved")


class Judge(Editor):
    """Judges one sentence or another."""

    def act(self, mark: str) -> None:
        self.day.over.wait(READING)
        listed = self.browser.get(f"/admin/articles/claim/?article={self.article}").content
        number = self.dice.choice(CLAIM.findall(listed)).decode()
        form = f"/admin/articles/claim/{number}/change/"
        given = {"verdicts-0-rating": "disputed", "verdicts-0-note": mark}
        if self.browser.post(form, self.browser.get(form).fields("read") | given).status == 302:
            self.day.verdicts.append(mark)


@dataclass
class Chief(Editor):
    """Corrects a source, publishes, brings an old revision back, reads."""

    source: int  # primary key
    slug: str

    def act(self, mark: str) -> None:
        self.day.over.wait(READING)
        self.rename(f"Report of {mark}")
        self.publish()
        if self.dice.random() < 0.1:
            self.restore(2, mark)
        self.browser.get(f"/articles/{self.slug}/")

    def rename(self, title: str) -> None:
        form = f"/admin/articles/source/{self.source}/change/"
        fields = self.browser.get(form).fields("title")
        if self.browser.post(form, fields | {"title": title}).status == 302:
            self.day.sources.append(title)

    def publish(self) -> None:
        form = f"{self.pages}/publish/"
        if self.agreed(form, self.browser.get(form), "revision").status == 302:
            self.day.published += 1

    def restore(self, number: int, mark: str) -> None:
        form = f"{self.pages}/revisions/{number}/restore/"
        opened = self.browser.get(form)
        answer = self.agreed(form, opened, "base", change_summary=mark)
        if answer.status == 302:
            self.day.restored.append(Saved(mark, answer.sent["base"]))

    def agreed(self, form: str, page: Answer, having: str, **more: str) -> Answer:
        """Agree to what the page says would change, a few times where it says something new."""
        for _time in range(TRIES):
            answer = self.browser.post(form, page.fields(having) | more)
            if answer.status != 409:
                break
            page = answer
        return answer
