"""What a groove costs while it plays: a step of live input, and a slider moved while a long pattern loops."""

import time
from dataclasses import replace
from typing import Final

import numpy as np

from groovescape.audio.output import BLOCK_FRAMES
from groovescape.audio.transport import LoopClock
from groovescape.bench import Design, Figure, percentile_95
from groovescape_models.checkpoints.registry import Backend
from groovescape_models.engines.groove_library import shipped_grooves
from groovescape_models.engines.groove_stream import Event, GrooveStream
from groovescape_models.engines.live_drummer import open_live_drummer
from groovescape_models.engines.live_groove import LiveGroove
from groovescape_models.music.drumkit import Drum
from groovescape_models.music.feel import Feel, GrooveAmount
from groovescape_models.music.groove_choice import GrooveChoice
from groovescape_models.music.part import Part
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import STEP

STEPS: Final = 5_000
BLOCKS: Final = 3_000
STEP_MS: Final = Design(1.0)
"""The most that a step may cost."""
KIT: Final = (Drum.KICK, Drum.SNARE, Drum.CLOSED_HAT, Drum.RIDE)
LONG_BARS: Final = 250


def bench_stream(backend: Backend) -> tuple[Figure, ...]:
    """Measure all of it: the usual, and what one step in a thousand takes."""
    return (
        *_figures("a step of 4 hits through a groove", _steps()),
        *_figures("a step of 4 hits through the humaniser", _drummer_steps(backend)),
        *_figures("a slider, 16,000 notes playing", _sliders()),
    )


def _figures(name: str, spent: list[float]) -> tuple[Figure, Figure]:
    rare, most = float(np.percentile(spent, 99.9)), max(spent)
    usual = Figure(name, "CPU ms", float(np.median(spent)), percentile_95(spent), len(spent), STEP_MS)
    return usual, Figure(f"{name}, 1 in 1,000", "CPU ms", rare, most, len(spent), STEP_MS)


def _steps() -> list[float]:
    """Return the CPU ms of steps of four drums in a mix of four grooves, of which a slider moves every other step."""
    groove = LiveGroove(shipped_grooves()[:4], (0.4, 0.3, 0.2, 0.1))
    stream, spent = GrooveStream(groove), []
    for step in range(STEPS):
        began = time.thread_time()
        if step % 2:
            stream.set_groove(groove.with_amount(_amount(step)))
        for drum in KIT:
            stream.push(Event(step * STEP, drum.pitch, 90))
        stream.pull(step * STEP)
        spent.append((time.thread_time() - began) * 1e3)
    return spent


def _drummer_steps(backend: Backend) -> list[float]:
    """Return the CPU ms of steps of four drums played by the humaniser for real time."""
    drummer, spent = open_live_drummer(backend=backend), []
    for step in range(STEPS):
        began = time.thread_time()
        for drum in KIT:
            drummer.push(Event(step * STEP, drum.pitch, 90))
        drummer.pull((step + 0.5) * STEP)
        spent.append((time.thread_time() - began) * 1e3)
    return spent


def _sliders() -> list[float]:
    """Return the CPU ms of moving a slider and playing the block after it, four drums on each sixteenth."""
    notes = tuple(Note(step * STEP, 0.2, drum.pitch, 90) for step in range(LONG_BARS * 16) for drum in KIT)
    pattern = Pattern(notes, LONG_BARS * 4.0)
    feel = Feel(tuple(note.start + STEP / 5 for note in pattern.notes), tuple(80 for _ in notes))
    part = Part(pattern, feel, GrooveChoice("bench"))
    clock, spent = LoopClock(pattern), []
    clock.play()
    for block in range(BLOCKS):
        moved = replace(part, groove=GrooveChoice("bench", _amount(block)))
        began = time.thread_time()
        clock.set_parts(moved)
        clock.advance(BLOCK_FRAMES)
        spent.append((time.thread_time() - began) * 1e3)
    return spent


def _amount(turn: int) -> GrooveAmount:
    return GrooveAmount(intensity=turn % 150 / 100)
