# ruff: noqa: ANN401  # neither Magenta nor TensorFlow ships types
"""What Magenta's data converters make of MIDI files, and of tensors: python magenta_converters.py JOBS.json

A job is {"config": a name of CONFIG_MAP, "mode": "train" or "infer", "answers": an .npz to write} with
- "midi": a file, for inputs, outputs and controls, (windows, steps, size) each,
- or "tensors": an .npz with samples (n, steps, size), for notes: rows of n, start in seconds, end, pitch, velocity,
  instrument; or "chords": signs, for what TriadChordOneHotEncoding makes of each.
"""

import json
import os
import sys
import types
from typing import Any

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
for absent in ("tensorflow_datasets", "tf_slim"):
    sys.modules[absent] = types.ModuleType(absent)

import note_seq  # noqa: E402  # the lines above must come first
import numpy as np  # noqa: E402
from magenta.models.music_vae import configs  # noqa: E402


def windows(converter: Any, midi: str) -> dict[str, np.ndarray]:
    """Return every window that a converter cuts out of a file."""
    converter.max_tensors_per_notesequence = None
    tensors = converter.to_tensors(note_seq.midi_file_to_note_sequence(midi))
    kinds = ("inputs", "outputs", "controls")
    return {kind: np.array(getattr(tensors, kind), np.float32) for kind in kinds}


def notes(converter: Any, samples: np.ndarray) -> dict[str, np.ndarray]:
    """Return the notes of samples."""
    rows = [
        (number, note.start_time, note.end_time, note.pitch, note.velocity, note.instrument)
        for number, sequence in enumerate(converter.from_tensors(samples))
        for note in sequence.notes
    ]
    return {"notes": np.array(rows, np.float64).reshape(-1, 6)}


def main(jobs: list[dict[str, Any]]) -> None:
    for job in jobs:
        converter = configs.CONFIG_MAP[job["config"]].data_converter
        converter.set_mode(job["mode"])
        if "midi" in job:
            answers = windows(converter, job["midi"])
        elif "tensors" in job:
            answers = notes(converter, np.load(job["tensors"])["samples"])
        else:
            encoding = note_seq.TriadChordOneHotEncoding()
            answers = {"classes": np.array([encoding.encode_event(chord) for chord in job["chords"]])}
        np.savez(job["answers"], **answers)


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:  # noqa: PTH123  # one file, read once
        main(json.load(file))
