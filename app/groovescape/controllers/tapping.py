"""Tapping along on a key: a rhythm by hand, in time with the loop or counted from its first tap."""

import math
import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from groovescape.document import Document
from groovescape_models.music.cells import DEFAULT_VELOCITY, NOTE_LENGTH
from groovescape_models.music.drumkit import Drum
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import STEP, Quarters, nearest_step, quarter_ms

REPEAT_S: Final = 0.06
"""Presses that follow each other faster are the keyboard's own repetition of a key that is held."""
PAUSE: Final[Quarters] = 5.0
"""Silence after which the rhythm is finished: a bar of 4/4 and a beat."""
MAX_BARS: Final = 8
Position = Callable[[], Quarters | None]


class TapController(QObject):
    """Collects taps on the sixteenth grid until the hand rests."""

    said = Signal(str)
    rhythm_tapped = Signal(object)
    """A Pattern, once the hand has rested."""

    def __init__(
        self, document: Document, position: Position, parent: QObject, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Read where the loop is from position, None while it rests, and seconds from clock."""
        super().__init__(parent)
        self._document, self._position, self._clock = document, position, clock
        self._places: list[Quarters] = []
        self._in_loop = False
        self._first_s = self._last_s = -math.inf
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self.finish)

    def tap(self) -> None:
        """Take a tap: at the place of the loop that is heard now, or at the time since the first tap."""
        now_s, project = self._clock(), self._document.project
        held, self._last_s = now_s - self._last_s < REPEAT_S, now_s
        if held:
            return
        place = self._position()
        if not self._places:
            self._first_s, self._in_loop = now_s, place is not None
        since = (now_s - self._first_s) * 1000.0 / quarter_ms(project.tempo_bpm)
        self._places.append(place if self._in_loop and place is not None else since)
        self._rest.start(round(PAUSE * quarter_ms(project.tempo_bpm)))
        count = len(self._places)
        self.said.emit(f"{count} {'tap' if count == 1 else 'taps'}: rest your hand for a bar, and drums come to them.")

    def forget(self) -> None:
        """Drop the taps: what they were meant for has gone."""
        self._rest.stop()
        self._places = []

    def finish(self) -> None:
        """Hand the rhythm on."""
        self._rest.stop()
        places, self._places = self._places, []
        if places:
            self.rhythm_tapped.emit(self._rhythm(places))

    def _rhythm(self, places: list[Quarters]) -> Pattern:
        """Return taps as a pattern: as long as the loop they went along with, or whole bars from the first one on."""
        here = self._document.project.pattern
        bar = here.meter.bar_length
        length = here.length
        if not self._in_loop:
            length = bar * min(MAX_BARS, max(1, math.ceil((max(places) + STEP / 2) / bar)))
        steps = math.ceil(length / STEP - 1e-9)
        struck = sorted({nearest_step(place) % steps for place in places if self._in_loop or place < length})
        notes = (Note(step * STEP, NOTE_LENGTH, Drum.SNARE.pitch, DEFAULT_VELOCITY) for step in struck)
        return Pattern(tuple(notes), length, here.meter, Role.DRUMS, "Tapped")
