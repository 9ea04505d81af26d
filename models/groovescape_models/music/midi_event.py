"""Events that are neither notes nor tempo, meter or name: kept as they are and written back."""

from dataclasses import dataclass
from typing import Final

from groovescape_models.music.timing import Quarters

NOTE_OFF: Final = 0x80
NOTE_ON: Final = 0x90
PROGRAM: Final = 0xC0
SYSEX: Final = 0xF0
ESCAPE: Final = 0xF7
META: Final = 0xFF

TRACK_NAME: Final = 0x03
CHANNEL_PREFIX: Final = 0x20
END_OF_TRACK: Final = 0x2F
TEMPO: Final = 0x51
METER: Final = 0x58
OWN_METAS: Final = frozenset((TRACK_NAME, CHANNEL_PREFIX, END_OF_TRACK, TEMPO, METER))
"""Meta events that a song holds as values of its own."""


@dataclass(frozen=True, slots=True)
class ControlEvent:
    """A channel message that is no note, a meta event or a system message, with its time in quarter notes.

    data is the whole message: (status, value[, value]) of a channel message, whose channel the track decides;
    (0xFF, type, byte...) of a meta event such as a marker or a lyric; (0xF0, byte..., 0xF7) of a system message.
    """

    time: Quarters
    data: tuple[int, ...]

    def __post_init__(self) -> None:
        """Check that the message can be written."""
        if not self.time >= 0:
            raise ValueError(f"time must be >= 0 quarters, got {self.time}")
        if not can_carry(bytes(self.data)):
            raise ValueError(f"not a message that a track can carry: {self.data[:4]}")

    @property
    def kind(self) -> int:
        """The status without its channel: 0xB0 controller, 0xC0 program, 0xE0 bend, ..., 0xF0 system, 0xFF meta."""
        return kind_of(self.data[0])


def kind_of(status: int) -> int:
    """Return a status byte without its channel."""
    return status & 0xF0 if status < SYSEX else status


def value_count(status: int) -> int:
    """Return how many values follow the status byte of a channel message: program and channel pressure have one."""
    return 1 if 0xC0 <= status < 0xE0 else 2


def can_carry(message: bytes) -> bool:
    """Return whether a track carries a message along: it is whole, in range, and no value of the song's own."""
    if len(message) < 2:
        return False
    if message[0] == META:
        return message[1] < 0x80 and message[1] not in OWN_METAS
    if message[0] == SYSEX:
        return message[-1] == ESCAPE and _is_seven_bit(message[1:-1])
    return 0xA0 <= message[0] < SYSEX and len(message) == 1 + value_count(message[0]) and _is_seven_bit(message[1:])


def _is_seven_bit(values: bytes) -> bool:
    return not values or max(values) < 0x80
