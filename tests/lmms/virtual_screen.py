"""A screen of its own (Xvfb) with a window manager, real programs on it and a real mouse (xdotool)."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self

from lmms_processes import Processes, wait_for

_SIZE: Final = "2600x1100x24"


class Point(NamedTuple):
    """A place on the screen in pixels."""

    x: int
    y: int


APP_AT: Final = Point(1130, 30)
"""Where a program that is tested is put: to the right of LMMS."""


class VirtualScreen:
    """Programs on a screen that nobody sees. Everything is ended on leaving, with a picture if a test failed."""

    def __init__(self, folder: Path) -> None:
        """Keep logs, pictures and the programs' home folder in folder."""
        self.folder = folder
        self.home = folder / "home"
        self.processes = Processes(folder)
        self._display = ""

    def __enter__(self) -> Self:
        """Start the screen and what belongs on it."""
        self.home.mkdir(parents=True)
        self.folder.chmod(0o700)
        try:
            self.start()
        except BaseException:
            self.screenshot("at_the_start")
            self.processes.end_all()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End every process."""
        if kind is not None:
            self.screenshot("at_the_end")
        self.processes.end_all()

    def start(self) -> None:
        """Start Xvfb and openbox."""
        # Without -noreset Xvfb begins anew, and refuses connections meanwhile, whenever its last client has gone.
        command = ["Xvfb", "-displayfd", "1", "-screen", "0", _SIZE, "-nolisten", "tcp", "-noreset"]
        self.processes.start("xvfb", command, os.environ)
        number = wait_for("Xvfb", lambda: re.search(r"^\d+$", self.processes.log("xvfb"), re.MULTILINE), 20.0)
        self._display = f":{number[0]}"
        self.processes.start("openbox", ["openbox"], self.environment)
        wait_for("openbox", self._window_manager_runs, 20.0)

    # -- programs ----------------------------------------------------------------------------------------------------

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a program that shows itself on this screen."""
        return os.environ | {
            "DISPLAY": self._display,
            "QT_QPA_PLATFORM": "xcb",
            "HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(self.folder),
            "XDG_CONFIG_HOME": str(self.home / ".config"),
            "XDG_DATA_HOME": str(self.home / ".local" / "share"),
            "XDG_CACHE_HOME": str(self.home / ".cache"),
            "XDG_STATE_HOME": str(self.home / ".local" / "state"),
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        }

    def start_app(
        self,
        command: Sequence[str | Path],
        title: str,
        extra: Mapping[str, str] | None = None,
        name: str = "app",
        place: Point = APP_AT,
    ) -> None:
        """Start a program, wait for its window (title is a regular expression) and put it at a place of its own."""
        self.processes.end(name)
        self.processes.start(name, command, self.environment | dict(extra or {}))
        self.wait_for_window(title, name)
        window = int(self.find(title), 16)
        self.mouse("windowmove", window, *place, "windowraise", window)
        wait_for(f"{title!r} to be moved", lambda: self._is_near(title, place), 10.0)

    def app_log(self, name: str = "app") -> str:
        """Return what a program has printed so far."""
        return self.processes.log(name)

    # -- windows and places ------------------------------------------------------------------------------------------

    def window(self, title: str) -> str | None:
        """Return the id of the first visible window whose title a regular expression finds, None if there is none."""
        return next((wid for wid, name, _ in self.windows() if re.search(title, name) and self.is_visible(wid)), None)

    def wait_for_window(self, title: str, program: str, seconds: float = 60.0) -> str:
        """Return the id of a window when it is there, or fail with the program's log if the program has ended."""

        def look() -> str | None:
            self.processes.check_running(program)
            return self.window(title)

        return wait_for(f"a window titled {title!r}", look, seconds, every=0.1)

    def find(self, title: str) -> str:
        """Return the id of a window that should be there, soon."""
        return wait_for(f"a window titled {title!r}", lambda: self.window(title), 5.0)

    def windows(self) -> list[tuple[str, str, str]]:
        """Return (id, title, program) of all windows with a title, shown or not."""
        tree = self._run("xwininfo", "-root", "-tree")
        return re.findall(r'^ *(0x[0-9a-f]+) "(.*)": \((?:"([^"]*)")?', tree, re.MULTILINE)

    def is_visible(self, window: str) -> bool:
        """Return whether a window is shown."""
        return "IsViewable" in self._run("xwininfo", "-id", window)

    def at_window(self, title: str, x: int, y: int) -> Point:
        """Return a place inside the window of that title."""
        text = self._run("xwininfo", "-id", self.find(title))
        corner = re.findall(r"Absolute upper-left [XY]: +(-?\d+)", text)
        assert len(corner) == 2, f"the window {title!r} went away"
        return Point(int(corner[0]) + x, int(corner[1]) + y)

    # -- mouse and keys ----------------------------------------------------------------------------------------------

    def mouse(self, *actions: str | int | float) -> None:
        """Do a chain of xdotool actions, such as "mousemove", 10, 20, "sleep", 0.1, "mousedown", 1."""
        self._run("xdotool", *(str(action) for action in actions))

    def press(self, at: Point) -> None:
        """Press the left button at a place."""
        self.mouse("mousemove", *at, "sleep", 0.15, "mousedown", 1, "sleep", 0.15)

    def move(self, start: Point, end: Point, steps: int = 24, pause_s: float = 0.02) -> None:
        """Move on a straight line."""
        actions: list[str | int | float] = []
        for step in range(1, steps + 1):
            x = start.x + (end.x - start.x) * step // steps
            y = start.y + (end.y - start.y) * step // steps
            actions += ["mousemove", x, y, "sleep", pause_s]
        self.mouse(*actions)

    def release(self) -> None:
        """Release the left button."""
        self.mouse("mouseup", 1)

    def drag(self, start: Point, end: Point) -> None:
        """Drag and drop at the pace that XDND needs: the two programs talk to each other at every stop."""
        away = Point(start.x - 24, start.y + 16)
        before = self._top_windows()
        self.press(start)
        self.move(start, away, steps=8, pause_s=0.03)
        wait_for("the picture of what is dragged", lambda: self._top_windows() - before, 10.0)
        self.mouse("sleep", 0.2)
        self.move(away, end)
        for shake in (2, 1, 2, 0):
            self.mouse("mousemove", end.x + shake, end.y, "sleep", 0.2)
        self.release()

    def key(self, title: str, keys: str) -> None:
        """Press keys, such as "ctrl+s", in the window of that title."""
        window = self.find(title)
        self.mouse("windowactivate", "--sync", int(window, 16), "sleep", 0.1, "key", "--clearmodifiers", keys)

    def screenshot(self, name: str) -> Path:
        """Take a picture of the whole screen, if ImageMagick is there, and return its path."""
        path = self.folder / f"{name}.png"
        if shutil.which("import") is not None and self._display:
            self._run("import", "-window", "root", str(path))
        return path

    # -- inside ------------------------------------------------------------------------------------------------------

    def _run(self, *command: str) -> str:
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False, timeout=60)
        return done.stdout

    def _is_near(self, title: str, place: Point) -> bool:
        corner = self.at_window(title, 0, 0)
        return 0 <= corner.x - place.x < 50 and 0 <= corner.y - place.y < 50

    def _top_windows(self) -> set[str]:
        return set(re.findall(r"^ *(0x[0-9a-f]+) ", self._run("xwininfo", "-root", "-children"), re.MULTILINE))

    def _window_manager_runs(self) -> bool:
        self.processes.check_running("openbox")
        return "window id" in self._run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK")
