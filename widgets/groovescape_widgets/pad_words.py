"""What the pad says of itself: its modes, where its point is, and what its corners take."""

from typing import TYPE_CHECKING, Final

from groovescape_widgets.pad_map import PadMap, dot_words
from groovescape_widgets.segments import Choosable

if TYPE_CHECKING:
    from groovescape_widgets.pad_painter import PadPicture

CORNERS, MAP, GROOVES = "corners", "map", "grooves"
MODES: Final = (
    Choosable(CORNERS, "Corners", "The plane between four patterns (Ctrl+1)"),
    Choosable(MAP, "Map", "All the model knows: each dot is a real pattern, and any point sounds (Ctrl+2)"),
    Choosable(GROOVES, "Grooves", "Between four grooves: the notes stay, their feel is mixed (Ctrl+3)"),
)
_TAKES: Final = {
    CORNERS: "Drop a MIDI file here, or double click (key {number}), for another pattern.",
    GROOVES: "Double click (key {number}), or drop a file with a groove here, for another one.",
}


def place_words(picture: "PadPicture", plan: PadMap) -> str:
    """Return where the point is, for readers."""
    x, y = picture.point
    place = f"between {', '.join(picture.names)}"
    if picture.mode == MAP:
        near = plan.nearest(x, y)
        place = "on a map without dots" if near is None else f"near {dot_words(near)}"
    where = f"{x * 100:.0f} % right, {y * 100:.0f} % down"
    corners = "" if picture.mode == MAP else " 1 to 4 change a corner."
    return f"Point at {where} {place}. Arrow keys move it, Shift for fine steps.{corners}"


def corner_words(picture: "PadPicture", corner: int) -> str:
    """Return what a corner holds and takes, for its tooltip."""
    return f"{picture.names[corner]}\n{_TAKES[picture.mode].format(number=corner + 1)}"
