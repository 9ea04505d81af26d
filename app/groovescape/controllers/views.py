"""Views repaint what differs, and the patterns as they are played go to whoever draws or sounds them."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, Signal

from groovescape.document import Document
from groovescape_models.music.grooving import played_in_order
from groovescape_models.music.pattern import Pattern, Role
from groovescape_models.music.project import ENSEMBLE, Part, Project
from groovescape_models.music.timing import STEPS_PER_QUARTER, Quarters
from groovescape_widgets.drum_grid import DrumGrid
from groovescape_widgets.groove_view import GrooveView

if TYPE_CHECKING:
    from groovescape_widgets.piano_roll import PianoRoll
    from groovescape_widgets.trio_view import TrioView

PLAYED: Final = ("pattern", "feel", "other_feel", "groove")
"""What of a project its stage is played from."""


class PatternViews(Protocol):
    """The views of patterns that a window has; those of lines may be made when they are asked for."""

    grid: DrumGrid

    @property
    def roll(self) -> "PianoRoll":
        """The editor of lines."""

    @property
    def trio(self) -> "TrioView":
        """The editor of the three together."""


class Views(QObject):
    """Keeps the grid or the roll, the trio and the groove view true to the document."""

    played_changed = Signal(object)
    """The pattern on the stage with its groove applied."""
    sounding_changed = Signal(object)
    """The parts that sound, with their grooves; while comparing, without. Emitted before anything is drawn."""

    def __init__(self, document: Document, views: PatternViews, groove_view: GrooveView) -> None:
        """Show the document in the views of a window."""
        super().__init__(views.grid)
        self._document, self._views, self._groove_view = document, views, groove_view
        self.played: Pattern = document.project.played
        self.heard: tuple[Pattern, ...] = (self.played,)
        self.as_written = False
        document.changed.connect(self._on_changed)

    def show_all(self) -> None:
        """Show the project as it stands."""
        self._show(self._document.shown)

    def set_as_written(self, as_written: bool) -> None:
        """Let all be heard and drawn as it is written, or with its grooves; played and heard stay as they are."""
        if as_written != self.as_written:
            self.as_written = as_written
            self.show_all()

    def set_playhead(self, time: Quarters | None) -> None:
        """Show where the loop is playing; a part that is shorter than the loop goes round in it."""
        project = self._document.project
        place = None if time is None else time % project.pattern.length
        self._groove_view.set_playhead(place)
        if project.ensemble:
            self._views.trio.set_playhead(time)
            return
        (self._views.grid if project.role is Role.DRUMS else self._views.roll).set_playhead(place)

    def hide_playheads(self) -> None:
        """Show nowhere that anything plays."""
        for view in (self._views.grid, self._views.roll, self._views.trio):
            view.set_playhead(None)
        self._groove_view.set_playhead(None)

    def _on_changed(self, before: Project, after: Project) -> None:
        own = any(getattr(before, name) != getattr(after, name) for name in PLAYED)
        others = (before.ensemble, before.resting) != (after.ensemble, after.resting)
        if own or before.tempo_bpm != after.tempo_bpm or (others and (before.ensemble or after.ensemble)):
            self._show(after)

    def _show(self, project: Project) -> None:
        self.sounding_changed.emit(_sounding(project, self.as_written))
        written = project.pattern.notes
        heard = played_in_order(project.pattern, project.feel, project.other_feel, project.groove)
        self.played = project.pattern.with_notes(heard)
        editor = self._views.grid if project.role is Role.DRUMS else self._views.roll
        editor.set_pattern(project.pattern, written if self.as_written else heard)
        self._groove_view.set_hits(project.pattern, written, heard, project.tempo_bpm, grid_steps(project))
        self._show_heard(project)
        self.played_changed.emit(self.played)

    def _show_heard(self, project: Project) -> None:
        resting = {part.role: part.played for part in project.resting} if project.ensemble else {}
        parts = {**resting, project.role: self.played}
        self.heard = tuple(parts[part.role] for part in project.parts if part.role in parts)
        if project.ensemble:
            drawn = {} if self.as_written else parts
            melody, bass, drums = (drawn.get(role) or project.part_of(role).pattern for role in ENSEMBLE)
            self._views.trio.set_trio(melody, bass, drums)


def grid_steps(project: Project) -> int:
    """Return how many steps a quarter the pattern on the stage is written on: its feel knows, else its notes say."""
    pattern = project.pattern
    if project.feel is not None or not pattern.notes:
        return STEPS_PER_QUARTER if project.feel is None else project.feel.grid
    from groovescape_models.music.groove_grid import grid_of  # NumPy is not for the first paint to wait for

    return grid_of([note.start % pattern.meter.bar_length for note in pattern.notes], project.tempo_bpm)


def _sounding(project: Project, as_written: bool) -> tuple[Part, ...]:
    parts = project.parts if project.ensemble else (project.part,)
    return tuple(replace(part, feel=None) for part in parts) if as_written else parts
