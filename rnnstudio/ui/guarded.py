"""Qt's virtual functions may not raise: what goes wrong in one is reported, and a safe answer returned."""

import functools
import sys
from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


def guarded(answer: Any = None) -> Callable[[F], F]:
    """Wrap an override of a virtual function: an exception goes to `sys.excepthook`, the caller gets ``answer``.

    A virtual that raises surfaces in whatever Python code happened to call Qt, or leaves a painter open.
    """

    def wrap(function: F) -> F:
        @functools.wraps(function)
        def safe(*args: Any, **kwargs: Any) -> Any:
            try:
                return function(*args, **kwargs)
            except Exception:  # everything: Qt has no use for any of it
                sys.excepthook(*sys.exc_info())
                return answer

        return safe  # type: ignore[return-value]

    return wrap
