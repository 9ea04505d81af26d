"""A memory for engines: the same request is never computed twice."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

KEPT = 512
Answer = TypeVar("Answer")


class Memory(Generic[Answer]):
    """The last answers by request, the least used forgotten first. Threads may share it."""

    def __init__(self, kept: int = KEPT) -> None:
        """Keep at most so many answers."""
        self._kept = kept
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def answer(self, request: Hashable, compute: Callable[[], Answer]) -> Answer:
        """Return the remembered answer, or compute and remember it; an exception is not remembered."""
        with self._lock:
            if request in self._answers:
                self._answers.move_to_end(request)
                return self._answers[request]
        answer = compute()
        with self._lock:
            self._answers[request] = answer
            while len(self._answers) > self._kept:
                self._answers.popitem(last=False)
        return answer
