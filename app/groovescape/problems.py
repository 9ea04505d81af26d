"""Designed error states: one sentence on what is wrong, and one action that helps."""

from dataclasses import dataclass
from typing import Final

from groovescape_models.errors import GroovescapeError


class SessionError(GroovescapeError):
    """A saved session cannot be read."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What the status line shows: a sentence, the words on its button and the id of the action behind it.

    An offer (is_error False) has the same form, but nothing is wrong.
    """

    text: str
    action_text: str | None = None
    action: str | None = None
    is_error: bool = True


NO_SCREEN: Final = (
    "Groovescape needs a screen for its window and found none (DISPLAY and WAYLAND_DISPLAY are not set); "
    "the command line works without one: groovescape generate drums --seed 7 -o beat.mid"
)
LOADING: Final = "Loading the models…"
WELCOME: Final = "Drag the point on the pad to shape the beat; press Space to hear it."


def sound_problem(text: str) -> Problem:
    """Return the state for sound that is missing: choose a SoundFont if that is what lacks, else try again."""
    if "SoundFont" in text:
        return Problem(text, "Choose a SoundFont…", "choose_soundfont")
    return Problem(text, "Try again", "retry_sound")


def models_problem(text: str) -> Problem:
    """Return the state for weights or a runtime that are missing."""
    return Problem(text, "Try again", "load_models")


def unsaved_work() -> Problem:
    """Return the offer to bring back what the last run left behind."""
    return Problem("Your last pattern was not saved and is still here.", "Restore", "restore", is_error=False)
