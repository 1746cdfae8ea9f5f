"""How far the looking at sources has come, and whether anybody seems to do it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Q
from django_tasks_db.models import DBTaskResult

from articles.models import Visit, Watch

# A worker takes up what is due within seconds, and a slow site holds it up for about a minute.
PATIENCE = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class Progress:
    waiting: int  # sources that are due and that nobody looks at
    looking: int  # that somebody looks at now
    last_at: datetime | None  # when something was last done
    idle: bool  # something has waited for long and nobody did anything: no worker seems to run

    @property
    def busy(self) -> bool:
        return bool(self.waiting or self.looking)


def progress(moment: datetime) -> Progress:
    """As of the moment, in three queries."""
    free = Q(leased_until=None) | Q(leased_until__lte=moment)
    due = Q(due_at__lte=moment) & free
    watched = Watch.objects.aggregate(
        waiting=Count("pk", filter=due),
        looking=Count("pk", filter=Q(leased_until__gt=moment)),
        since=Min("due_at", filter=due),
    )
    visited = Visit.objects.order_by("-pk").values_list("made_at", flat=True).first()
    ran = DBTaskResult.objects.aggregate(at=Max("started_at"))["at"]
    last_at = max(filter(None, (visited, ran)), default=None)
    long_ago = moment - PATIENCE
    idle = (
        bool(watched["since"] and watched["since"] < long_ago)
        and not watched["looking"]
        and (last_at is None or last_at < long_ago)
    )
    return Progress(watched["waiting"], watched["looking"], last_at, idle)
