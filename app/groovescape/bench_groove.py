"""What grooves cost: humanising by each model, a groove on two bars, a mix of four, sliders, extraction."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np

from groovescape.bench import Design, Figure, cpu_ms
from groovescape_models.checkpoints.registry import Backend, ModelInfo, open_network, shipped_models
from groovescape_models.encoding.drums import from_hits
from groovescape_models.engines.engine import FeelRequest
from groovescape_models.engines.feel import FeelEngine
from groovescape_models.engines.humanizer import Humanizer
from groovescape_models.engines.studio import HUMANIZER, Studio, open_studio
from groovescape_models.music.cells import NOTE_LENGTH
from groovescape_models.music.curve import Curve
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.feel import Feel, GrooveAmount
from groovescape_models.music.groove_choice import GrooveChoice
from groovescape_models.music.groove_extract import extract_groove
from groovescape_models.music.grooving import blend_feels, played_in_order
from groovescape_models.music.pattern import Note, Pattern

DESIGN: Final[Mapping[str, Design]] = MappingProxyType(
    {"humanizer_2bar": Design(85.0, 35.0), "groove_lstm_2bar": Design(65.0, 28.0)}
)
"""The design document's GrooVAE and distilled LSTM."""
KINDS: Final = ("humanizer", "humanizer_lite")
LONG: Final = 10_000
"""Notes of a long clip."""
MIX: Final = (0.4, 0.3, 0.2, 0.1)
EVERYTHING: Final = GrooveAmount(1.2, 1.1, 0.9, (1.0, 0.8) + (1.1,) * (DRUM_COUNT - 2), 0.5, 0.4, True, 1.0, 0.5)
"""Every slider away from where it costs nothing."""


def bench_grooves(runs: int, backend: Backend = "auto") -> tuple[Figure, ...]:
    """Measure grooves on a pattern of two bars, and on a long clip."""
    studio = open_studio(backend)
    pattern = studio.style_pattern(studio.styles()[0])
    models = (info for info in shipped_models() if info.kind in KINDS)
    works = (Figure(name, "CPU ms", *cpu_ms(work, runs), runs) for name, work in _works(studio, pattern))
    return (*(figure for info in models for figure in _of_model(info, studio, pattern, runs, backend)), *works)


def _of_model(info: ModelInfo, studio: Studio, pattern: Pattern, runs: int, backend: Backend) -> Iterator[Figure]:
    """Yield what a humaniser costs: two bars decoded, and, but for the one behind the studio, the whole feel."""
    humanizer = Humanizer(open_network(info, backend), int(info.config["latent_size"]))
    hits = (np.random.default_rng(0).random((16, 1, 32, DRUM_COUNT)) < 0.2).astype(np.bool_)
    decode = cpu_ms(lambda run: humanizer.decode(hits[run % len(hits)], 120.0, None), runs)
    yield Figure(f"{info.id}: decode 2 bars", "CPU ms", *decode, runs, DESIGN.get(info.id))
    if info.id != HUMANIZER:
        engine = FeelEngine(humanizer, studio.groove_library)
        feel = cpu_ms(lambda run: engine.feel(FeelRequest(pattern, seed=run % 1_000_003)), runs)
        yield Figure(f"{info.id}: humanise 2 bars", "CPU ms", *feel, runs)


def _works(studio: Studio, pattern: Pattern) -> Iterator[tuple[str, Callable[[int], object]]]:
    """Yield (name, work) of what a gesture asks for: other requests in each run, as engines remember answers."""
    grooves = studio.grooves()
    first = grooves[0].facts.id
    yield "a groove on 2 bars", lambda run: studio.feel(FeelRequest(pattern, 90.0 + run % 997 * 0.1, first))
    feels = [studio.feel(FeelRequest(pattern, groove=groove.facts.id)) for groove in grooves[:4]]
    yield "mix of four grooves, 2 bars", lambda _: blend_feels(feels, MIX)
    yield "all sliders and curves, 2 bars", _applying(pattern, feels[0], feels[1])
    clip = long_clip()
    own = Feel(tuple(note.start + 0.01 for note in clip.notes), tuple(note.velocity for note in clip.notes))
    yield f"all sliders and curves, {LONG:,} notes", _applying(clip, own, Feel.of(clip))
    yield "extract the groove of 2 bars", lambda run: extract_groove(pattern, 90.0 + run % 997 * 0.1)
    yield f"extract the groove of {LONG:,} notes", lambda run: extract_groove(clip, 90.0 + run % 997 * 0.1)


def _applying(pattern: Pattern, feel: Feel, other: Feel) -> Callable[[int], object]:
    rise, way = Curve(((0.0, 0.2), (pattern.length, 1.5))), Curve(((0.0, 0.0), (pattern.length, 1.0)))
    choice = GrooveChoice(amount=EVERYTHING, intensity_curve=rise, morph_curve=way)
    return lambda _: played_in_order(pattern, feel, other, choice)


def long_clip() -> Pattern:
    """Return LONG notes of drums, two a step, a little off the grid, the same each time."""
    rng = np.random.default_rng(0)
    steps = LONG // 2
    hits = np.zeros((steps, DRUM_COUNT), np.bool_)
    for row in hits:
        row[rng.choice(DRUM_COUNT, 2, replace=False)] = True
    written = from_hits(hits)
    late = np.abs(rng.normal(0.0, 0.01, len(written.notes))).tolist()
    return written.with_notes(
        Note(note.start + by, NOTE_LENGTH, note.pitch, note.velocity)
        for note, by in zip(written.notes, late, strict=True)
    )
