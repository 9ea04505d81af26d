"""OpenEWLD (Simonetta et al. 2018): lead sheets with chord signs; only those whose authors are long dead."""

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from groovescape_models.errors import DataSetError
from groovescape_models.music.chords import Chord
from groovescape_models.music.key import read_pitch_class
from groovescape_models.music.midi_event import META
from groovescape_models.music.midi_read import parse_midi
from groovescape_models.music.midi_song import MidiSong
from groovescape_models.music.pattern import Role
from groovescape_models.training.archives import archive_at, members
from groovescape_models.training.key_finding import keys_of_bars
from groovescape_models.training.score_bars import score_grid
from groovescape_models.training.tonal_song import (
    BEATS_PER_BAR,
    BarGrid,
    TonalSong,
    fitting_bars,
    highest_line,
    pitch_class_weights,
    placed,
)

NAME: Final = "openewld"
STYLE: Final = "standard"
KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "major": "", "minor": "m", "dominant": "7", "major-seventh": "maj7", "minor-seventh": "m7",
        "diminished": "dim", "diminished-seventh": "dim7", "half-diminished": "m7b5", "augmented": "aug",
        "augmented-seventh": "aug", "suspended-fourth": "sus4", "suspended-second": "sus2", "major-sixth": "6",
        "minor-sixth": "m6", "dominant-ninth": "9", "power": "5",
    }
)  # fmt: skip
"""MusicXML's kinds of chord and ours."""
_TEXT: Final = 0x01
_MARK: Final = "chord:"
CHORD_WEIGHT: Final = 4.0
"""How many quarters of a held note a change of chord speaks as loud as, for where a bar begins."""


def lead_sheets(data: Path) -> Iterator[TonalSong]:
    """Yield the lead sheets that may be learned from; DataSetError if the data set is not in the folder."""
    free = free_files(data)
    for path, content in members(data, NAME, (".mid",)):
        if path.name in free:
            yield _song(path.name, content)


def free_files(data: Path) -> frozenset[str]:
    """Return the names of the files in the public domain by the index's strict rule (column pd_strict)."""
    index = archive_at(data, NAME).parent / "index.csv"
    try:
        rows = csv.DictReader(io.StringIO(index.read_text(encoding="utf-8")))
        return frozenset(row["file"] for row in rows if row["pd_strict"] == "1")
    except (OSError, KeyError) as error:
        raise DataSetError(f"{index} is not the index of OpenEWLD ({error}); fetch it again.") from error


def _song(name: str, content: bytes) -> TonalSong:
    midi = parse_midi(content, name)
    signs = _signs(midi)
    grid = score_grid(midi, [(time, CHORD_WEIGHT) for time, _ in signs])
    bars = len(grid)
    melody = placed((note for track in midi.tracks for note in track.notes), grid)
    weights = pitch_class_weights(melody, bars).reshape(bars, BEATS_PER_BAR, -1).sum(1)
    lines, fits = {Role.MELODY: highest_line(melody, bars)}, {Role.MELODY: fitting_bars(melody, grid)}
    return TonalSong(name, NAME, STYLE, lines, fits, keys_of_bars(weights), _chords(signs, grid))


def _signs(midi: MidiSong) -> list[tuple[float, Chord | None]]:
    """Return (time in quarters, chord) of each sign."""
    texts = ((event.time, event.data) for event in midi.controls if event.data[:2] == (META, _TEXT))
    found = ((time, bytes(data[2:]).decode("utf-8", "replace")) for time, data in texts)
    return [(time, chord_of(text.removeprefix(_MARK))) for time, text in found if text.startswith(_MARK)]


def chord_of(sign: str) -> Chord | None:
    """Return the chord of 'F|dominant|A' (root, kind, bass), None for a kind that no quality of ours is near to."""
    root, kind, bass = (sign.split("|") + ["", ""])[:3]
    if kind not in KINDS:
        return None
    return Chord(read_pitch_class(root)[0], KINDS[kind], read_pitch_class(bass)[0] if bass else None)


def _chords(signs: list[tuple[float, Chord | None]], grid: BarGrid) -> tuple[Chord | None, ...]:
    """Return the chord of each beat: a sign stands until the next."""
    chords: list[Chord | None] = []
    place, current = 0, None
    for start in grid.starts.tolist():
        for beat in range(BEATS_PER_BAR):
            while place < len(signs) and signs[place][0] < start + beat + 0.5:
                current = signs[place][1]
                place += 1
            chords.append(current)
    return tuple(chords)
