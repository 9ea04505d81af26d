"""The real main window on a screen with LMMS, driven by the mouse; what it plays is read from its probe file."""

import json
import sys
import time
from collections.abc import Callable
from typing import Any, Final

from lmms_processes import GaveUpWaitingError, wait_for
from virtual_screen import Point, VirtualScreen

from groovescape_models.music.pattern import Note, Pattern, Role

TITLE: Final = r"^\*?Groovescape"
Facts = dict[str, Any]
START: Final = """\
import sys
from groovescape import composition
from groovescape.__main__ import main

composition.draw_seed = lambda: 7
sys.exit(main([]))
"""
"""Start as python -m groovescape does, but with the same patterns each time: a failure can be looked at again."""


class Window:
    """The main window."""

    def __init__(self, screen: VirtualScreen) -> None:
        """Open it with open()."""
        self._screen = screen
        self._probe = screen.folder / "probe.json"

    def open(self) -> None:
        """Start the program and wait until its models are loaded."""
        command = [sys.executable, "-c", START]
        self._screen.start_app(command, TITLE, extra={"GROOVESCAPE_PROBE": str(self._probe)})
        self.facts_when("the models to be loaded", lambda facts: facts["ready"], seconds=90.0)

    def facts(self) -> Facts:
        """Return what the window last wrote down about itself."""
        try:
            return dict(json.loads(self._probe.read_text("utf-8")))
        except FileNotFoundError:
            return {"ready": False}

    def facts_when(self, what: str, ready: Callable[[Facts], object], seconds: float = 20.0) -> Facts:
        """Return the facts as soon as ready is true of them, or fail and say what the status line says."""

        def look() -> Facts | None:
            self._screen.processes.check_running("app")
            facts = self.facts()
            return facts if ready(facts) else None

        try:
            return wait_for(what, look, seconds)
        except GaveUpWaitingError as error:
            self._screen.screenshot("window_gave_up")
            raise AssertionError(f"{error}; the status line says {self.facts().get('status')!r}") from error

    def settled(self, quiet_s: float = 0.6) -> Facts:
        """Return the facts when nothing has changed for a while: the last stroke has been decoded."""
        last, since = self.facts(), time.monotonic()

        def look() -> Facts | None:
            nonlocal last, since
            facts = self.facts()
            if facts != last:
                last, since = facts, time.monotonic()
            return facts if time.monotonic() - since > quiet_s else None

        return wait_for("the window to settle", look, 20.0)

    def played(self) -> Pattern:
        """Return the pattern as it is played and exported."""
        return pattern_of(self.settled()["played"])

    def on_plane(self, x: float, y: float) -> Point:
        """Return the place of a point of the pad, both in 0..1, on the screen."""
        left, top, width, height = self.facts()["plane"]
        return Point(round(left + x * (width - 1)), round(top + y * (height - 1)))

    def draw(self, *points: tuple[float, float]) -> None:
        """Draw on the pad with the mouse: press at the first point, go through the others, release at the last."""
        self._draw([self.on_plane(*point) for point in points])

    def click(self, part: str, key: str | None = None) -> None:
        """Click the middle of a part that the window named: "play", or "groove_rows" with the id of a preset."""
        self._click_at(self.middle(part, key))

    def click_in(self, name: str, x: float = 0.5, y: float = 0.5) -> None:
        """Click a part by its accessible name, at a place in 0..1 of its width and height."""
        self._click_at(self.within(name, x, y))

    def draw_in(self, name: str, *points: tuple[float, float]) -> None:
        """Draw in a part by its accessible name, from place to place of its width and height in 0..1."""
        self._draw([self.within(name, *point) for point in points])

    def within(self, name: str, x: float = 0.5, y: float = 0.5) -> Point:
        """Return a place in a part by its accessible name, once it can be seen."""
        named = self.facts_when(f"the part {name!r}", lambda facts: name in facts["named"])["named"]
        left, top, width, height = named[name]
        return Point(round(left + x * (width - 1)), round(top + y * (height - 1)))

    def middle(self, part: str, key: str | None = None) -> Point:
        """Return the middle of a part on the screen."""
        found = self.facts()[part]
        left, top, width, height = found if key is None else found[key]
        return Point(left + width // 2, top + height // 2)

    def press_key(self, keys: str) -> None:
        """Press keys, such as "ctrl+z", in the window."""
        self._screen.key(TITLE, keys)

    def _click_at(self, place: Point) -> None:
        self._screen.press(place)
        self._screen.release()

    def _draw(self, places: list[Point]) -> None:
        self._screen.press(places[0])
        for start, end in zip(places, places[1:], strict=False):
            self._screen.move(start, end, steps=12, pause_s=0.02)
        self._screen.release()


def pattern_of(facts: Facts) -> Pattern:
    """Return a pattern that the window wrote down."""
    return Pattern(tuple(Note(*note) for note in facts["notes"]), facts["length"], role=Role(facts["role"]))
