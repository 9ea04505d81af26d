"""The player on a real (dummy) sound device: what comes out of it, how long it takes, and what happens when it dies."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from groovescape.audio.devices import find_device, rescan_devices
from groovescape.audio.output import BLOCK_FRAMES, SoundOutput
from groovescape.audio.player import Player
from groovescape_models.music.feel import Feel, GrooveAmount
from groovescape_models.music.groove_choice import GrooveChoice
from groovescape_models.music.part import Part
from groovescape_models.music.pattern import Note, Pattern

sys.path.insert(0, str(Path(__file__).parent))
from sound_jack import SAMPLE_RATE, JackServer, Recording

BLOCK_MS = 1000 * BLOCK_FRAMES / SAMPLE_RATE
LOST_FRAMES = 2500  # less than half a sixteenth
Sound = NDArray[np.float32]


@pytest.fixture(scope="module")
def jack() -> Iterator[JackServer]:
    with JackServer(f"groovescape-test-{os.getpid()}", period_frames=4096) as server:
        rescan_devices()
        yield server
        # PortAudio must let go of the server before it stops.
        os.environ["JACK_DEFAULT_SERVER"] = "groovescape-no-such-server"
        rescan_devices()


@pytest.fixture
def player(jack: JackServer) -> Iterator[Player]:
    player = Player()
    assert player.warm_up(), player.problem
    yield player
    player.close()


def beat(velocity: int = 100, late: float = 0.0) -> Pattern:
    """Sixteenths on the hat, kick and snare; the notes between the beats are late by so many steps."""
    hats = [Note((i + (late if i % 2 else 0.0)) * 0.25, 0.2, 42, velocity - 20) for i in range(32)]
    kicks = [Note(float(i), 0.2, 36, velocity) for i in range(8)]
    snares = [Note(1.0 + 2 * i, 0.2, 38, velocity) for i in range(4)]
    return Pattern((*hats, *kicks, *snares))


def begin_of(sound: Sound) -> int:
    return int(np.argmax(np.abs(sound).max(axis=1) > 1e-4))


def follow(sound: Sound, expected: Sound, place: int) -> tuple[int, bool]:
    """Return where `expected` lies in the recording, near a place, and whether it lies there sample for sample."""
    begin = max(0, place - LOST_FRAMES)
    window = sound[begin : place + LOST_FRAMES + len(expected), 0]
    energy = np.convolve(window**2, np.ones(len(expected), np.float32), "valid")
    likeness = 2 * np.correlate(window, expected[:, 0], "valid") - energy  # the least squared difference is the most
    found = begin + int(np.argmax(likeness))
    return found, bool(np.abs(sound[found : found + len(expected)] - expected).max() < 1e-3)


def test_what_the_device_gets_is_the_rendering_sample_for_sample(player: Player, tmp_path: Path) -> None:
    """So onsets are where the notes are. A busy machine loses a period now and then; that moves all that follows it."""
    player.set_pattern(beat())
    player.set_looping(False)
    rendered = player.render()
    recording = Recording(tmp_path / "beat.wav", 6)
    assert player.play(), player.problem
    sound = recording.sound()
    lost = begin_of(sound) - begin_of(rendered)
    errors, exact = [], []
    for step in range(32):
        onset = step * SAMPLE_RATE // 8
        # FluidSynth's voices begin otherwise in their first 64 frames when they have been in use before.
        piece = rendered[onset + 128 : onset + 3200]
        found, same = follow(sound, piece, onset + 128 + lost)
        errors.append(abs(found - (onset + 128 + lost)))
        lost = found - onset - 128
        exact.append(same)
    assert np.mean(exact) >= 0.8, exact
    within_3_ms = np.array(errors) <= 0.003 * SAMPLE_RATE
    assert within_3_ms.mean() >= 0.8, errors


class Tap:
    """Keeps what the device is handed, sample for sample, and the processor time that each block cost.

    What a busy machine does to a recording, or to our thread between two lines, is in neither.
    """

    def __init__(self, output: SoundOutput, seconds: int) -> None:
        self._fill = output._fill
        self._sound = np.full((seconds * SAMPLE_RATE, 2), 0.5, np.float32)  # written: it is in memory from now on
        self.frames = 0
        self.cpu_ms: list[float] = []
        output._fill = self._tapped

    def _tapped(self, out: Sound) -> None:
        began = time.thread_time()
        self._fill(out)
        self.cpu_ms.append((time.thread_time() - began) * 1000.0)
        kept = out[: len(self._sound) - self.frames]
        self._sound[self.frames : self.frames + len(kept)] = kept
        self.frames += len(kept)

    @property
    def sound(self) -> Sound:
        return self._sound[: self.frames]


def hits_present(sound: Sound) -> float:
    """Return the share of the steps in which anything is struck."""
    loud = np.abs(sound).max(axis=1) > 0.003
    step = SAMPLE_RATE // 8
    return float(loud[: len(loud) // step * step].reshape(-1, step).any(axis=1)[1:].mean())


def steepest(sound: Sound) -> float:
    return float(np.abs(np.diff(sound, axis=0)).max())


PATTERNS = [beat(100 - 2 * i, late=0.04 * i) for i in range(8)]


def grooved(turn: int) -> Part:
    """Return the first beat with its off-beats late by up to 0.4 steps, by a slider that moves on each turn."""
    notes = PATTERNS[0].notes
    late = [0.1 if round(note.start * 4) % 2 else 0.0 for note in notes]
    feel = Feel(tuple(n.start + s for n, s in zip(notes, late, strict=True)), tuple(n.velocity for n in notes))
    return Part(PATTERNS[0], feel, GrooveChoice("drummer", GrooveAmount(intensity=turn % 100 / 100)))


@pytest.mark.parametrize("change", [lambda turn: Part(PATTERNS[turn % len(PATTERNS)]), grooved])
def test_ten_seconds_of_changes_leave_no_gap_no_click_and_no_memory(
    player: Player, tmp_path: Path, change: Callable[[int], Part]
) -> None:
    """What is handed to the device is whole however busy the machine is; what arrives, as far as the machine lets it.

    Which hits are struck is known to the frame in tests/app/audio: test_swap_sound.py and test_groove_clock.py, where
    no clock runs.
    """
    calm = max(steepest(player.render(pattern)) for pattern in PATTERNS)
    player.set_parts(change(0))
    assert player.play()
    output = player._output
    assert output is not None
    time.sleep(0.5)
    recording = Recording(tmp_path / "changes.wav", 10)
    tap = Tap(output, 20)
    output.block_ms.clear()
    underruns, memory = output.underruns, resident_mb()
    end = time.monotonic() + 10
    changes = 0
    while time.monotonic() < end:
        player.set_parts(change(changes))
        changes += 1
        time.sleep(0.02)
    grown = resident_mb() - memory
    recorded = recording.sound()
    median, late = float(np.median(output.block_ms)), float(np.percentile(tap.cpu_ms, 99))
    print(  # noqa: T201 - the figures of this machine, shown with -s
        f"{changes} changes, a block of {BLOCK_MS:.2f} ms took {median:.3f} ms median ({median / BLOCK_MS:.1%}), "
        f"{late:.3f} CPU ms p99 ({late / BLOCK_MS:.1%}), {output.underruns - underruns} underruns, "
        f"{grown:.1f} MB more, {hits_present(recorded):.1%} of the steps recorded, "
        f"steepest {steepest(tap.sound) / calm:.3f} of the loudest pattern"
    )
    assert changes > 160, "fewer than two a sixteenth"
    assert median < 0.25 * BLOCK_MS
    assert late < BLOCK_MS
    assert grown < 3
    assert hits_present(tap.sound) == 1.0, "a hit is missing"
    # FluidSynth begins a voice that has been in use before otherwise than a new one, by less than a hundredth.
    assert steepest(tap.sound) <= 1.01 * calm, "a click"
    assert hits_present(recorded) >= 0.8, "what we handed over has not come out"


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def test_the_position_goes_round_with_the_music(player: Player) -> None:
    player.set_pattern(beat())
    player.set_tempo(240.0)
    assert player.position() is None
    assert player.play()
    time.sleep(0.3)
    times, places = [], []
    for _ in range(100):
        place = player.position()
        assert place is not None
        assert 0.0 <= place < 8.0
        times.append(time.perf_counter())
        places.append(place)
        time.sleep(0.02)
    moved = np.unwrap(np.array(places), period=8.0)
    rate = np.polyfit(times, moved, 1)[0]
    assert rate == pytest.approx(4.0, rel=0.03)
    player.stop()
    time.sleep(0.4)
    assert player.position() is None
    assert not player.is_playing


def test_stop_is_heard_as_silence_and_an_audition_as_a_hit(player: Player, tmp_path: Path) -> None:
    player.set_pattern(beat())
    assert player.play()
    time.sleep(0.4)
    player.stop()
    time.sleep(0.4)
    recording = Recording(tmp_path / "audition.wav", 2)
    time.sleep(0.5)
    assert player.audition(38, 110)
    sound = recording.sound()
    begin = begin_of(sound)
    assert begin > SAMPLE_RATE // 10
    assert np.abs(sound[:begin]).max() < 1e-4
    assert np.abs(sound).max() > 0.05


def test_kits_and_soundfonts_change_while_it_plays(player: Player) -> None:
    player.set_pattern(beat())
    assert player.play()
    for kit in player.kits()[:5]:
        assert player.set_kit(kit)
        time.sleep(0.1)
    assert player.set_soundfont(player.soundfont)
    player.set_volume(0.2)
    time.sleep(0.1)
    assert player.is_playing
    assert player.problem is None


def test_an_error_while_rendering_is_reported_and_silent(jack: JackServer) -> None:
    reports: list[str] = []

    def broken(out: Sound) -> None:
        raise ZeroDivisionError("division by zero")

    output = SoundOutput(find_device(), broken, reports.append)
    time.sleep(0.5)
    assert not output.active
    output.close()
    assert reports == [
        "Playing stopped because of an internal error (ZeroDivisionError: division by zero): press play again."
    ]


PLAYING = """
    assert player.play(), player.problem
    time.sleep(0.5)
    assert player.is_playing
    server.stop()
    time.sleep(0.5)
    assert not player.is_playing
    assert player.position() is None
"""
RESTING = """
    assert player.warm_up(), player.problem
    player.close()
    server.stop()
"""
DYING = """
import sys, time
from groovescape.audio.player import Player
from sound_jack import JackServer
with JackServer(sys.argv[1], 256) as server:
    player = Player(on_problem=print)
{begin}
    assert not player.play()
    assert not player.retry_device()
    assert abs(player.render()).max() == 0
    player.close()
"""


@pytest.mark.parametrize(("begin", "sentences"), [(PLAYING, ["The audio output has gone"]), (RESTING, [])])
def test_a_sound_server_that_dies_is_a_sentence_and_never_a_hanging_program(begin: str, sentences: list[str]) -> None:
    """PortAudio 19.6 waits for ever for a dead server when a stream is closed, and aborts when the program ends."""
    paths = [str(Path(__file__).parent), *sys.path]
    result = subprocess.run(
        [sys.executable, "-c", DYING.format(begin=begin), f"groovescape-dying-{os.getpid()}"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    found = result.stdout.splitlines()
    assert len(found) == len(sentences) + 1
    for line, start in zip(found, [*sentences, "The sound server that"], strict=True):
        assert line.startswith(start)
