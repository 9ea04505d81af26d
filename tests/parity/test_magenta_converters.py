"""Our encodings make of MIDI files what Magenta's data converters make of them, and of tensors the same notes."""

import random
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from magenta_oracles import run_magenta
from midi_fixtures import drums, line, write_tracks
from numpy.typing import NDArray
from official_cases import CASES

from groovescape_models.checkpoints.official import ChordEncoding
from groovescape_models.encoding.drums import from_groove, from_hits, to_groove, to_hits
from groovescape_models.encoding.groove import from_layout, to_layout
from groovescape_models.encoding.lines import HOLD, NOTE_OFF, Tokens, from_line, to_line
from groovescape_models.encoding.official_chords import Tones, chord_values
from groovescape_models.encoding.official_drums import hits_of, official_inputs, official_outputs
from groovescape_models.encoding.official_lines import line_classes, line_tokens
from groovescape_models.encoding.official_trio import trio_classes
from groovescape_models.music.chords import QUALITIES, Chord
from groovescape_models.music.key import NOTE_NAMES
from groovescape_models.music.midi_patterns import drum_pattern
from groovescape_models.music.midi_read import read_midi
from groovescape_models.music.pattern import Pattern, Role
from groovescape_models.music.trio import Trio
from groovescape_models.training.official_grooves import official_batch
from groovescape_models.training.official_kinds import KINDS

Arrays = Mapping[str, NDArray[np.float32]]
BARS = 6
TRIO_BARS = 18
TEMPO_BPM = 97.0
SHARED_PITCHES = (36, 35, 38, 37, 40, 39, 42, 44, 22, 46, 26, 43, 41, 47, 50, 49, 52, 55, 57, 51, 53, 59)
"""Drums that mean the same to us and to Magenta's network of drums; it takes 45 for a low tom, 48 for a mid one and 58
for a crash, and refuses or drops what it has no class for."""
ROLAND_PITCHES = (36, 38, 37, 40, 42, 22, 44, 46, 26, 43, 58, 47, 45, 50, 48, 49, 52, 55, 57, 51, 53, 59)
"""All that its GrooVAEs are trained on, where both mean the same throughout."""
EXEMPLARS = (36, 38, 42, 46, 45, 48, 50, 49, 51)
"""Pitches that Magenta writes drums as; ours are 43 and 47 for the low and mid toms."""
GROOVES = {kind.name: kind for kind in KINDS.values()}
TRIADS = [quality for quality in QUALITIES if quality not in ("sus2", "sus4", "5")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of MIDI files and tensors, and of what Magenta makes of each."""
    folder, rng = tmp_path_factory.mktemp("converters"), random.Random(5)  # noqa: S311  # no secret
    beat, lead = drums(rng, BARS, SHARED_PITCHES, played=True), line(rng, BARS, 55, 90)
    write_tracks(folder / "drums.mid", [(9, 0, beat)], TEMPO_BPM, BARS)
    write_tracks(folder / "groove.mid", [(9, 0, drums(rng, BARS, ROLAND_PITCHES, played=True))], TEMPO_BPM, BARS)
    write_tracks(folder / "melody.mid", [(0, 0, lead)], TEMPO_BPM, BARS)
    parts = [
        (0, 0, line(rng, TRIO_BARS, 55, 90)),
        (1, 33, line(rng, TRIO_BARS, 35, 50)),
        (9, 0, drums(rng, TRIO_BARS, SHARED_PITCHES, played=False)),
    ]
    write_tracks(folder / "trio.mid", parts, TEMPO_BPM, TRIO_BARS)
    for name, array in samples().items():
        np.savez(folder / f"{name}.samples.npz", samples=array)
    run_magenta("magenta_converters", jobs(folder), folder)
    return folder


def jobs(folder: Path) -> list[dict[str, object]]:
    files = {"cat-drums_2bar_small": "drums", "cat-mel_2bar_small": "melody", "hier-trio_16bar": "trio"}
    files |= dict.fromkeys(GROOVES, "groove")
    made: list[dict[str, object]] = [
        {"config": config, "mode": "train", "midi": folder / f"{file}.mid", "answers": folder / f"{config}.npz"}
        for config, file in files.items()
    ]
    made += [
        {
            "config": config,
            "mode": "infer",
            "tensors": folder / f"{config}.samples.npz",
            "answers": folder / f"{config}.notes.npz",
        }
        for config in samples()
    ]
    chords = {"chords": [str(chord) for chord in all_chords()], "answers": folder / "chords.npz"}
    return [*made, {"config": "cat-mel_2bar_med_chords", "mode": "infer", **chords}]


def all_chords() -> list[Chord]:
    return [Chord(root, quality) for root in range(len(NOTE_NAMES)) for quality in TRIADS]


def samples() -> dict[str, NDArray[np.float32]]:
    """Return outputs of networks, (4, 32, size), as their decoders give them."""
    rng = np.random.default_rng(3)
    hits = rng.random((4, 32, 9)) < 0.2
    heard = rng.random((4, 32)) < 0.5
    tokens = np.where(heard, rng.integers(0, 90, (4, 32)), HOLD).astype(np.int16)
    velocities, offsets = rng.uniform(0.05, 1.0, hits.shape), rng.uniform(-0.9, 0.9, hits.shape)
    offsets[:, 0] = -0.5
    return {
        "cat-drums_2bar_small": official_outputs(hits),
        "cat-mel_2bar_small": line_classes(tokens, 21, 90),
        "groovae_2bar_humanize": np.concatenate([hits, velocities, offsets], axis=2).astype(np.float32),
    }


def windows(rows: NDArray[np.float32], bars: int, hop: int) -> NDArray[np.float32]:
    """Return windows of so many bars, one every hop bars."""
    ends = range(16 * bars, len(rows) + 1, 16 * hop)
    return np.stack([rows[end - 16 * bars : end] for end in ends])


def assert_same_set(found: NDArray[np.float32], expected: NDArray[np.float32]) -> None:
    """Magenta gives every different window once, in no order."""
    assert len(expected) > 0
    assert {row.astype(np.int8).tobytes() for row in found} == {row.astype(np.int8).tobytes() for row in expected}


def part(path: Path, channel: int, role: Role, bars: int) -> Pattern:
    """Return all notes of a channel."""
    (track,) = [track for track in read_midi(path).tracks if track.channel == channel and track.notes]
    return Pattern(track.notes, 4.0 * bars, role=role)


def without_early_offs(tokens: Tokens) -> Tokens:
    """Return tokens whose note-offs before the first note are holds, as there is nothing to end yet."""
    first = int(np.argmax(tokens > NOTE_OFF))
    return np.where((np.arange(len(tokens)) < first) & (tokens == NOTE_OFF), HOLD, tokens).astype(np.int16)


def test_drums_are_cut_and_encoded_alike(folder: Path) -> None:
    theirs = np.load(folder / "cat-drums_2bar_small.npz")
    hits = to_hits(drum_pattern(read_midi(folder / "drums.mid")))

    assert_same_set(windows(official_inputs(hits), 2, 1), theirs["inputs"])
    assert_same_set(windows(official_outputs(hits), 2, 1), theirs["outputs"])


def test_melodies_are_cut_and_encoded_alike(folder: Path) -> None:
    tokens = to_line(part(folder / "melody.mid", 0, Role.MELODY, BARS))
    cut = [without_early_offs(each) for each in windows(tokens, 2, 1)]

    assert_same_set(line_classes(np.stack(cut), 21, 90), np.load(folder / "cat-mel_2bar_small.npz")["inputs"])


@pytest.mark.parametrize("config", GROOVES)
def test_grooves_are_cut_and_encoded_alike(folder: Path, config: str) -> None:
    theirs = np.load(folder / f"{config}.npz")
    bars = GROOVES[config].config.steps // 16
    played = windows(to_layout(to_groove(drum_pattern(read_midi(folder / "groove.mid")), TEMPO_BPM)), bars, bars)

    np.testing.assert_allclose(played, theirs["outputs"], atol=1e-4)
    batch = official_batch(GROOVES[config], played, np.random.default_rng(0))
    np.testing.assert_allclose(batch["inputs"], theirs["inputs"], atol=1e-4)
    np.testing.assert_allclose(batch["targets"], theirs["outputs"], atol=1e-4)
    assert ("controls" in batch) == ("controls" in theirs and theirs["controls"].shape[-1] > 0)
    if "controls" in batch:
        np.testing.assert_array_equal(batch["controls"], theirs["controls"])


def test_trios_are_cut_and_encoded_alike(folder: Path) -> None:
    path, theirs = folder / "trio.mid", np.load(folder / "hier-trio_16bar.npz")
    parts = [part(path, channel, role, TRIO_BARS) for channel, role in ((0, Role.MELODY), (1, Role.BASS))]
    # Of a chord Magenta takes the highest note in a bass too, where we take the lowest.
    bass = Pattern(parts[1].notes, parts[1].length, role=Role.MELODY)
    trio = Trio(parts[0], bass, part(path, 9, Role.DRUMS, TRIO_BARS))
    config = CASES["hier-trio_16bar"].config
    whole = trio_classes(trio, config.__class__(**{**fields(config), "steps": 16 * TRIO_BARS}))

    assert_same_set(windows(whole, 16, 1), theirs["inputs"])


def fields(config: object) -> dict[str, object]:
    return {name: getattr(config, name) for name in config.__dataclass_fields__}  # type: ignore[attr-defined]


def test_chords_have_the_same_numbers(folder: Path) -> None:
    numbers = [int(np.argmax(chord_values(Tones.of(chord), ChordEncoding.TRIADS))) for chord in all_chords()]

    assert numbers == np.load(folder / "chords.npz")["classes"].tolist()


def theirs_of(folder: Path, config: str, sample: int) -> list[tuple[float, ...]]:
    """Return Magenta's notes of a sample: start and end in quarters at 120 bpm, pitch, velocity."""
    rows = np.load(folder / f"{config}.notes.npz")["notes"]
    return sorted((row[1] * 2, row[2] * 2, row[3], row[4]) for row in rows if row[0] == sample)


def test_melodies_are_decoded_alike(folder: Path) -> None:
    for number, sample in enumerate(samples()["cat-mel_2bar_small"]):
        ours = from_line(line_tokens(sample, 21))
        expected = [row[:3] for row in theirs_of(folder, "cat-mel_2bar_small", number)]
        np.testing.assert_allclose(sorted((note.start, note.end, note.pitch) for note in ours.notes), expected)


def test_drums_are_decoded_alike(folder: Path) -> None:
    lanes = {pitch: lane for lane, pitch in enumerate(EXEMPLARS)}
    for number, sample in enumerate(samples()["cat-drums_2bar_small"]):
        found = to_hits(from_hits(hits_of(sample)))
        expected = np.zeros_like(found)
        for start, _, pitch, _ in theirs_of(folder, "cat-drums_2bar_small", number):
            expected[round(start * 4), lanes[int(pitch)]] = True
        np.testing.assert_array_equal(found, expected)


def test_grooves_are_decoded_alike(folder: Path) -> None:
    lanes = {pitch: lane for lane, pitch in enumerate(EXEMPLARS)}
    for number, sample in enumerate(samples()["groovae_2bar_humanize"]):
        pattern = from_groove(from_layout(sample, 120.0))
        own = {pitch: lane for lane, pitch in enumerate((36, 38, 42, 46, 43, 47, 50, 49, 51))}
        ours = sorted((own[note.pitch], note.start, note.velocity) for note in pattern.notes)
        rows = theirs_of(folder, "groovae_2bar_humanize", number)
        expected = sorted((lanes[int(pitch)], start, velocity) for start, _, pitch, velocity in rows)
        np.testing.assert_allclose(ours, expected, atol=1e-5)
