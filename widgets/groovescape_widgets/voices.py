"""How each drum and each part looks: a colour, a shape and a name, so that none depends on seeing colours."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QColor

from groovescape_models.music.drumkit import Drum
from groovescape_models.music.pattern import Role
from groovescape_widgets.color import readable
from groovescape_widgets.shapes import Shape


@dataclass(frozen=True, slots=True)
class Voice:
    """The colour (Okabe and Ito 2008), shape and name of a drum or of a part."""

    name: str
    color: QColor
    shape: Shape

    def mark(self, ground: QColor) -> QColor:
        """Return the tone of the colour that is seen well on a ground."""
        return readable(self.color, ground)


_LOOKS: Final[dict[Drum, tuple[str, Shape]]] = {
    Drum.KICK: ("#0072b2", Shape.CIRCLE),
    Drum.SNARE: ("#d55e00", Shape.SQUARE),
    Drum.CLOSED_HAT: ("#f0e442", Shape.CROSS),
    Drum.OPEN_HAT: ("#e69f00", Shape.RING),
    Drum.LOW_TOM: ("#00805d", Shape.TRIANGLE_DOWN),
    Drum.MID_TOM: ("#009e73", Shape.DIAMOND),
    Drum.HIGH_TOM: ("#3cc7a0", Shape.TRIANGLE_UP),
    Drum.CRASH: ("#cc79a7", Shape.STAR),
    Drum.RIDE: ("#56b4e9", Shape.HEXAGON),
}
_VOICES: Final = {drum: Voice(drum.title, QColor(color), shape) for drum, (color, shape) in _LOOKS.items()}

OTHER_VOICE: Final = Voice("Other", QColor("#9aa6b5"), Shape.DASH)
"""Of pitches that no drum class maps: shown, never changed."""

_PARTS: Final = {
    Role.DRUMS: Voice("Drums", QColor("#0072b2"), Shape.CIRCLE),
    Role.MELODY: Voice("Melody", QColor("#e69f00"), Shape.STEPS),
    Role.BASS: Voice("Bass", QColor("#009e73"), Shape.HALF),
    Role.KEYS: Voice("Keys", QColor("#cc79a7"), Shape.BARS),
}
"""Drums wear the kick's look where they stand as one part."""

_STYLE_COLORS: Final = ("#56b4e9", "#e69f00", "#009e73", "#cc79a7", "#f0e442", "#d55e00", "#0072b2", "#9aa6b5")
_STYLE_SHAPES: Final = (
    Shape.CIRCLE,
    Shape.SQUARE,
    Shape.TRIANGLE_UP,
    Shape.DIAMOND,
    Shape.STAR,
    Shape.CROSS,
    Shape.RING,
    Shape.TRIANGLE_DOWN,
    Shape.HEXAGON,
)

LANE_ORDER: Final = (
    Drum.CRASH,
    Drum.RIDE,
    Drum.OPEN_HAT,
    Drum.CLOSED_HAT,
    Drum.HIGH_TOM,
    Drum.MID_TOM,
    Drum.LOW_TOM,
    Drum.SNARE,
    Drum.KICK,
)
"""Lanes from top to bottom as drum notation stacks them: cymbals, hats, toms, snare, kick."""


def voice(drum: Drum | None) -> Voice:
    """Return the look of a drum class, or that of pitches outside all of them for None."""
    return OTHER_VOICE if drum is None else _VOICES[drum]


def part_voice(role: Role) -> Voice:
    """Return the look of a part."""
    return _PARTS[role]


def style_voice(name: str, number: int) -> Voice:
    """Return the look of a style by its number, from 0: 72 of them have a colour and a shape of their own together."""
    color = QColor(_STYLE_COLORS[number % len(_STYLE_COLORS)])
    return Voice(name, color, _STYLE_SHAPES[number % len(_STYLE_SHAPES)])
