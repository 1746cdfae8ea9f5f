"""The worker of django-tasks, with what its database back end lacks.

Before each round it gives tasks back whose worker died, wakes itself for sources that are due, and
removes what is kept for a time only. ``articles`` stands before ``django_tasks_db`` among the
installed apps, so this command is the one that runs.
"""

import logging
import os
import time
from argparse import ArgumentParser
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import CommandError
from django.db import close_old_connections
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV, run_with_reloader
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from articles import reporting
from articles.evidence import files, leases, tasks, watching

logger = logging.getLogger("django_tasks_db")

TIRED = 3  # workers that died over a task before it is given up
FORGOTTEN = timedelta(minutes=15)  # after which a task of a worker elsewhere is taken for dropped
TIDYING = timedelta(minutes=1)  # between two looks for such tasks
KEPT = timedelta(days=7)  # results of tasks, for whoever looks for a fault
LOOK = tasks.look.module_path


class Worker(db_worker.Worker):
    """Runs the tasks that are ready; makes one where a source is due."""

    def run(self) -> None:
        # The worker of the back end runs what is ready and returns; waiting is done here, where
        # it costs two small queries a round.
        lasting, self.batch = not self.batch, True
        tidied_at = timezone.now() - TIDYING
        while self.running:
            close_old_connections()
            if timezone.now() - tidied_at >= TIDYING:
                tidied_at = timezone.now()
                tidy(tidied_at)
            if self.looks:
                wake(timezone.now())
            if self.mine.exists():
                super().run()
                self.startup_delay = False
                if self.max_tasks is not None and self._run_tasks >= self.max_tasks:
                    return
            elif lasting:
                close_old_connections()
                time.sleep(self.interval)
            else:
                return

    @property
    def looks(self) -> bool:
        """Whether this worker takes tasks from the queue that looks are in."""
        queue = tasks.look.queue_name
        return queue not in self.excluded_queue_names and (
            self.process_all_queues or queue in self.queue_names
        )

    @property
    def mine(self) -> QuerySet[DBTaskResult]:
        """The tasks that are ready for this worker."""
        ready = DBTaskResult.objects.ready().filter(backend_name=self.backend_name)
        if not self.process_all_queues:
            ready = ready.filter(queue_name__in=self.queue_names)
        return ready.exclude(queue_name__in=self.excluded_queue_names)


def wake(moment: datetime) -> None:
    """Have a look queued where a source is due, if none is."""
    if watching.due(moment, limit=1) and not _queued():
        tasks.look.enqueue()


def _queued() -> bool:
    return DBTaskResult.objects.ready().filter(task_path=LOOK).exists()


def tidy(moment: datetime) -> None:
    """Give back the tasks of workers that died, and remove what is kept for a time only."""
    for row in DBTaskResult.objects.running():
        worker = row.worker_ids[-1] if row.worker_ids else ""
        if leases.dead(worker) or row.started_at < moment - FORGOTTEN:
            give_back(row, moment)
    DBTaskResult.objects.finished().filter(finished_at__lt=moment - KEPT).delete()
    files.sweep()
    reporting.forget_senders()


def give_back(row: DBTaskResult, moment: datetime) -> None:
    """Let another worker run the task. One over which several died has failed."""
    running = DBTaskResult.objects.running().filter(pk=row.pk, started_at=row.started_at)
    if len(row.worker_ids) < TIRED:
        running.update(status=TaskResultStatus.READY, started_at=None)
        logger.warning("Task %s is ready again: its worker died", row.pk)
    else:
        running.update(
            status=TaskResultStatus.FAILED,
            finished_at=moment,
            traceback=f"Its workers died, {len(row.worker_ids)} of them.",
        )
        logger.error("Task %s is given up: its workers died", row.pk)


class Command(db_worker.Command):
    help = "Runs tasks, and looks at the sources that are due: fetches them, checks their quotes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        # Two small queries each three seconds; a name that tells whether this process lives.
        parser.set_defaults(interval=3, worker_id=None)

    def configure_logging(self, verbosity: int) -> None:
        super().configure_logging(verbosity)
        if verbosity == 1:  # a line for each task is much, for years
            for name in (db_worker.TASKS_LOGGER, logger.name):
                logging.getLogger(name).setLevel(logging.WARNING)

    def handle(
        self,
        *,
        verbosity: int,
        queue_name: str,
        exclude_queues: str,
        reload: bool,
        worker_id: str | None,
        **options: Any,
    ) -> None:
        self.configure_logging(verbosity)
        if exclude_queues and "*" not in queue_name.split(","):
            raise CommandError("--exclude-queues can only be used with --queue-name=*")
        names = ("interval", "batch", "backend_name", "startup_delay", "max_tasks")
        worker = Worker(
            queue_names=queue_name.split(","),
            excluded_queue_names=exclude_queues.split(",") if exclude_queues else [],
            worker_id=worker_id or leases.holder(),
            **{name: options[name] for name in names},
        )
        reloading = reload and not options["batch"]
        # With the reloader only its child hears signals.
        if not reloading or os.environ.get(DJANGO_AUTORELOAD_ENV) == "true":
            worker.configure_signals()
        if reloading:
            run_with_reloader(worker.run)
        else:
            worker.run()
