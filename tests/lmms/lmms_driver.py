"""A real LMMS 1.2 on a screen of its own, a real mouse, and what LMMS saves.

    with LmmsSession(tmp_path) as lmms:
        lmms.start_app([sys.executable, "my_window.py"], title="My window")
        lmms.drag(lmms.at_window("My window", 40, 20), lmms.at_track(0, bar=5))
        project = lmms.saved_when(lambda project: project.clips)

LMMS is on the left of the screen, another program's window on the right of it. Needs: lmms xvfb xdotool openbox
x11-utils.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self
from xml.etree import ElementTree as ET
from xml.sax.saxutils import quoteattr

from lmms_processes import GaveUpWaitingError, Processes, wait_for
from lmms_project_file import SavedProject, read_project

NEEDED_PROGRAMS: Final = ("lmms", "Xvfb", "xdotool", "openbox", "xwininfo")
TICKS_PER_BAR: Final = 192

_SCREEN: Final = "2600x1100x24"
_LMMS_WIDTH: Final = 1100
_LMMS_HEIGHT: Final = 900
_APP_AT: Final = (1130, 30)
_LMMS_TITLE: Final = r"^song.* - LMMS \d"  # not before the project is loaded: Ctrl+S would ask for a name

# The song editor of the project below is pinned at (5, 5); its first track's content starts here, in the window's
# coordinates, at 100 % zoom.
_CONTENT_X: Final = 341
_CONTENT_Y: Final = 191
_BAR_WIDTH: Final = 16
_TRACK_HEIGHT: Final = 32
_EMPTY_AT: Final = (640, 375)
_FILE_MENU_AT: Final = (21, 10)
_IMPORT_FROM_BELOW: Final = 5
"""Import is the fifth entry of the File menu, from below."""
_BACKGROUND_AT: Final = (500, 800)

_SETTINGS: Final = """<?xml version="1.0"?>
<!DOCTYPE lmms-config-file>
<lmms version="1.2.2">
<app configured="1" openlastproject="0" nanoisettings="0" disablebackup="1" language="en"/>
<mixer audiodev="Dummy (no sound output)" mididev="Dummy (no MIDI support)" framesperaudiobuffer="512"/>
<ui enableautosave="0"/>
<paths workingdir={home} {soundfont}/>
</lmms>
"""

_PROJECT: Final = """<?xml version="1.0"?>
<!DOCTYPE lmms-project>
<lmms-project version="1.0" creator="LMMS" creatorversion="1.2.2" type="song">
<head timesig_numerator="4" timesig_denominator="4" bpm="120" mastervol="100" masterpitch="0"/>
<song><trackcontainer type="song" width="900" height="330" x="5" y="5" visible="1" maximized="0" minimized="0">
{tracks}
</trackcontainer>
<fxmixer width="300" height="200" x="700" y="380" visible="0" maximized="0" minimized="0"/>
<ControllerRackView width="300" height="200" x="700" y="600" visible="0" maximized="0" minimized="0"/>
<projectnotes width="300" height="200" x="700" y="600" visible="0" maximized="0" minimized="0"/>
</song></lmms-project>
"""

_TRACK: Final = (
    '<track type="0" name={name} muted="0" solo="0"><instrumenttrack vol="100" pan="0" fxch="0" basenote="57">'
    '<instrument name="tripleoscillator"><tripleoscillator/></instrument></instrumenttrack></track>'
)


class Point(NamedTuple):
    """A place on the screen in pixels."""

    x: int
    y: int


def missing_programs() -> list[str]:
    """Return the programs that a session needs and this computer lacks."""
    return [name for name in NEEDED_PROGRAMS if shutil.which(name) is None]


def home_for_lmms(home: Path, soundfont: Path | None) -> Path:
    """Make a home folder where LMMS asks nothing at its start and opens no sound or MIDI device."""
    (home / "lmms").mkdir(parents=True)
    default = "" if soundfont is None else f"defaultsf2={quoteattr(str(soundfont))}"
    settings = _SETTINGS.format(home=quoteattr(f"{home}/lmms/"), soundfont=default)
    (home / ".lmmsrc.xml").write_text(settings, "utf-8")
    return home


class LmmsSession:
    """LMMS on an Xvfb of its own with a window manager, with empty tracks of the given names."""

    def __init__(self, folder: Path, tracks: Sequence[str] = ("Lead", "Second"), soundfont: Path | None = None) -> None:
        """Keep home, settings, project and logs in folder; soundfont is the one that LMMS's settings name."""
        self._folder = folder
        self._home = folder / "home"
        self._tracks = tuple(tracks)
        self._soundfont = soundfont
        self._display = ""
        self._processes = Processes(folder)
        self.project_path = folder / "song.mmp"

    def __enter__(self) -> Self:
        """Start everything and wait until LMMS shows the project."""
        home_for_lmms(self._home, self._soundfont)
        self._folder.chmod(0o700)
        tracks = "".join(_TRACK.format(name=quoteattr(name)) for name in self._tracks)
        self.project_path.write_text(_PROJECT.format(tracks=tracks), "utf-8")
        try:
            self._start()
        except BaseException:
            self.screenshot(self._folder / "at_the_start.png")
            self._processes.end_all()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Leave a picture of the screen if a test failed, and end every process."""
        if kind is not None:
            self.screenshot(self._folder / "at_the_end.png")
        self._processes.end_all()

    # -- programs ----------------------------------------------------------------------------------------------------

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a program that shows itself on this screen."""
        return os.environ | {
            "DISPLAY": self._display,
            "QT_QPA_PLATFORM": "xcb",
            "HOME": str(self._home),
            "XDG_RUNTIME_DIR": str(self._folder),
            "XDG_CONFIG_HOME": str(self._home / ".config"),
            "PYTHONPATH": os.pathsep.join(sys.path),
        }

    def start_app(
        self, command: Sequence[str | Path], title: str, name: str = "app", extra: Mapping[str, str] | None = None
    ) -> None:
        """Start another program, wait for its window (title is a regular expression) and put it beside LMMS."""
        self._processes.end(name)
        self._processes.start(name, command, self.environment | dict(extra or {}))
        self.wait_for_window(title, name)
        self._place(title)

    def end_app(self, name: str = "app") -> None:
        """End a program that start_app started."""
        self._processes.end(name)

    def app_pid(self, name: str = "app") -> int:
        """Return the process id of a program that start_app started."""
        return self._processes.pid(name)

    def app_log(self, name: str = "app") -> str:
        """Return what the program has printed so far."""
        return self._processes.log(name)

    # -- windows and places ------------------------------------------------------------------------------------------

    def window(self, title: str) -> str | None:
        """Return the id of the first visible window whose title a regular expression finds, None if there is none."""
        return next((wid for wid, name, _ in self._windows() if re.search(title, name) and self._visible(wid)), None)

    def wait_for_window(self, title: str, program: str, seconds: float = 60.0) -> str:
        """Return the id of a window when it is there, or fail with the program's log if the program has ended."""

        def look() -> str | None:
            self._processes.check_running(program)
            return self.window(title)

        return wait_for(f"a window titled {title!r}", look, seconds, every=0.1)

    def dialogs(self) -> list[str]:
        """Return the titles of LMMS's extra windows; after a drop, one of them is a complaint."""
        expected = re.compile(rf"{_LMMS_TITLE}|^lmms$|^Qt Selection Owner")
        return [
            name
            for wid, name, owner in self._windows()
            if owner == "lmms" and not expected.search(name) and self._visible(wid)
        ]

    def at_window(self, title: str, x: int, y: int) -> Point:
        """Return a place inside the window of that title."""
        left, top = self._origin(title)
        return Point(left + x, top + y)

    def at_track(self, index: int, bar: int) -> Point:
        """Return a place in the song editor: track from 0, bar from 1."""
        return self.at_window(
            _LMMS_TITLE, _CONTENT_X + (bar - 1) * _BAR_WIDTH + _BAR_WIDTH // 4, _CONTENT_Y + index * _TRACK_HEIGHT
        )

    def at_empty(self) -> Point:
        """Return a place in the song editor below all tracks (up to five)."""
        return self.at_window(_LMMS_TITLE, *_EMPTY_AT)

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
        window = self._find(title)
        self.mouse("windowactivate", "--sync", int(window, 16), "sleep", 0.1, "key", "--clearmodifiers", keys)

    def screenshot(self, path: Path) -> None:
        """Write a picture of the whole screen, if ImageMagick is there."""
        if shutil.which("import") is not None:
            subprocess.run(["import", "-window", "root", str(path)], env=self.environment, check=False, timeout=20)

    # -- projects ----------------------------------------------------------------------------------------------------

    def save(self) -> SavedProject:
        """Save with Ctrl+S and return what was saved."""
        before = self._stamp()
        self._press_save()
        return wait_for("LMMS to save its project", lambda: self._read_if_newer(before), 8.0)

    def import_file(self, path: Path) -> None:
        """Choose File > Import in LMMS and type a path."""
        self.mouse("mousemove", *self.at_window(_LMMS_TITLE, *_FILE_MENU_AT), "click", 1, "sleep", 0.4)
        self.mouse("key", "--delay", 60, *["Up"] * _IMPORT_FROM_BELOW, "Return")
        dialog = wait_for("LMMS's import dialog", lambda: next(iter(self.dialogs()), None), 10.0)
        self.mouse("sleep", 0.3, "type", "--delay", 8, str(path))
        self.mouse("sleep", 0.2, "key", "Return")
        wait_for("the import dialog to close", lambda: dialog not in self.dialogs(), 10.0)

    def saved_when(self, ready: Callable[[SavedProject], object], seconds: float = 15.0) -> SavedProject:
        """Save until ready is true of the project, and return it. Raises with a list of LMMS's dialogs if it is not."""

        def look() -> SavedProject | None:
            project = self.save()
            return project if ready(project) else None

        try:
            return wait_for("LMMS to hold what was dropped", look, seconds, every=0.3)
        except GaveUpWaitingError as error:
            self.screenshot(self._folder / "gave_up.png")
            raise AssertionError(f"{error}; LMMS's dialogs: {self.dialogs()}; project: {self._read()}") from error

    # -- inside ------------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        self._start_screen()
        self._processes.start("openbox", ["openbox"], self.environment)
        wait_for("openbox", self._window_manager_runs, 20.0)
        geometry = f"{_LMMS_WIDTH}x{_LMMS_HEIGHT}+0+0"
        self._processes.start(
            "lmms", ["lmms", "--allowroot", "--geometry", geometry, self.project_path], self.environment
        )
        self.wait_for_window(_LMMS_TITLE, "lmms")
        wait_for("LMMS to answer", self._answers, 60.0, every=0.3)

    def _window_manager_runs(self) -> bool:
        self._processes.check_running("openbox")
        return "window id" in self._run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK")

    def _start_screen(self) -> None:
        command = ["Xvfb", "-displayfd", "1", "-screen", "0", _SCREEN, "-nolisten", "tcp", "-noreset"]
        self._processes.start("xvfb", command, os.environ)
        number = wait_for("Xvfb", lambda: re.search(r"^\d+$", self._processes.log("xvfb"), re.MULTILINE), 20.0)
        self._display = f":{number[0]}"
        wait_for("Xvfb to answer", lambda: "screen #0" in self._run("xdpyinfo"), 20.0)

    def _answers(self) -> bool:
        try:
            before = self._stamp()
            self._press_save()
            wait_for("a first save", lambda: self._read_if_newer(before), 2.0)
        except GaveUpWaitingError:
            return False
        return True

    def _press_save(self) -> None:
        # Now and then LMMS has the keyboard from its start on and yet hears no shortcut until it has been clicked.
        self.mouse("mousemove", *self.at_window(_LMMS_TITLE, *_BACKGROUND_AT), "click", 1, "sleep", 0.1)
        self.key(_LMMS_TITLE, "ctrl+s")

    def _stamp(self) -> int:
        return self.project_path.stat().st_mtime_ns

    def _read(self) -> SavedProject | None:
        try:
            return read_project(self.project_path)
        except (ET.ParseError, OSError):
            return None

    def _read_if_newer(self, stamp: int) -> SavedProject | None:
        if not self.project_path.exists() or self._stamp() == stamp:
            return None
        return self._read()

    def _run(self, *command: str) -> str:
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False, timeout=60)
        return done.stdout

    def _windows(self) -> list[tuple[str, str, str]]:
        tree = self._run("xwininfo", "-root", "-tree")
        return re.findall(r'^ *(0x[0-9a-f]+) "(.*)": \((?:"([^"]*)")?', tree, re.MULTILINE)

    def _find(self, title: str) -> str:
        return wait_for(f"a window titled {title!r}", lambda: self.window(title), 5.0)

    def _top_windows(self) -> set[str]:
        return set(re.findall(r"^ *(0x[0-9a-f]+) ", self._run("xwininfo", "-root", "-children"), re.MULTILINE))

    def _visible(self, window: str) -> bool:
        return "IsViewable" in self._run("xwininfo", "-id", window)

    def _origin(self, title: str) -> Point:
        window = self._find(title)
        text = self._run("xwininfo", "-id", window)
        found = [re.search(rf"Absolute upper-left {axis}: +(-?\d+)", text) for axis in "XY"]
        return Point(*(int(match[1]) for match in found if match))

    def _place(self, title: str) -> None:
        window = int(self._find(title), 16)
        self.mouse("windowmove", window, *_APP_AT, "windowraise", window)
        wait_for(f"{title!r} to stand beside LMMS", lambda: self._origin(title).x >= _LMMS_WIDTH, 10.0)
