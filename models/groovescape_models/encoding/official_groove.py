"""What an official GrooVAE hears of a performance (Magenta's GrooveConverter: humanize, tapify, add_instruments)."""

from groovescape_models.checkpoints.official import GrooveInput
from groovescape_models.encoding.groove import humanize_input, tapify_input
from groovescape_models.music.drumkit import DRUM_COUNT, Drum
from groovescape_models.music.groove import FloatArray


def heard_input(layout: FloatArray, kind: GrooveInput) -> FloatArray:
    """Return what is heard of performances (..., 27) in Magenta's layout, as a new array of that shape.

    Taps come with their time and without their loudness (fixed_velocities).
    """
    if kind is GrooveInput.HUMANIZE:
        return humanize_input(layout)
    if kind is GrooveInput.TAP:
        tapped = tapify_input(layout)
        tapped[..., DRUM_COUNT : 2 * DRUM_COUNT] = 0.0
        return tapped
    heard = layout.copy()
    if kind is GrooveInput.ADD_CLOSED_HAT:
        heard[..., Drum.CLOSED_HAT :: DRUM_COUNT] = 0.0
    return heard
