"""The latent pad: each move is decoded on a worker, the newest wins, and the gesture is one undo step."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from groovescape.commands import MovePad
from groovescape.controllers.door import StudioDoor
from groovescape.document import Document
from groovescape.feeling import feels_for
from groovescape.jobs import Jobs, Task
from groovescape.part_commands import MoveOnMap
from groovescape.surroundings import setting_of
from groovescape_models.engines.engine import MapRequest, MorphRequest
from groovescape_models.music.project import PadMode, Project
from groovescape_models.music.timing import Meter
from groovescape_widgets.latent_pad import LatentPad

if TYPE_CHECKING:
    from groovescape_models.engines.studio import Studio

KIND: Final = "pad"
Point = tuple[float, float]
MIDDLE: Final[Point] = (0.5, 0.5)
CORNER_POINTS: Final[tuple[Point, ...]] = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0))


def morph_request(project: Project, points: tuple[Point, ...]) -> MorphRequest:
    """Return the request for points between the four corners of the part on the stage."""
    top_left, top_right, bottom_left, bottom_right = (corner.pattern for corner in project.corners)
    return MorphRequest((top_left, top_right, bottom_left, bottom_right), points, setting_of(project))


def decode_point(studio: "Studio", project: Project, point: Point, task: Task) -> MovePad:
    """Return the move to a point between the corners: its pattern, together with the feel of the project's groove."""
    (pattern,) = studio.morph(morph_request(project, (point,)), task.should_stop)
    feels = feels_for(studio, pattern, project.groove, project, task.should_stop)
    return MovePad(point, pattern, feels.feel, other_feel=feels.other)


def decode_map_point(studio: "Studio", project: Project, point: Point, task: Task) -> MoveOnMap:
    """Return the move to a point of the map, with the feel of the project's groove."""
    request = MapRequest(project.role, (point,), setting_of(project))
    (pattern,) = studio.map_patterns(request, task.should_stop)
    feels = feels_for(studio, pattern, project.groove, project, task.should_stop)
    return MoveOnMap(point, pattern, feels.feel, other_feel=feels.other)


Decode = Callable[["Studio", Project, Point, Task], MovePad | MoveOnMap]


def can_move(project: Project) -> bool:
    """Return whether there are patterns to move between: four, or the map; grooves have a controller of their own."""
    if project.pad_mode is PadMode.GROOVES:
        return False
    return project.pad_mode is PadMode.MAP or len(project.corners) == len(CORNER_POINTS)


def shown_point(project: Project) -> Point:
    """Return where the pad's point stands in its mode: between grooves in the middle until they are mixed."""
    if project.pad_mode is PadMode.GROOVES:
        return MIDDLE if project.groove.pad is None else project.groove.pad.point
    return project.map_point if project.pad_mode is PadMode.MAP else project.pad


class PadController(QObject):
    """Turns gestures on the pad into previews and one commit."""

    def __init__(
        self, document: Document, jobs: Jobs, pad: LatentPad, door: StudioDoor, show_problem: Callable[[str], None]
    ) -> None:
        """Connect a pad to a document."""
        super().__init__(pad)
        self._document, self._jobs, self._pad, self._door = document, jobs, pad, door
        self._show_problem = show_problem
        self._base: Project | None = None
        self.held = False
        pad.gesture_started.connect(self._on_started)
        pad.point_moved.connect(self._on_moved)
        pad.gesture_finished.connect(self._on_finished)
        document.changed.connect(self._on_changed)

    def settle(self) -> None:
        """End the gesture as it stands: a move that is still being decoded is dropped."""
        self.held = False
        self._jobs.cancel(KIND)
        self._document.commit()
        self._show_point()

    def _on_started(self) -> None:
        if self._document.project.pad_mode is not PadMode.GROOVES:
            self.held = True
            self._jobs.cancel("feel")

    def _on_moved(self, x: float, y: float) -> None:
        studio, project = self._door.studio, self._document.committed
        if studio is None or not can_move(project):
            return
        if (x, y) == shown_point(project):
            self._return_home()
            return
        if project is not self._base and project.pattern.meter != Meter():
            self._show_problem(f"The pad plays in 4/4; Ctrl+Z brings the pattern in {project.pattern.meter} back.")
        self._base = project
        decode: Decode = decode_map_point if project.pad_mode is PadMode.MAP else decode_point
        self._jobs.submit(KIND, partial(decode, studio, project, (x, y)), self._on_decoded, self._fail)

    def _return_home(self) -> None:
        """Give the pattern back that the gesture began with: its hits may have been edited by hand."""
        self._jobs.cancel(KIND)
        self._document.rollback()

    def _on_decoded(self, move: MovePad | MoveOnMap) -> None:
        if self._base is not self._document.committed:
            self._show_point()
            return
        self._document.preview(move)
        self._commit_at_rest()

    def _on_finished(self) -> None:
        if self._document.project.pad_mode is not PadMode.GROOVES:
            self.held = False
            self._commit_at_rest()

    def _commit_at_rest(self) -> None:
        if not self.held and not self._jobs.is_busy(KIND):
            self._document.commit()
            self._show_point()

    def _fail(self, sentence: str) -> None:
        self._document.rollback()
        self._show_point()
        self._show_problem(sentence)

    def _on_changed(self, before: Project, after: Project) -> None:
        if before.corners != after.corners:
            self._pad.set_corner_names([corner.name for corner in after.corners])
        self._show_point()

    def _show_point(self) -> None:
        if not self.held and not self._jobs.is_busy(KIND):
            self._pad.set_point(*shown_point(self._document.project))
