import threading

import pytest

from groovescape_models.engines.cached import Memory


def test_a_request_is_computed_once() -> None:
    memory: Memory[int] = Memory()
    calls: list[int] = []
    answers = [memory.answer("a", lambda: calls.append(1) or len(calls)) for _ in range(3)]
    assert answers == [1, 1, 1]


def test_the_least_used_is_forgotten_first() -> None:
    memory: Memory[str] = Memory(kept=2)
    for name in ("a", "b", "a", "c"):
        memory.answer(name, lambda name=name: name)
    assert memory.answer("a", lambda: "new") == "a"
    assert memory.answer("b", lambda: "new") == "new"


def test_a_failure_is_not_remembered() -> None:
    memory: Memory[int] = Memory()
    with pytest.raises(ZeroDivisionError):
        memory.answer("a", lambda: 1 // 0)
    assert memory.answer("a", lambda: 5) == 5


def test_threads_share_it() -> None:
    memory: Memory[int] = Memory(kept=8)
    wrong: list[tuple[int, int]] = []

    def work() -> None:
        for i in range(500):
            answer = memory.answer(i % 13, lambda i=i: i % 13)
            if answer != i % 13:
                wrong.append((i, answer))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
