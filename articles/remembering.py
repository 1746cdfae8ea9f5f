"""Answers that are kept for a while: whoever asks many times reads the tables at one moment."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

MOST = 500  # answers of all kinds
KEPT: ContextVar[dict[Hashable, object] | None] = ContextVar("kept", default=None)

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


@contextmanager
def remembering() -> Iterator[None]:
    """Within, what is `remembered` is computed once; the last few hundred answers are kept.

    Only for where nothing that is read can change meanwhile.
    """
    token = KEPT.set({})
    try:
        yield
    finally:
        KEPT.reset(token)


def remembered(function: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
    """Let the function answer from memory where somebody is remembering; arguments are hashed.

    >>> double = remembered(lambda number: print("computed") or 2 * number)
    >>> with remembering():
    ...     double(2), double(2)
    computed
    (4, 4)
    >>> double(2)
    computed
    4
    """

    @wraps(function)
    def answer(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
        kept = KEPT.get()
        if kept is None:
            return function(*args, **kwargs)
        key = (function, args, tuple(kwargs.items()))
        if key not in kept:
            if len(kept) >= MOST:
                kept.pop(next(iter(kept)))
            kept[key] = function(*args, **kwargs)
        return kept[key]  # type: ignore[return-value]

    return answer
