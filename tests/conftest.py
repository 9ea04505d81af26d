"""Plumbing of every suite: no screen, a private home folder, properties without a clock, a tiny data set."""

import importlib.util
import io
import os
import random
import tempfile
import zipfile
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the program itself does

_PRIVATE_HOME = tempfile.TemporaryDirectory(prefix="groovescape-tests-")
for _name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
    _folder = Path(_PRIVATE_HOME.name) / _name.lower()
    _folder.mkdir()
    os.environ[_name] = str(_folder)

if importlib.util.find_spec("hypothesis") is not None:
    from hypothesis import settings

    # A busy machine must not fail a property, and the same tree must give the same verdict twice.
    settings.register_profile("groovescape", deadline=None, derandomize=True, database=None)
    settings.load_profile("groovescape")


@pytest.fixture(scope="session")
def tiny_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive laid out as the Groove MIDI Dataset: two made-up performances of eight bars a split."""
    lines = ["drummer,session,id,style,bpm,beat_type,time_signature,midi_filename,audio_filename,duration,split"]
    folder = tmp_path_factory.mktemp("tiny data")
    with zipfile.ZipFile(folder / "groove-v1.0.0-midionly.zip", "w") as archive:
        for take in range(6):
            split = ("train", "validation", "test")[take % 3]
            name = f"drummer{take}/take.mid"
            lines.append(f"drummer{take},d/s,d/s/{take},rock,{90 + 10 * take},beat,4-4,{name},,16,{split}")
            archive.writestr(f"groove/{name}", _performance(random.Random(take)))  # noqa: S311  # no secret
        archive.writestr("groove/info.csv", "\n".join(lines))
    return folder


def _performance(rng: random.Random, bars: int = 8, ticks: int = 480) -> bytes:
    """Return a MIDI file of kick, snare and hats, each hit a little late or early and louder or softer."""
    import mido

    struck = [
        (max(0, eighth * ticks // 2 + rng.randint(-20, 20)), pitch, rng.randint(40, 127))
        for eighth in range(8 * bars)
        for pitch in (42, *((36,) if eighth % 4 == 0 else ()), *((38,) if eighth % 4 == 2 else ()))
    ]
    track, now = mido.MidiTrack(), 0
    for tick, pitch, velocity in sorted(struck):
        track.append(mido.Message("note_on", channel=9, note=pitch, velocity=velocity, time=tick - now))
        track.append(mido.Message("note_off", channel=9, note=pitch, time=0))
        now = tick
    file = io.BytesIO()
    mido.MidiFile(ticks_per_beat=ticks, tracks=[track]).save(file=file)
    return file.getvalue()
