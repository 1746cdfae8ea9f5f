"""One export, from the tables to the folder."""

import multiprocessing
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Thread
from urllib.parse import unquote

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from articles.exporting import addresses, folder, manifest, places, reporting, searching
from articles.exporting.addresses import Group
from articles.exporting.asking import named, static_file
from articles.exporting.folder import Folder
from articles.exporting.manifest import Entry, Manifest, Unexported
from articles.exporting.writing import NOT_FOUND, Done, Plan, Writer
from articles.models import PublishedArticle

AT_ONCE = 400  # addresses that a process is given
ALONE = 1_000  # addresses that are not worth another process
Job = Callable[[Writer], Done]
IN_STYLES = re.compile(rb"""url\(["']?([^"')]+)["']?\)""")


@dataclass(frozen=True, slots=True)
class Outcome:
    files: int
    written: int
    removed: int


def export(root: Path, *, base: str = "", processes: int = 0) -> Outcome:
    """Write the public site into the folder, as far as it changed since the last run.

    ``base`` is the address under which it will be found, SITE_URL unless another is named;
    ``processes`` how many work at it, as many as there are cores unless told. Raises Unexported
    where there is nothing to export, the folder is no earlier export and not empty, or the site
    fails, OSError where the disk does; the next run goes on from there.
    """
    check_database()
    served = settings.SITE_URL
    base = (base or served).rstrip("/")
    with folder.held(root) as held, named(base):
        before = manifest.read(root)
        of_articles = addresses.of_articles()
        shared = Group(tuple(filter(places.has_file, (NOT_FOUND, *addresses.shared()))))
        groups = [(shared,), *of_articles]
        planned = {places.file_of(address): address for address in told(groups)}
        known = frozenset(planned.values())
        # From here on the folder is known as ours, whatever happens: also what is not whole yet.
        planned_files = {file: Entry(address, "", -1) for file, address in planned.items()}
        manifest.write(root, Manifest(planned_files | before.files, before.groups))
        (root / folder.ROOM).mkdir(exist_ok=True)
        plan = Plan(
            held,
            served,
            base,
            known,
            frozenset(told(article for article in of_articles if not article[0].stamp)),
            before,
            reporting.inserted() | searching.inserted(),
        )
        done = Done()
        for part in work(plan, list(chunks(groups)), processes):
            done.add(part)
        write_statics(held, before.files, done)
        old = before.files.keys() | searching.there(held)
        removed = held.remove(old - done.files.keys())
        manifest.write(root, Manifest(done.files, done.groups))
        (root / folder.ROOM).rmdir()
        return Outcome(len(done.files), done.written, removed)


def check_database() -> None:
    """Raise Unexported for a database that lacks tables, or in which nothing was published."""
    migrations = MigrationExecutor(connection)
    if migrations.migration_plan(migrations.loader.graph.leaf_nodes()):
        raise Unexported(
            "The database lacks tables or columns of this release. Run script/setup, or "
            "python manage.py migrate, and export again."
        )
    if not PublishedArticle.objects.exists():
        raise Unexported(
            "No article was ever published, so there is nothing to export. Publish one first; "
            "script/setup brings a sample where there is no article."
        )


def told(together: Iterable[Sequence[Group]]) -> Iterator[str]:
    for groups in together:
        for group in groups:
            yield from group.addresses


def chunks(together: Iterable[Sequence[Group]]) -> Iterator[list[Group]]:
    """The groups in heaps of some size; those of an article stay together."""
    heap: list[Group] = []
    for groups in together:
        heap += groups
        if size(heap) >= AT_ONCE:
            yield heap
            heap = []
    if heap:
        yield heap


def size(heap: list[Group]) -> int:
    return sum(len(group.addresses) for group in heap)


def work(plan: Plan, heaps: list[list[Group]], processes: int) -> Iterator[Done]:
    """Write the index and the heaps in several processes, where that pays and can be.

    The index comes first, since it takes longest.
    """
    jobs = [index, *(partial(Writer.write, groups=heap) for heap in heaps)]
    processes = processes or len(os.sched_getaffinity(0))
    alone = processes == 1 or sum(map(size, heaps)) < ALONE
    if alone or "fork" not in multiprocessing.get_all_start_methods():
        writer = Writer(plan)
        yield from (job(writer) for job in jobs)
        return
    # A connection must not be in two processes; each makes its own.
    connections.close_all()
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("fork"), begin, (plan,))
    try:
        for done in as_completed([pool.submit(go_on, job) for job in jobs]):
            yield done.result()
    except BrokenProcessPool:
        raise Unexported(
            "One of the export's processes was killed, perhaps because memory ran out; nothing was "
            "removed. Run it again, with --processes 1 where memory is short."
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def begin(plan: Plan) -> None:
    global writer
    Thread(target=end_with, args=[multiprocessing.parent_process()], daemon=True).start()
    writer = Writer(plan)


def end_with(parent: multiprocessing.process.BaseProcess) -> None:
    """End when the other ends, though it was killed. Waiting for work, this one held the folder."""
    parent.join()
    os._exit(1)


def go_on(job: Job) -> Done:
    return job(writer)


def index(writer: Writer) -> Done:
    return searching.write(writer.plan.folder, writer.plan.before.files)


def write_statics(held: Folder, before: manifest.Files, done: Done) -> None:
    """Write the style sheets, scripts, pictures and fonts that the pages use.

    Pages that are as they were did not say which; what was there and still is the site's stays.
    """
    kept = {entry.address for entry in before.values() if is_static(entry.address)}
    waiting = list(done.statics | kept)
    while waiting:
        address = waiting.pop()
        file = places.file_of(address)
        source = static_file(address)
        if file in done.files or source is None:
            continue
        body = source.read_bytes()
        done.written += held.write(file, body)
        done.files[file] = Entry(address, "", len(body))
        if address.endswith(".css"):
            found = (link.decode() for link in IN_STYLES.findall(body))
            waiting += [places.joined(address, link) for link in found if is_local(link)]


def is_static(address: str) -> bool:
    return address.startswith(settings.STATIC_URL)


def is_local(link: str) -> bool:
    return not unquote(link).startswith(("data:", "#", "http:", "https:", "//"))
