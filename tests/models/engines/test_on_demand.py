import threading
import time

import pytest

from groovescape_models.engines.on_demand import OnDemand
from groovescape_models.engines.studio import open_studio
from groovescape_models.music.pattern import Role


def test_a_thing_is_made_at_the_first_call_and_once() -> None:
    made: list[int] = []
    thing = OnDemand(lambda: made.append(1) or len(made))
    assert not thing.made
    assert (thing(), thing()) == (1, 1)
    assert thing.made


def test_threads_that_ask_together_get_the_same_thing() -> None:
    def slowly() -> object:
        time.sleep(0.02)
        return object()

    thing, found = OnDemand(slowly), []
    threads = [threading.Thread(target=lambda: found.append(thing())) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6
    assert len(set(map(id, found))) == 1


def test_what_fails_is_told_and_tried_again() -> None:
    tries: list[int] = []

    def at_the_second_try() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise OSError("the disk is away")
        return "here"

    thing = OnDemand(at_the_second_try)
    with pytest.raises(OSError, match="away"):
        thing()
    assert thing() == "here"


def test_a_studio_loads_what_is_asked_for_and_nothing_else() -> None:
    library = open_studio().library
    studio = open_studio()
    assert not studio.library.drums.made
    studio.warm_up(Role.DRUMS)
    assert studio.library.drums.made
    assert not studio.library.lines[Role.MELODY].made
    assert not library.drums.made
