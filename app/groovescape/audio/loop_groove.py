"""How a loop is played: the groove of each of its parts, asked note by note."""

from collections.abc import Iterable

from groovescape_models.engines.groove_stream import Event
from groovescape_models.music.groove_window import GrooveWindow
from groovescape_models.music.part import Part
from groovescape_models.music.timing import Quarters


class LoopGroove:
    """An EventGroove for the hits of loop_hits, which know their part and note. Once handed over, of one thread."""

    def __init__(self, parts: Iterable[Part]) -> None:
        """Take the grooves of parts, in the order of the loop's patterns."""
        self._windows = [GrooveWindow(part.pattern, part.feel, part.other_feel, part.groove) for part in parts]

    def play(self, event: Event) -> tuple[Quarters, int]:
        """Return how late in quarters (negative: early) and how hard a hit is played."""
        window = self._windows[event.part]
        written, played = window.pattern.notes[event.note], window.note(event.note)
        return played.start - written.start, played.velocity
