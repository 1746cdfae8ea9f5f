"""From addresses to files: ask the site, lead the links, write what changed."""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from urllib.parse import urljoin, urlsplit

from django.conf import settings

from articles.exporting import pages, places
from articles.exporting.addresses import Group
from articles.exporting.asking import Answer, Site, static_file
from articles.exporting.folder import Folder
from articles.exporting.manifest import Entry, Kept, Manifest, Unexported
from articles.history.moment import at_one_moment
from articles.remembering import remembering

NOT_FOUND = "/404.html"  # shown at any address that is missing, so its links begin at the root
REPORT = re.compile(r"(/[a-z-]+)?/claims/[^/]+/report/")
MOST_TAGS = 20_000  # remembered for each way to the root; 8 MB
# Links by which a page names itself and its translations to the world, wherever a copy is read.
NAMING = ('rel="canonical"', "hreflang=")


@dataclass(frozen=True, slots=True)
class Plan:
    """What all files of an export have in common."""

    folder: Folder
    served: str  # the site's own address, whose host it answers to
    base: str  # the address that pages call the site by, without a slash at its end
    known: frozenset[str]  # all addresses that are told without reading a page
    # Of withdrawn articles: whether a page's links lead on may change while the page does not.
    anew: frozenset[str]
    before: Manifest
    # HTML at the end of <main>: by an address, or by what the addresses of all claims begin with
    inserted: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Done:
    """What became of some addresses."""

    files: dict[str, Entry] = field(default_factory=dict)
    groups: dict[str, Kept] = field(default_factory=dict)
    statics: set[str] = field(default_factory=set)
    written: int = 0

    def add(self, other: "Done") -> None:
        self.files |= other.files
        self.groups |= other.groups
        self.statics |= other.statics
        self.written += other.written


@dataclass(frozen=True, slots=True)
class Led:
    """A tag as it stands in the file, and the exported addresses that are known from it alone."""

    tag: str
    told: dict[str, None]


class Writer:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.site = Site(plan.served)
        self.path = urlsplit(plan.base).path
        # Headers, footers and what leads around an article are alike: tags by the way to the root.
        self.tags: dict[str, dict[str, Led]] = defaultdict(dict)
        self.leading = lru_cache(maxsize=20_000)(self.leading)
        # What pages led to beyond what is known: whether a file can stand there, and its answer.
        self.found: dict[str, bool] = {}
        self.answers: dict[str, Answer] = {}

    def write(self, groups: Iterable[Group]) -> Done:
        """Write what readers get at the addresses and at those that only these pages tell."""
        done = Done()
        # So that an answer and its ETag speak of the same moment, and may be kept within.
        with at_one_moment(), remembering():
            for group in groups:
                self.write_group(group, done)
        return done

    def write_group(self, group: Group, done: Done) -> None:
        """Write a group's pages, unless its stamp says that they are as the last run left them."""
        name, before = group.addresses[0], self.plan.before
        kept = before.groups.get(name)
        if kept and kept.stamp == group.stamp and all(map(self.is_whole, kept.files)):
            done.files |= {file: before.files[file] for file in kept.files}
            done.groups[name] = kept
            return
        files: dict[str, None] = {}
        waiting = deque(group.addresses)
        while waiting:
            address = waiting.popleft()
            file = places.file_of(address)
            if file not in files:
                written = file in done.files or self.write_one(address, file, done)
                if written:
                    files[file] = None
                    waiting += done.files[file].more
        if group.stamp:
            done.groups[name] = Kept(group.stamp, tuple(files))

    def is_whole(self, file: str) -> bool:
        """Whether a file of the last run is there as it left it."""
        entry = self.plan.before.files.get(file)
        return entry is not None and self.plan.folder.size(file) == entry.size

    def write_one(self, address: str, file: str, done: Done) -> bool:
        """Write one of them; whether there is something to be written."""
        entry = self.plan.before.files.get(file)
        there = (
            entry is not None
            and entry.address == address
            and address not in self.plan.anew
            and self.is_whole(file)
        )
        answer = self.answers.pop(address, None)
        answer = answer or self.site.ask(address, entry.etag if there else "")
        if answer.status == 304 and entry:
            done.files[file] = entry
            return True
        if not has_place(address, answer):
            return False
        body, more = self.body(address, answer, done)
        done.written += self.plan.folder.write(file, body)
        etag = "" if address in self.plan.anew else answer.etag
        done.files[file] = Entry(address, etag, len(body), more)
        return True

    def body(self, address: str, answer: Answer, done: Done) -> tuple[bytes, tuple[str, ...]]:
        """The file's bytes, and the addresses that only this page tells."""
        if not answer.html:
            return answer.body, ()
        html = pages.without_live(answer.body.decode())
        inserted = self.plan.inserted
        if fragment := inserted.get(address) or inserted.get(
            address.rstrip("/").rpartition("/")[0]
        ):
            html = html.replace("</main>", f"{fragment}</main>", 1)
        told: dict[str, None] = {}
        # The page that is shown wherever nothing is must not depend on where that is.
        root = f"{self.path}/" if address == NOT_FOUND else places.to_root(address)
        kept = self.tags[root]

        def tag(found: re.Match[str]) -> str:
            given = found[0]
            led = kept.get(given)
            if led is None:
                led = self.tag(found, root, address)
                if not pages.is_relative(given):
                    kept[given] = led
            if led.told:
                told.update(led.told)
            return led.tag

        html = pages.led(html, tag)
        if len(kept) > MOST_TAGS:
            kept.clear()
        statics = {there for there in told if there.startswith(settings.STATIC_URL)}
        done.statics |= statics
        return html.encode(), tuple(told.keys() - statics)

    def tag(self, found: re.Match[str], root: str, page: str) -> Led:
        """The tag in the file; ``root`` is the way to the folder's root, ``page`` the address."""
        led: dict[str, None] = {}
        tag = pages.tag_led(found, partial(self.lead, page, root, led))
        return Led(tag, {there: None for there in led if there not in self.plan.known})

    def lead(self, page: str, root: str, led: dict[str, None], tag: str, given: str) -> str:
        """What stands in the file for an address in a tag of the page; ``led`` gets where to."""
        naming = tag.startswith("meta") or any(name in tag for name in NAMING)
        path = given
        if not given.startswith("/") or given.startswith("//"):
            if given.startswith(f"{self.plan.base}/"):
                path = given.removeprefix(self.plan.base)
            elif naming or given.startswith(("#", "//")) or urlsplit(given).scheme:
                return given
            else:
                path = urljoin(page, given)
        address, there = self.leading(path)
        if address is None:
            return self.plan.base + there
        led[address] = None
        if naming:
            return f"{self.plan.base}/{there}"
        return root + there

    def leading(self, path: str) -> tuple[str | None, str]:
        """The exported address that a path of the site leads to, and how it goes on from the root.

        None for what is not exported; the path is the site's own then.
        """
        path, mark, fragment = path.partition("#")
        if path.endswith("/report/") and REPORT.fullmatch(path):
            # The claim's own page tells how to report an error where no server takes it.
            path, mark, fragment = path.removesuffix("report/"), "#", "report"
        path = path.removesuffix("?page=1")
        bare, question, query = path.partition("?")
        if self.leads_to(path):
            return path, places.static_address(path)[1:] + mark + fragment
        if question and self.leads_to(bare):
            # Filters of the search and the like are for a script to read.
            there = places.static_address(bare)[1:]
            return bare, f"{there}?{query}{mark}{fragment}"
        return None, path + mark + fragment

    def leads_to(self, address: str) -> bool:
        """Whether the export has a file for the address."""
        if address in self.plan.known:
            return True
        if address not in self.found:
            self.found[address] = self.can_stand(address)
        return self.found[address]

    def can_stand(self, address: str) -> bool:
        if address.startswith(settings.STATIC_URL):
            return static_file(address) is not None
        if not places.has_file(address):
            return False
        answer = self.site.ask(address)
        if not has_place(address, answer):
            return False
        self.answers[address] = answer
        return True


def has_place(address: str, answer: Answer) -> bool:
    """Whether the answer is one for a static host: what is there, or a page that says it is not.

    Raises Unexported where the site itself failed.
    """
    if answer.status >= 500 or answer.status == 400:
        raise Unexported(f"The site answers {answer.status} at {address}; nothing was removed.")
    if address == NOT_FOUND:
        return answer.status == 404
    withdrawn = answer.status == 410 and address.endswith("/")
    return answer.status == 200 or withdrawn
