"""Clock and synth together, block by block, as the device asks for them."""

import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from groovescape.audio.performance import Performance
from groovescape.audio.soundfont import list_kits
from groovescape.audio.synth import Synth
from groovescape.audio.transport import LoopClock
from groovescape_models.music.pattern import Note, Pattern

RATE = 48_000
Actions = Mapping[int, Callable[[], object]]
Sound = NDArray[np.float32]


def fill(performance: Performance, frames: int, block: int = 256, actions: Actions | None = None) -> Sound:
    """Render in blocks; do what `actions` says before the block of that number."""
    blocks = []
    for number in range(-(-frames // block)):
        if actions and number in actions:
            actions[number]()
        out = np.full((block, 2), np.nan, np.float32)
        performance.fill(out)
        blocks.append(out)
    return np.concatenate(blocks)[:frames]


def played(strikes: list[tuple[int, int, int]], soundfont: Path, frames: int) -> Sound:
    """Render strikes by the synth itself, past our clockwork."""
    out = np.zeros((frames, 2), np.float32)
    with Synth(soundfont) as synth:
        done = 0
        for frame, pitch, velocity in sorted(strikes, key=lambda strike: (strike[0], strike[2] > 0)):
            out[done:frame] = synth.render(frame - done)
            done = frame
            if velocity:
                synth.note_on(pitch, velocity)
            else:
                synth.note_off(pitch)
        out[done:] = synth.render(frames - done)
    return out


def jump(sound: Sound) -> float:
    return float(np.abs(np.diff(sound, axis=0)).max())


def grid(pitch: int, velocity: int = 90) -> Pattern:
    return Pattern(tuple(Note(i * 0.5, 0.125, pitch, velocity) for i in range(8)), 4.0)


def test_swaps_add_no_click_and_leave_no_gap(soundfont: Path) -> None:
    """The pattern changes in each bar; the sound is that of the hits struck by hand, sample for sample."""
    patterns = [grid(36), grid(38), grid(45), grid(36, 60)]
    clock = LoopClock(patterns[0], 120)
    clock.play()
    # A quarter is 24,000 frames; block 187 begins at frame 47,872, just before the beat on which pattern 1 begins.
    actions = {number * 187: lambda number=number: clock.swap(patterns[number]) for number in (1, 2, 3)}
    with Synth(soundfont) as synth:
        sound = fill(Performance(clock, synth), 4 * 47_872, actions=actions)
    strikes = []
    for eighth in range(16):
        frame = int(eighth * 12_000 / 64 + 0.5) * 64
        note = patterns[eighth // 4].notes[eighth % 8]
        strikes += [(frame, note.pitch, note.velocity), (frame + 3008, note.pitch, 0)]
    expected = played([s for s in strikes if s[0] < len(sound)], soundfont, len(sound))
    assert np.abs(sound).max() > 0.1
    assert np.abs(sound - expected).max() < 1e-4


@pytest.mark.parametrize("block", [100, 256, 441, 1024])
def test_any_block_size_gives_the_same_sound(rock: Pattern, soundfont: Path, block: int) -> None:
    sounds = []
    for size in (256, block):
        clock = LoopClock(rock, 127)
        clock.play()
        with Synth(soundfont) as synth:
            sounds.append(fill(Performance(clock, synth), 2 * RATE, size))
    assert np.abs(sounds[0] - sounds[1]).max() < 1e-5


def test_stop_fades_out_within_50_ms_without_a_click(rock: Pattern, soundfont: Path) -> None:
    clock = LoopClock(rock, 120)
    clock.play()
    with Synth(soundfont) as synth:
        performance = Performance(clock, synth)
        before = fill(performance, 93 * 256)
        clock.stop()
        after = fill(performance, 93 * 256)
        assert np.abs(before[-2400:]).max() > 0.001
        assert not after[2560:].any()
        assert jump(np.concatenate([before[-1:], after])) <= jump(before)
        assert synth.voices == 0
        assert not performance.sounding


def test_play_after_stop_begins_with_the_first_hit_in_full(rock: Pattern, soundfont: Path) -> None:
    clock = LoopClock(rock, 120)
    clock.play()
    with Synth(soundfont) as synth:
        performance = Performance(clock, synth)
        fresh = fill(performance, 9_600)
        clock.stop()
        clock.play()
        again = fill(performance, 20_000)
    begin = 11 * 256  # ten blocks to fade, one to forget
    assert not again[2560:begin].any()
    # FluidSynth fades a voice that has been in use before in over its first 64 frames otherwise than a new one.
    assert np.abs(again[begin + 64 : begin + 9_600] - fresh[64:]).max() < 1e-5


def test_an_audition_sounds_when_nothing_plays(soundfont: Path) -> None:
    clock = LoopClock(Pattern())
    with Synth(soundfont) as synth:
        performance = Performance(clock, synth)
        assert not fill(performance, 4_800).any()
        clock.audition(38, 100)
        assert np.abs(fill(performance, 9_600)).max() > 0.05


def test_the_volume_moves_without_a_click(soundfont: Path) -> None:
    clock = LoopClock(grid(49), 120)
    clock.play()
    with Synth(soundfont) as synth:
        performance = Performance(clock, synth)
        loud = fill(performance, RATE)
        moves = {n * 8: (lambda n=n: performance.set_volume(n % 2)) for n in range(1, 40)}
        moving = fill(performance, RATE, actions=moves)
        performance.set_volume(0.0)
        fill(performance, 2 * 960)
        assert not fill(performance, 9600).any()
    assert jump(moving) <= jump(loud) + 1 / 960


def test_another_kit_takes_over_while_the_old_one_rings(soundfont: Path) -> None:
    kits = list_kits(soundfont)
    clock = LoopClock(Pattern((Note(0.0, 0.25, 49, 127),), 4.0), 120)
    clock.set_looping(False)
    clock.play()
    first, second = Synth(soundfont, kit=kits[0]), Synth(soundfont, kit=kits[-1])
    performance = Performance(clock, first)
    try:
        sound = fill(performance, 4 * RATE, block=100, actions={99: lambda: performance.use(second)})
        alone = played([(0, 49, 127), (6016, 49, 0)], soundfont, len(sound))
        # The cymbal goes on as if nothing had happened.
        assert np.abs(sound[:24_000] - alone[:24_000]).max() < 0.02
        assert jump(sound) <= jump(alone) * 1.01
        fill(performance, 12 * RATE, block=4096)
        assert list(performance.retired) == [first]
        clock.play()
        assert np.abs(fill(performance, RATE)).max() > 0.01
    finally:
        performance.close()


def test_a_whole_kit_struck_at_once_stays_below_full_scale(soundfont: Path) -> None:
    clock = LoopClock(Pattern(tuple(Note(0.0, 0.25, pitch, 127) for pitch in range(35, 60))), 120)
    clock.play()
    with Synth(soundfont) as synth:
        assert np.abs(fill(Performance(clock, synth), RATE)).max() <= 1.0


def test_a_thread_that_computes_does_not_hold_up_a_block_that_has_begun(rock: Pattern, soundfont: Path) -> None:
    """Nothing in fill lets go of the interpreter lock: each time would cost 5 ms and more, until it came back."""
    clock = LoopClock(rock, 120)
    clock.play()
    done = threading.Event()

    def compute() -> None:
        while not done.is_set():
            sum(range(20_000))

    thread = threading.Thread(target=compute)
    thread.start()
    took = []
    try:
        with Synth(soundfont) as synth:
            performance = Performance(clock, synth)
            out = np.zeros((256, 2), np.float32)
            for _ in range(200):
                time.sleep(0.001)
                begin = time.perf_counter()
                performance.fill(out)
                took.append(time.perf_counter() - begin)
    finally:
        done.set()
        thread.join()
    assert np.percentile(took, 90) < 256 / RATE
