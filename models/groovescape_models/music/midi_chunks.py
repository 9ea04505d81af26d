"""The chunks of a MIDI file: its header, and the events of each track with their ticks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from groovescape_models.music.midi_cursor import Cursor
from groovescape_models.music.midi_event import END_OF_TRACK, ESCAPE, META, METER, SYSEX, TEMPO, value_count
from groovescape_models.music.midi_limits import MAX_EVENTS, MAX_TRACKS
from groovescape_models.music.midi_meta import meter_of, tempo_of

_LAST_EVENT: Final = bytes((META, END_OF_TRACK))

_CHECKS: Final[Mapping[int, Callable[[bytes], object]]] = {TEMPO: tempo_of, METER: meter_of}
"""What must be readable: checked while the place in the file is known."""


class Event(NamedTuple):
    """A message as it stands in the file, running status filled in; tick counts from the start of the track.

    message is (status, value...) of a channel message, (0xFF, type, payload...) of a meta event and
    (0xF0 or 0xF7, payload...) of a system message; the length that the file states is left out.
    """

    tick: int
    message: bytes


@dataclass(frozen=True, slots=True)
class Chunk:
    """The events of one track of the file and the tick at which it ends."""

    events: tuple[Event, ...]
    end: int


@dataclass(frozen=True, slots=True)
class Header:
    """Format 0, 1 or 2, the number of tracks, and the division (over 0x7FFF: SMPTE frames)."""

    format: int
    tracks: int
    division: int


def read_chunks(cursor: Cursor) -> tuple[Header, tuple[Chunk, ...]]:
    """Return the header and the tracks; chunks of other kinds are skipped. Raises MidiError."""
    header = _read_header(cursor)
    file_end, room = cursor.end, MAX_EVENTS
    chunks: list[Chunk] = []
    while len(chunks) < header.tracks:
        cursor.track = 0
        if not cursor.left:
            raise cursor.broken(f"{header.tracks} tracks are promised, {len(chunks)} are there")
        kind, size = _chunk_head(cursor)
        cursor.end = cursor.position + size
        if kind == b"MTrk":
            cursor.track = len(chunks) + 1
            chunks.append(_read_events(cursor, room))
            room -= len(chunks[-1].events)
        cursor.position, cursor.end = cursor.end, file_end
    return header, tuple(chunks)


def _chunk_head(cursor: Cursor) -> tuple[bytes, int]:
    kind = cursor.take(4)
    size = int.from_bytes(cursor.take(4))
    if size > cursor.left:
        raise cursor.broken(f"a chunk of {size} bytes is promised, {cursor.left} bytes are left")
    return kind, size


def _read_header(cursor: Cursor) -> Header:
    if cursor.left < 14:
        raise cursor.refused(f"it is no MIDI file, for it has only {cursor.left} bytes")
    start = cursor.take(4)
    if start == b"RIFF":
        cursor.take(16)  # an RMID file: RIFF size RMID data size, then a plain MIDI file
        start = cursor.take(4)
    if start != b"MThd":
        raise cursor.refused("it is no MIDI file, for it does not begin with MThd")
    cursor.position -= 4
    _, size = _chunk_head(cursor)
    if size < 6:
        raise cursor.broken(f"the header has {size} bytes instead of 6")
    fields = cursor.take(size)
    header = Header(int.from_bytes(fields[:2]), int.from_bytes(fields[2:4]), int.from_bytes(fields[4:6]))
    if header.format > 2:
        raise cursor.broken(f"the format must be 0, 1 or 2, it is {header.format}")
    if header.tracks > MAX_TRACKS:
        raise cursor.refused(f"it has {header.tracks} tracks, more than {MAX_TRACKS}")
    return header


def _read_events(cursor: Cursor, room: int) -> Chunk:
    events: list[Event] = []
    tick = running = 0
    while cursor.left:
        cursor.event = len(events) + 1
        tick += cursor.number()
        message = _read_message(cursor, running)
        if message[:2] == _LAST_EVENT:
            break
        if message[0] < SYSEX:
            running = message[0]
        if len(events) >= room:
            raise cursor.refused(f"it has more than {MAX_EVENTS} events")
        events.append(Event(tick, message))
    return Chunk(tuple(events), tick)


def _read_message(cursor: Cursor, running: int) -> bytes:
    status = cursor.byte()
    if status == META:
        return _read_meta(cursor)
    if status in (SYSEX, ESCAPE):
        return bytes((status,)) + cursor.take(cursor.number())
    if status > SYSEX:
        raise cursor.broken(f"no event begins with 0x{status:02X}")
    if status < 0x80:
        cursor.position -= 1
        status = running
    if not status:
        raise cursor.broken("a value stands where an event must begin")
    values = cursor.take(value_count(status))
    if max(values) > 0x7F:
        raise cursor.broken(f"a value must be in 0..127, it is {max(values)}")
    return bytes((status,)) + values


def _read_meta(cursor: Cursor) -> bytes:
    message = bytes((META, cursor.byte())) + cursor.take(cursor.number())
    check = _CHECKS.get(message[1])
    if check is not None:
        try:
            check(message)
        except ValueError as error:
            raise cursor.broken(str(error)) from error
    return message
