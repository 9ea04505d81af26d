"""The pad between four grooves: their feels are computed once, then the pattern's feel is mixed under the finger."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu

from groovescape.contrast import contrasting
from groovescape.controllers.door import StudioDoor
from groovescape.controllers.groove_names import fill_with_grooves, short_title
from groovescape.document import Document
from groovescape.feeling import FOLLOW_DRUMS, HUMANIZE, feel_for
from groovescape.groove_commands import MixGrooves
from groovescape.jobs import Jobs, Task
from groovescape.problems import LOADING
from groovescape_models.music.feel import Feel
from groovescape_models.music.groove_choice import GroovePad
from groovescape_models.music.grooving import blend_feels
from groovescape_models.music.pattern import Pattern, Role
from groovescape_models.music.project import PadMode, Project
from groovescape_widgets.latent_pad import LatentPad

if TYPE_CHECKING:
    from groovescape_models.engines.studio import Studio

KIND: Final = "groove_pad"
CHANGE: Final = "groove_change"
TAKE: Final = "groove_corner"
NO_NOTES: Final = "There are no notes to play yet: make a pattern first (Ctrl+G), then wander between grooves."
WANDER: Final = "Drag between the grooves: the notes stay, and their feel is mixed."
Corners = tuple[str, str, str, str]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class CornerFeels:
    """How the four grooves play one pattern, and all that this depends on."""

    corners: Corners
    pattern: Pattern
    tempo_bpm: float
    seed: int
    feels: tuple[Feel, ...] = ()

    def fit(self, other: "CornerFeels") -> bool:
        """Return whether they are those of the same grooves and notes."""
        return replace(self, feels=()) == replace(other, feels=())

    def mix(self, point: Point) -> MixGrooves:
        """Return the edit that plays the pattern with the mix at a point."""
        pad = GroovePad(self.corners, point)
        return MixGrooves(pad, blend_feels(self.feels, pad.weights))


def wanted_of(project: Project, corners: Corners) -> CornerFeels:
    """Return what feels depend on, without them."""
    return CornerFeels(corners, project.pattern, project.tempo_bpm, project.seed + project.groove.take)


def corner_feels(studio: "Studio", project: Project, wanted: CornerFeels, task: Task) -> CornerFeels:
    """Return how the four grooves play the part on the stage; one that cannot leaves it as it is written."""
    feels = (feel_for(studio, project.pattern, groove, project, task.should_stop) for groove in wanted.corners)
    return replace(wanted, feels=tuple(feel or Feel.of(project.pattern) for feel in feels))


def first_corners(studio: "Studio", _task: Task) -> tuple[str, ...]:
    """Return four contrasting grooves of the library."""
    return contrasting(studio.groove_library.grooves())


def taken_groove(studio: "Studio", path: Path, _task: Task) -> str:
    """Keep the groove of a file among the user's own, and return its id; a GroovescapeError says why there is none."""
    from groovescape_models.music.groove_import import read_groove_from

    return studio.groove_library.keep(read_groove_from(path)).facts.id


def _shown(project: Project) -> tuple[object, ...]:
    """Return what names and hint on the plane depend on."""
    return project.pad_mode, project.role, project.groove.pad, bool(project.pattern.notes)


class GroovePadController(QObject):
    """Turns gestures on the pad into mixes: previews while the hand moves, and one undo step."""

    said = Signal(str)
    failed = Signal(str)
    kept = Signal(object)
    """The studio, whose library has one groove more: that of a file that was dropped on a corner."""

    def __init__(self, document: Document, jobs: Jobs, pad: LatentPad, door: StudioDoor) -> None:
        """Connect a pad to a document."""
        super().__init__(pad)
        self._document, self._jobs, self._pad, self._door = document, jobs, pad, door
        self._first: Corners | None = None
        self._chosen: dict[Role, Corners] = {}
        self._coming: Corners | None = None
        self._known: CornerFeels | None = None
        self._point: Point | None = None
        self._from: Point | None = None
        self._held = False
        pad.gesture_started.connect(self._on_started)
        pad.point_moved.connect(self._on_moved)
        pad.gesture_finished.connect(self._on_finished)
        pad.corner_clicked.connect(self._on_clicked)
        pad.corner_dropped.connect(self._on_dropped)
        document.changed.connect(self._on_changed)
        door.opened.connect(self._on_opened)

    @property
    def corners(self) -> Corners | None:
        """The grooves in the corners of the role's pad, None until the library was read."""
        project = self._document.project
        chosen = self._chosen.get(project.role, self._first)
        return chosen if project.groove.pad is None else project.groove.pad.corners

    @property
    def _is_shown(self) -> bool:
        return self._document.project.pad_mode is PadMode.GROOVES

    def settle(self) -> None:
        """End the gesture as it stands; a mix that was never heard is dropped."""
        self._held, self._point = False, None
        self._document.commit(MixGrooves)

    def set_corner(self, index: int, groove: str) -> None:
        """Put another groove into a corner and play the pattern with the mix: one undo step."""
        before = self._coming or self.corners
        if before is not None:
            first, second, third, fourth = (groove if at == index else old for at, old in enumerate(before))
            self._coming = first, second, third, fourth
            self._change(self._coming, self._document.project.role, self._pad.point)

    def _change(self, corners: Corners, role: Role, point: Point) -> None:
        self._ask(corners, partial(self._put_in, role, point), CHANGE)

    def _put_in(self, role: Role, point: Point, known: CornerFeels) -> None:
        """Put corners in; where the pattern has changed meanwhile, ask once more."""
        if role is not self._document.project.role:
            self._coming = None
        elif not known.fit(wanted_of(self._document.committed, known.corners)):
            self._change(known.corners, role, point)
        else:
            self._chosen[role], self._coming = known.corners, None
            self._document.apply(replace(known.mix(point), title="Change a corner"))

    def menu(self, index: int) -> QMenu | None:
        """Return the menu of what a corner can hold, None while the grooves are read."""
        studio, project = self._door.studio, self._document.project
        if studio is None or self.corners is None:
            return None
        menu = QMenu(self._pad)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        first = (HUMANIZE,) if project.role is Role.DRUMS else (HUMANIZE, FOLLOW_DRUMS)
        fill_with_grooves(menu, studio.groove_library, first, self.corners[index], partial(self.set_corner, index))
        return menu

    def _on_opened(self, studio: "Studio") -> None:
        self._jobs.submit(TAKE, partial(first_corners, studio), self._on_first, self.failed.emit)

    def _on_first(self, corners: tuple[str, ...]) -> None:
        if self._first is None and len(corners) == 4:
            first, second, third, fourth = corners
            self._first = first, second, third, fourth
        self._show_corners()

    def _show_corners(self) -> None:
        studio, corners = self._door.studio, self.corners
        if studio is not None and corners is not None:
            self._pad.set_groove_names([short_title(studio.groove_library, groove) for groove in corners])
        project = self._document.project
        self._pad.set_groove_hint(
            NO_NOTES if not project.pattern.notes else WANDER if project.groove.pad is None else ""
        )

    def _ask(self, corners: Corners, done: Callable[[CornerFeels], None], kind: str = KIND) -> None:
        """Compute the feels of four grooves on a worker, unless they are known."""
        studio, project = self._door.studio, self._document.committed
        wanted = wanted_of(project, corners)
        if self._known is not None and self._known.fit(wanted):
            done(self._known)
        elif studio is not None:
            work = partial(corner_feels, studio, project, wanted)
            self._jobs.submit(kind, work, partial(self._on_felt, done), self._fail)

    def _on_felt(self, done: Callable[[CornerFeels], None], known: CornerFeels) -> None:
        self._known = known
        if self.corners is not None:
            done(known)

    def _fail(self, sentence: str) -> None:
        self._coming = None
        self.failed.emit(sentence)

    def _on_started(self) -> None:
        if self._is_shown:
            self._held, self._from = True, self._pad.point

    def _on_moved(self, x: float, y: float) -> None:
        if not self._is_shown or not self._held:
            return
        if self.corners is None or self._door.studio is None:
            self.said.emit(LOADING)
            return
        self._point = x, y
        self._ask(self.corners, self._play)

    def _play(self, known: CornerFeels) -> None:
        """Let the mix at the newest point be heard; back where the hand began, what was heard before comes back."""
        point = self._point
        if point is None or not known.fit(wanted_of(self._document.committed, known.corners)):
            return
        if point == self._from:
            self._document.rollback()
        else:
            self._document.preview(known.mix(point))
        if not self._held:
            self._finish()

    def _on_finished(self) -> None:
        if not self._held:
            return
        self._held = False
        if not self._jobs.is_busy(KIND):
            self._finish()

    def _finish(self) -> None:
        self._point = None
        self._document.commit(MixGrooves)

    def _on_clicked(self, index: int) -> None:
        if self._is_shown:
            menu = self.menu(index)
            if menu is None:
                self.said.emit(LOADING)
            else:
                corner = self._pad.geometry_now().chip(index).bottomLeft().toPoint()
                menu.popup(self._pad.mapToGlobal(corner))

    def _on_dropped(self, index: int, path: str) -> None:
        studio = self._door.studio
        if self._is_shown and studio is not None:
            work = partial(taken_groove, studio, Path(path))
            self._jobs.submit(TAKE, work, partial(self._on_taken, index), self.failed.emit)

    def _on_taken(self, index: int, groove: str) -> None:
        self.kept.emit(self._door.studio)
        self.set_corner(index, groove)
        self.said.emit("The file's groove is in the corner, and among your own.")

    def _on_changed(self, before: Project, after: Project) -> None:
        if _shown(before) != _shown(after):
            self._show_corners()
        if self._is_shown and before.pad_mode is not after.pad_mode and self.corners is not None:
            self._ask(self.corners, lambda _known: None)  # ready for the first move
