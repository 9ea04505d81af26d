"""A real LMMS 1.2 on a screen of its own, a real mouse, and what LMMS saves.

    with LmmsSession(tmp_path) as lmms:
        lmms.start_app([sys.executable, "my_window.py"], title="My window")
        lmms.drag(lmms.at_window("My window", 40, 20), lmms.at_track(0, bar=5))
        project = lmms.saved_when(lambda project: project.clips)

LMMS is on the left of the screen, another program's window on the right of it. Needs: lmms xvfb xdotool openbox
x11-utils.
"""

import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET
from xml.sax.saxutils import quoteattr

from lmms_processes import GaveUpWaitingError, wait_for
from lmms_project_file import SavedProject, read_project
from virtual_screen import Point, VirtualScreen

NEEDED_PROGRAMS: Final = ("lmms", "Xvfb", "xdotool", "openbox", "xwininfo", "xprop", "setpriv")
TICKS_PER_BAR: Final = 192

_LMMS_WIDTH: Final = 1100
_LMMS_HEIGHT: Final = 900
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


def missing_programs() -> list[str]:
    """Return the programs that a session needs and this computer lacks."""
    return [name for name in NEEDED_PROGRAMS if shutil.which(name) is None]


def prepare_home(home: Path, soundfont: Path | None) -> None:
    """Settings with which LMMS asks nothing at its start and opens no sound or MIDI device."""
    (home / "lmms").mkdir(parents=True)
    default = "" if soundfont is None else f"defaultsf2={quoteattr(str(soundfont))}"
    settings = _SETTINGS.format(home=quoteattr(f"{home}/lmms/"), soundfont=default)
    (home / ".lmmsrc.xml").write_text(settings, "utf-8")


class LmmsSession(VirtualScreen):
    """LMMS on a screen of its own, its project open with empty tracks of the given names."""

    def __init__(self, folder: Path, tracks: Sequence[str] = ("Lead", "Second"), soundfont: Path | None = None) -> None:
        """Keep everything in folder; soundfont is the one that LMMS's settings name."""
        super().__init__(folder)
        self._tracks = tuple(tracks)
        self._soundfont = soundfont
        self.project_path = folder / "song.mmp"

    def start(self) -> None:
        """Start the screen and LMMS, and wait until LMMS has the project and answers."""
        super().start()
        prepare_home(self.home, self._soundfont)
        tracks = "".join(_TRACK.format(name=quoteattr(name)) for name in self._tracks)
        self.project_path.write_text(_PROJECT.format(tracks=tracks), "utf-8")
        command = ["lmms", "--allowroot", "--geometry", f"{_LMMS_WIDTH}x{_LMMS_HEIGHT}+0+0", self.project_path]
        self.processes.start("lmms", command, self.environment)
        self.wait_for_window(_LMMS_TITLE, "lmms")
        wait_for("LMMS to answer", self._answers, 60.0, every=0.3)

    def dialogs(self) -> list[str]:
        """Return the titles of LMMS's extra windows; after a drop, one of them is a complaint."""
        expected = re.compile(rf"{_LMMS_TITLE}|^lmms$|^Qt Selection Owner")
        return [
            name
            for wid, name, owner in self.windows()
            if owner == "lmms" and not expected.search(name) and self.is_visible(wid)
        ]

    def at_track(self, index: int, bar: int) -> Point:
        """Return a place in the song editor: track from 0, bar from 1."""
        return self.at_window(
            _LMMS_TITLE, _CONTENT_X + (bar - 1) * _BAR_WIDTH + _BAR_WIDTH // 4, _CONTENT_Y + index * _TRACK_HEIGHT
        )

    def at_empty(self) -> Point:
        """Return a place in the song editor below all tracks (up to five)."""
        return self.at_window(_LMMS_TITLE, *_EMPTY_AT)

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
            self.screenshot("gave_up")
            raise AssertionError(f"{error}; LMMS's dialogs: {self.dialogs()}; project: {self._read()}") from error

    # -- inside ------------------------------------------------------------------------------------------------------

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
