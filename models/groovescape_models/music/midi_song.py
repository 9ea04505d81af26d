"""A song as a MIDI file holds it: tracks of notes, tempos, meters, and the events that are carried along untouched."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Final, TypeVar

from groovescape_models.music.midi_event import ControlEvent
from groovescape_models.music.pattern import Note
from groovescape_models.music.timing import DEFAULT_TEMPO_BPM, MAX_TEMPO_BPM, MIN_TEMPO_BPM, Meter, Quarters

DRUM_CHANNEL: Final = 9
"""General MIDI's percussion channel, counted from 0 (a musician's channel 10)."""
MICROSECONDS_PER_MINUTE: Final = 60_000_000
MAX_QUARTER_MICROSECONDS: Final = 0xFFFFFF
DEFAULT_TICKS_PER_QUARTER: Final = 480


_NOTE_ORDER: Final = attrgetter("start", "duration", "pitch", "velocity")
"""The order of Note itself, compared much faster."""


@dataclass(frozen=True, slots=True)
class TempoChange:
    """From this time on, this many quarter notes a minute; bpm must fit a MIDI tempo (3.58 to 60,000,000)."""

    time: Quarters
    bpm: float

    def __post_init__(self) -> None:
        """Check the range."""
        if not MICROSECONDS_PER_MINUTE / MAX_QUARTER_MICROSECONDS <= self.bpm <= MICROSECONDS_PER_MINUTE:
            raise ValueError(f"a MIDI tempo must be in 3.58..60000000 bpm, got {self.bpm}")


@dataclass(frozen=True, slots=True)
class MeterChange:
    """From this time on, this meter."""

    time: Quarters
    meter: Meter


@dataclass(frozen=True, slots=True)
class MidiTrack:
    """The notes of one channel of one track of a file, sorted, with its other events in order of time.

    channel is 0..15. is_drums is found on reading (midi_names.py) and is not stored in a file.
    """

    name: str = ""
    channel: int = 0
    notes: tuple[Note, ...] = ()
    controls: tuple[ControlEvent, ...] = ()
    is_drums: bool = False

    def __post_init__(self) -> None:
        """Check the channel and sort the events."""
        if not 0 <= self.channel <= 15:
            raise ValueError(f"channel must be in 0..15, got {self.channel}")
        object.__setattr__(self, "notes", tuple(sorted(self.notes, key=_NOTE_ORDER)))
        object.__setattr__(self, "controls", _by_time(self.controls))

    def with_notes(self, notes: Iterable[Note]) -> "MidiTrack":
        """Return the same track with other notes."""
        return replace(self, notes=tuple(notes))


@dataclass(frozen=True, slots=True)
class MidiSong:
    """A whole file.

    tempos and meters always begin at time 0 (120 bpm and 4/4 where the file names none there), one a time.
    length ends on a tick, no earlier than any event. controls are events of no track: markers, texts, key signatures,
    system messages. Times are in quarter notes; writing rounds them to ticks.
    """

    tracks: tuple[MidiTrack, ...] = ()
    tempos: tuple[TempoChange, ...] = ()
    meters: tuple[MeterChange, ...] = ()
    length: Quarters = 0.0
    ticks_per_quarter: int = DEFAULT_TICKS_PER_QUARTER
    name: str = ""
    controls: tuple[ControlEvent, ...] = ()

    def __post_init__(self) -> None:
        """Check the resolution, fill in the first tempo and meter, and find the end."""
        if not 1 <= self.ticks_per_quarter <= 32767:
            raise ValueError(f"ticks per quarter must be in 1..32767, got {self.ticks_per_quarter}")
        object.__setattr__(self, "tempos", _from_start(self.tempos, TempoChange(0.0, DEFAULT_TEMPO_BPM)))
        object.__setattr__(self, "meters", _from_start(self.meters, MeterChange(0.0, Meter())))
        object.__setattr__(self, "controls", _by_time(self.controls))
        object.__setattr__(self, "length", self._end_tick() / self.ticks_per_quarter)

    @property
    def tempo_bpm(self) -> float:
        """The first tempo, brought into the range that the rest of the program plays (10 to 999)."""
        return min(MAX_TEMPO_BPM, max(MIN_TEMPO_BPM, self.tempos[0].bpm))

    @property
    def meter(self) -> Meter:
        """The first meter."""
        return self.meters[0].meter

    def ticks(self, time: Quarters) -> int:
        """Return the tick nearest to a time; exact for every time that was read from a file of this resolution."""
        return round(time * self.ticks_per_quarter)

    def with_track(self, index: int, track: MidiTrack) -> "MidiSong":
        """Return the song with one track replaced, and longer where that track is."""
        tracks = list(self.tracks)
        tracks[index] = track
        return replace(self, tracks=tuple(tracks))

    def _end_tick(self) -> int:
        controls = (self.controls, *(track.controls for track in self.tracks))
        times = [self.length, self.tempos[-1].time, self.meters[-1].time]
        times += (events[-1].time for events in controls if events)
        notes = (note for track in self.tracks for note in track.notes)
        ends = (self.ticks(note.start) + self.ticks(note.duration) for note in notes)
        return max(self.ticks(max(times)), max(ends, default=0))


Change = TypeVar("Change", TempoChange, MeterChange)


def _from_start(changes: Iterable[Change], default: Change) -> tuple[Change, ...]:
    latest = {0.0: default}
    latest.update((change.time, change) for change in changes)
    return tuple(latest[time] for time in sorted(latest))


def _by_time(events: Iterable[ControlEvent]) -> tuple[ControlEvent, ...]:
    return tuple(sorted(events, key=attrgetter("time")))
