"""What the queue can be asked to do. A task is a wake-up: what is to do stands in Watch."""

from django.utils import timezone
from django_tasks import task

from articles.evidence import visiting, watching


@task()
def look() -> str | None:
    """Look at the source that is due the longest, if one is; its uid."""
    for uid in watching.due(timezone.now(), limit=4):
        # Another worker may be quicker; there is no need to wait for it.
        if visiting.look(uid):
            return uid
    return None
