"""The notes and other events of one track of a file, apart by channel."""

from collections import defaultdict, deque
from dataclasses import replace

from groovescape_models.music.midi_chunks import Chunk, Event
from groovescape_models.music.midi_event import (
    CHANNEL_PREFIX,
    META,
    NOTE_OFF,
    NOTE_ON,
    SYSEX,
    TRACK_NAME,
    ControlEvent,
    can_carry,
    kind_of,
)
from groovescape_models.music.midi_meta import name_of
from groovescape_models.music.midi_names import plays_drums
from groovescape_models.music.midi_song import MidiTrack
from groovescape_models.music.pattern import Note


class TrackParts:
    """What one chunk holds, gathered event by event; lives inside a single call of parts_of."""

    def __init__(self, ticks_per_quarter: int) -> None:
        self._resolution = ticks_per_quarter
        self._sounding: defaultdict[tuple[int, int], deque[tuple[int, int]]] = defaultdict(deque)
        self.notes: defaultdict[int, list[Note]] = defaultdict(list)
        self.controls: defaultdict[int, list[ControlEvent]] = defaultdict(list)
        self.carried: list[ControlEvent] = []
        self.name: str | None = None
        self.prefix: int | None = None

    @property
    def channels(self) -> tuple[int, ...]:
        """The channels that are used, in order."""
        return tuple(sorted({*self.notes, *self.controls}))

    def add(self, event: Event) -> None:
        """Take in the next event."""
        status = event.message[0]
        if kind_of(status) in (NOTE_OFF, NOTE_ON):
            self._add_note(event.tick, event.message)
        elif status < SYSEX:
            self.controls[status & 0x0F].append(self._control(event))
        elif can_carry(event.message):
            self.carried.append(self._control(event))
        elif status == META:
            self._add_own(event.message)

    def release_all(self, tick: int) -> None:
        """End the notes that are never released."""
        for (channel, pitch), started in self._sounding.items():
            for begin, velocity in started:
                self._end(channel, pitch, begin, velocity, tick)
        self._sounding.clear()

    def _add_note(self, tick: int, message: bytes) -> None:
        status, pitch, velocity = message
        channel = status & 0x0F
        started = self._sounding[channel, pitch]
        if status >= NOTE_ON and velocity:
            started.append((tick, velocity))
        elif started:
            self._end(channel, pitch, *started.popleft(), tick)

    def _end(self, channel: int, pitch: int, begin: int, velocity: int, end: int) -> None:
        start, duration = begin / self._resolution, (end - begin) / self._resolution
        self.notes[channel].append(Note(start, duration, pitch, velocity))

    def _control(self, event: Event) -> ControlEvent:
        return ControlEvent(event.tick / self._resolution, tuple(event.message))

    def _add_own(self, message: bytes) -> None:
        if message[1] == TRACK_NAME and self.name is None:
            self.name = name_of(message)
        elif message[1] == CHANNEL_PREFIX and len(message) > 2:
            self.prefix = message[2] & 0x0F


def parts_of(chunk: Chunk, ticks_per_quarter: int) -> TrackParts:
    """Return the parts of a chunk.

    A release ends the note of its pitch that began first; what is never released ends with the chunk.
    A release without a note, and a system message in pieces, are left out.
    """
    parts = TrackParts(ticks_per_quarter)
    for event in chunk.events:
        parts.add(event)
    parts.release_all(chunk.end)
    return parts


def tracks_of(parts: TrackParts, name: str, carried: list[ControlEvent]) -> list[MidiTrack]:
    """Return one track a channel, the carried events in the first; a chunk of no channel gives one empty track."""
    tracks = []
    for channel in parts.channels or (parts.prefix or 0,):
        controls = (*carried, *parts.controls.get(channel, ()))
        track = MidiTrack(name, channel, tuple(parts.notes.get(channel, ())), controls)
        tracks.append(replace(track, is_drums=plays_drums(track)))
        carried = []
    return tracks
