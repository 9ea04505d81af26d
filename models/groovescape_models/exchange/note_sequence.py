"""Songs as NoteSequences, the form that Magenta passes music on in; it needs the package note-seq.

Notes, velocities, tempos, meters, programs, drums and the names of tracks go both ways; other events do not.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from groovescape_models.errors import DependencyError, MidiError
from groovescape_models.exchange.seconds import SecondsClock
from groovescape_models.music.midi_event import PROGRAM, ControlEvent
from groovescape_models.music.midi_limits import MAX_FILE_BYTES, MAX_NOTES, MAX_QUARTERS
from groovescape_models.music.midi_patterns import PATTERN_TICKS_PER_QUARTER
from groovescape_models.music.midi_song import DRUM_CHANNEL, MeterChange, MidiSong, MidiTrack
from groovescape_models.music.pattern import Note
from groovescape_models.music.safe_file import write_whole
from groovescape_models.music.timing import Meter

if TYPE_CHECKING:
    from note_seq.protobuf.music_pb2 import NoteSequence

MAX_TICKS_PER_QUARTER: Final = 32767
DEFAULT_VELOCITY: Final = 100
"""What a note without a velocity is played with (note_seq's constants have the same)."""
CHANNELS: Final = tuple(channel for channel in range(16) if channel != DRUM_CHANNEL)


def to_note_sequence(song: MidiSong) -> "NoteSequence":
    """Return a song as a NoteSequence; each track is an instrument. Raises DependencyError without note-seq."""
    sequence = _music_pb2().NoteSequence()
    clock = SecondsClock(song.tempos)
    sequence.ticks_per_quarter = song.ticks_per_quarter
    sequence.filename = song.name
    for tempo in song.tempos:
        sequence.tempos.add(time=clock.seconds(tempo.time), qpm=tempo.bpm)
    for change in song.meters:
        meter = change.meter
        sequence.time_signatures.add(
            time=clock.seconds(change.time), numerator=meter.numerator, denominator=meter.denominator
        )
    for instrument, track in enumerate(song.tracks):
        if track.name:
            sequence.instrument_infos.add(instrument=instrument, name=track.name)
        for note, program in _with_programs(track):
            sequence.notes.add(
                pitch=note.pitch,
                velocity=note.velocity,
                start_time=clock.seconds(note.start),
                end_time=clock.seconds(note.end),
                instrument=instrument,
                program=program,
                is_drum=track.is_drums,
            )
    sequence.total_time = clock.seconds(song.length)
    return sequence


def _with_programs(track: MidiTrack) -> Iterator[tuple[Note, int]]:
    """Yield each note of a track with the program that plays it."""
    changes = [(event.time, event.data[1]) for event in track.controls if event.kind == PROGRAM]
    program, following = 0, 0
    for note in track.notes:
        while following < len(changes) and changes[following][0] <= note.start:
            program, following = changes[following][1], following + 1
        yield note, program


def from_note_sequence(sequence: "NoteSequence", name: str = "the NoteSequence") -> MidiSong:
    """Return the song in a NoteSequence, played or quantized; a track for each instrument, program and kind.

    name is what errors call it. Raises MidiError, one sentence, for what no song can hold.
    """
    if len(sequence.notes) > MAX_NOTES:
        raise MidiError(f"{name} has {len(sequence.notes)} notes, the limit is {MAX_NOTES}.")
    try:
        clock = SecondsClock.from_seconds((tempo.time, tempo.qpm) for tempo in sequence.tempos)
        meters = tuple(
            MeterChange(max(0.0, clock.quarters(each.time)), Meter(each.numerator, each.denominator))
            for each in sequence.time_signatures
        )
        song = MidiSong(
            tuple(_tracks(sequence, clock)), clock.tempos, meters, _length(sequence, clock), _resolution(sequence)
        )
    except (ValueError, OverflowError) as error:
        raise MidiError(f"{name} cannot be read as a song: {error}.") from error
    if song.length > MAX_QUARTERS:
        raise MidiError(f"{name} lasts {song.length:.6g} quarter notes, the limit is {MAX_QUARTERS}.")
    return song


def _resolution(sequence: "NoteSequence") -> int:
    ticks = sequence.ticks_per_quarter
    return ticks if 1 <= ticks <= MAX_TICKS_PER_QUARTER else PATTERN_TICKS_PER_QUARTER


def _length(sequence: "NoteSequence", clock: SecondsClock) -> float:
    steps = sequence.quantization_info.steps_per_quarter
    if steps > 0 and not sequence.total_time:
        return float(sequence.total_quantized_steps / steps)
    return max(0.0, clock.quarters(sequence.total_time))


def _tracks(sequence: "NoteSequence", clock: SecondsClock) -> Iterator[MidiTrack]:
    """Yield the tracks in order of instrument and program; drums are on channel 10, others on the rest in turn."""
    names = {info.instrument: info.name for info in sequence.instrument_infos}
    notes: defaultdict[tuple[int, int, bool], list[Note]] = defaultdict(list)
    steps = sequence.quantization_info.steps_per_quarter
    for note in sequence.notes:
        if steps > 0 and not note.end_time:
            start, end = note.quantized_start_step / steps, note.quantized_end_step / steps
        else:
            start, end = clock.quarters(note.start_time), clock.quarters(note.end_time)
        velocity = note.velocity or DEFAULT_VELOCITY
        notes[note.instrument, note.program, note.is_drum].append(Note(start, end - start, note.pitch, velocity))
    free = cycle(CHANNELS)
    for (instrument, program, is_drums), part in sorted(notes.items()):
        controls = () if is_drums else (ControlEvent(0.0, (PROGRAM, program)),)
        channel = DRUM_CHANNEL if is_drums else next(free)
        yield MidiTrack(names.get(instrument, ""), channel, tuple(part), controls, is_drums)


def read_note_sequence(path: Path) -> MidiSong:
    """Return the song in a file that holds one NoteSequence (.pb). Raises MidiError and DependencyError."""
    pb2 = _music_pb2()
    from google.protobuf.message import DecodeError

    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise MidiError(f"{path} cannot be opened: {error.strerror or error}.") from error
    if len(data) > MAX_FILE_BYTES:
        raise MidiError(f"{path.name} is larger than {MAX_FILE_BYTES // 1024**2} MB.")
    try:
        return from_note_sequence(pb2.NoteSequence.FromString(data), path.name)
    except DecodeError as error:
        raise MidiError(f"{path.name} holds no NoteSequence.") from error


def write_note_sequence(song: MidiSong, path: Path) -> None:
    """Write a song as a file of one NoteSequence. Raises DependencyError and OSError."""
    write_whole(path, to_note_sequence(song).SerializeToString(deterministic=True))


def _music_pb2() -> Any:  # noqa: ANN401  # note-seq ships stubs for its messages alone
    """Return note_seq's messages; DependencyError where the package is not installed."""
    try:
        from note_seq.protobuf import music_pb2
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] != "note_seq":
            raise
        raise DependencyError(
            "NoteSequences need the package note-seq: type ./run python -m pip install note-seq in a clone, "
            "or pip install 'groovescape[note-seq]'."
        ) from error
    return music_pb2
