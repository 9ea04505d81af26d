"""Sliders as they are written for people."""

from typing import Final

from groovescape_widgets.control_strip import Control

_WORDS: Final = {
    "density": ("Density", "how many notes there are"),
    "syncopation": ("Syncopation", "how much is played against the beat"),
    "complexity": ("Complexity", "how much the bars and the lanes differ"),
    "swing": ("Swing feel", "how much falls between the beats"),
    "swing_feel": ("Swing feel", "how much falls between the beats"),
    "accent": ("Accent", "how far loud and soft hits are apart"),
    "velocity_accent": ("Accent", "how far loud and soft hits are apart"),
    "pitch_range": ("Pitch range", "how far the highest note is from the lowest"),
    "register": ("Register", "how high the notes are"),
    "contour": ("Contour", "whether the line falls or rises"),
}
SHARES: Final = "The number is the share of real patterns that have less. Double click: as the pattern is."


def control_of(name: str) -> Control:
    """Return a slider with its title and what it does."""
    title, words = _WORDS.get(name, (name.replace("_", " ").capitalize(), name.replace("_", " ")))
    return Control(name, title, f"{title}: {words}. {SHARES}")
