"""One number for a note of a part: drums, melody and bass sound together, each on a channel of its own."""

from typing import Final

from groovescape_models.music.pattern import Role

PITCHES: Final = 128
_ORDER: Final = (Role.DRUMS, Role.MELODY, Role.BASS, Role.KEYS)
CHANNELS: Final = (9, 0, 1, 2)
"""MIDI channels, counted from 0, of the roles in the order of their keys."""
DEFAULT_PROGRAMS: Final = {Role.MELODY: 80, Role.BASS: 33, Role.KEYS: 0}
"""General MIDI programs: square lead, fingered bass, grand piano."""


def key_of(role: Role, pitch: int) -> int:
    """Return the key of a pitch: a drum's is its pitch, other roles follow 128 higher each."""
    return _ORDER.index(role) * PITCHES + pitch


def channel_of(role: Role) -> int:
    """Return the channel that a role is played on, counted from 0."""
    return CHANNELS[_ORDER.index(role)]
