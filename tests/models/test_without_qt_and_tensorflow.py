"""The models floor stands alone: no Qt, no TensorFlow, no sound; only NumPy, mido and the standard library.

The same suite runs for real on a machine without them (./run test models); this check needs no such machine.
"""

import os
import subprocess
import sys
from pathlib import Path

import groovescape_models

PROGRAM = """
import importlib, pkgutil, sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {absent!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}: this check takes it away")
        return None

sys.meta_path.insert(0, Absent())

import groovescape_models
names = [
    module.name
    for module in pkgutil.walk_packages(groovescape_models.__path__, "groovescape_models.", onerror=print)
    if not module.name.startswith("groovescape_models.training.")
]
for name in names:
    importlib.import_module(name)

from groovescape_models.music.midi_patterns import drum_pattern, song_of
from groovescape_models.music.midi_read import parse_midi
from groovescape_models.music.midi_write import midi_bytes
from groovescape_models.music.pattern import Note, Pattern

beat = Pattern(tuple(Note(step / 2, 0.25, pitch, 100) for step, pitch in enumerate((36, 42, 38, 42) * 4)))
assert drum_pattern(parse_midi(midi_bytes(song_of(beat, 97.0)), "beat.mid")) == beat
assert not {absent!r} & {{name.partition(".")[0] for name in sys.modules}}
print(len(names))
"""
ABSENT = {"PySide6", "shiboken6", "pyqtgraph", "tensorflow", "keras", "sounddevice", "fluidsynth", "groovescape"}


def test_every_module_but_training_is_imported_and_midi_goes_round() -> None:
    floors = Path(groovescape_models.__file__).parents[2]
    paths = [str(floors / floor) for floor in ("models", "resources")]
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM.format(absent=ABSENT)],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 20
