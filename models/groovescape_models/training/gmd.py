"""The Groove MIDI Dataset (Gillick et al. 2019, CC BY 4.0): from its archive to two-bar examples."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import mido
import numpy as np

from groovescape_models.errors import DataSetError
from groovescape_models.music.drumkit import DRUM_COUNT, ROLAND_DRUMS, Drum
from groovescape_models.music.groove import Groove
from groovescape_models.music.timing import STEPS_PER_QUARTER
from groovescape_models.training.examples import STEPS_PER_BAR, Example, ExampleArrays, stack, two_bar_windows

ARCHIVE: Final = "groove-v1.0.0-midionly.zip"
ARCHIVE_ROOT: Final = "groove/"
FOUR_FOUR: Final = "4-4"


@dataclass(frozen=True, slots=True)
class GmdRow:
    """One line of info.csv: what the data set says of a performance."""

    drummer: str
    style: str
    tempo_bpm: float
    beat_type: str
    time_signature: str
    midi_filename: str
    split: str

    @property
    def main_style(self) -> str:
        """The style without its flavour: 'rock' of 'rock/indie'."""
        return self.style.split("/")[0]


def read_rows(text: str) -> tuple[GmdRow, ...]:
    """Return the lines of info.csv; DataSetError if a column is missing."""
    try:
        return tuple(
            GmdRow(
                line["drummer"],
                line["style"],
                float(line["bpm"]),
                line["beat_type"],
                line["time_signature"],
                line["midi_filename"],
                line["split"],
            )
            for line in csv.DictReader(io.StringIO(text))
        )
    except (KeyError, ValueError) as error:
        raise DataSetError(f"info.csv is not that of the Groove MIDI Dataset ({error}); fetch it again.") from error


def performance(data: bytes, row: GmdRow) -> Groove | None:
    """Return a whole performance on the sixteenth grid, or None where no drum is hit.

    data is the MIDI file. The loudest hit of a cell stands for it, the first of equals.
    """
    hits: dict[tuple[int, Drum], tuple[int, float]] = {}
    for place, drum, velocity in struck(mido.MidiFile(file=io.BytesIO(data))):
        step = round(place)
        if velocity > hits.get((step, drum), (0, 0.0))[0]:
            hits[step, drum] = (velocity, place - step)
    return _on_grid(hits, row.tempo_bpm) if hits else None


def struck(midi: mido.MidiFile) -> Iterator[tuple[float, Drum, int]]:
    """Yield (time in steps, class, velocity 1..127) of every hit that the Roland map knows."""
    ticks_per_step = midi.ticks_per_beat / STEPS_PER_QUARTER
    for track in midi.tracks:
        tick = 0
        for message in track:
            tick += message.time
            if message.type == "note_on" and message.velocity > 0 and message.note in ROLAND_DRUMS:
                yield tick / ticks_per_step, ROLAND_DRUMS[message.note], message.velocity


def _on_grid(hits: dict[tuple[int, Drum], tuple[int, float]], tempo_bpm: float) -> Groove:
    last = max(step for step, _ in hits)
    shape = ((last // STEPS_PER_BAR + 1) * STEPS_PER_BAR, DRUM_COUNT)
    velocities, offsets = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    for cell, (velocity, offset) in hits.items():
        velocities[cell] = velocity / 127.0
        offsets[cell] = offset
    return Groove(velocities > 0, velocities, offsets, tempo_bpm)


def examples_of(data: bytes, row: GmdRow) -> tuple[Example, ...]:
    """Return the two-bar examples of one file: a pure function, to be mapped over the files anywhere.

    data is the MIDI file, row its line of info.csv. A file that is not in 4/4 gives none.
    """
    groove = performance(data, row) if row.time_signature == FOUR_FOUR else None
    if groove is None:
        return ()
    return tuple(
        Example(window, row.main_style, row.drummer, row.split, row.midi_filename, bar)
        for bar, window in two_bar_windows(groove)
    )


def gmd_files(data: Path) -> Iterator[tuple[bytes, GmdRow]]:
    """Yield every MIDI file of the data set with its line of info.csv.

    data is the folder of the archive or a folder that holds it as gmd/. Raises DataSetError if it is not there.
    """
    path = _archive(data)
    try:
        with zipfile.ZipFile(path) as archive:
            for row in read_rows(archive.read(ARCHIVE_ROOT + "info.csv").decode("utf-8")):
                yield archive.read(ARCHIVE_ROOT + row.midi_filename), row
    except (zipfile.BadZipFile, KeyError, OSError) as error:
        raise DataSetError(f"{path.name} cannot be read ({error}); fetch it again.") from error


def _archive(data: Path) -> Path:
    for path in (data / "gmd" / ARCHIVE, data / ARCHIVE):
        if path.is_file():
            return path
    raise DataSetError(
        f"The Groove MIDI Dataset is not in {data}; put {ARCHIVE} into it or name the folder that holds it with --data."
    )


def load_gmd(data: Path) -> ExampleArrays:
    """Return all examples of the data set at a path, its three official splits together."""
    return stack(example for file, row in gmd_files(data) for example in examples_of(file, row))
