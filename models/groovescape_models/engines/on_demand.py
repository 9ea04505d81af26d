"""Things that are made when they are first asked for."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class OnDemand(Generic[Thing]):
    """A thing that is made at the first call, once, whatever thread calls; who asks for another never waits for it.

    What fails is raised, and tried again at the next call.
    """

    def __init__(self, make: Callable[[], Thing]) -> None:
        """Know how to make it."""
        self._make = make
        self._made: list[Thing] = []
        self._making = threading.Lock()

    def __call__(self) -> Thing:
        """Return the thing."""
        if not self._made:
            with self._making:
                if not self._made:
                    self._made.append(self._make())
        return self._made[0]

    @property
    def made(self) -> bool:
        """Whether it has been made already."""
        return bool(self._made)
