"""All engines behind one door, with the shipped weights, loaded when they are first needed."""

import threading
from dataclasses import dataclass
from functools import cached_property

from groovescape_models.checkpoints.registry import Backend, ModelInfo, open_network, shipped_model, shipped_models
from groovescape_models.engines.cached import Memory
from groovescape_models.engines.drum_vae import DrumVae
from groovescape_models.engines.engine import FeelRequest, GenerateRequest, MorphRequest, ShouldStop, never
from groovescape_models.engines.feel import FeelEngine
from groovescape_models.engines.generate import DrumGenerator
from groovescape_models.engines.humanizer import Humanizer
from groovescape_models.engines.morph import DrumMorph
from groovescape_models.engines.presets import GroovePreset, shipped_presets
from groovescape_models.engines.styles import shipped_styles, style_named
from groovescape_models.music.feel import Feel
from groovescape_models.music.pattern import Pattern

DRUMS = "drums_2bar"
HUMANIZER = "humanizer_2bar"


@dataclass(frozen=True, eq=False)
class _Engines:
    generator: DrumGenerator
    morph: DrumMorph
    feel: FeelEngine


class Studio:
    """Generates, morphs and humanises; answers are remembered by request.

    Threads may share a studio. Weights are read at the first request; warm_up() reads them before.
    """

    def __init__(self, backend: Backend = "auto") -> None:
        """Choose where the networks run: LiteRT, NumPy, or whichever is there."""
        self._backend: Backend = backend
        self._loading = threading.Lock()
        self._generated: Memory[tuple[Pattern, ...]] = Memory()
        self._morphed: Memory[tuple[Pattern, ...]] = Memory()
        self._felt: Memory[Feel] = Memory()

    def warm_up(self) -> None:
        """Load all weights, presets and styles now."""
        with self._loading:
            shipped_presets()
            shipped_styles()
            self._engines  # noqa: B018  # reading the property loads it

    def generate(self, request: GenerateRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return request.count new patterns."""
        self.warm_up()
        return self._generated.answer(request, lambda: self._engines.generator.generate(request, should_stop))

    def morph(self, request: MorphRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return one pattern a point of the plane between four corners."""
        self.warm_up()
        return self._morphed.answer(request, lambda: self._engines.morph.morph(request, should_stop))

    def feel(self, request: FeelRequest, should_stop: ShouldStop = never) -> Feel:
        """Return how a drummer would play a pattern."""
        self.warm_up()
        return self._felt.answer(request, lambda: self._engines.feel.feel(request, should_stop))

    def styles(self) -> tuple[str, ...]:
        """Return the names of all styles; the first four stand in the pad's corners at first."""
        return tuple(style.name for style in shipped_styles())

    def style_pattern(self, name: str) -> Pattern:
        """Return the pattern that stands for a style."""
        return style_named(name).exemplar

    def grooves(self) -> tuple[GroovePreset, ...]:
        """Return all groove presets."""
        return tuple(groove.preset for groove in shipped_presets())

    def models(self) -> tuple[ModelInfo, ...]:
        """Return the shipped models."""
        return shipped_models()

    @cached_property
    def _engines(self) -> _Engines:
        drums, groove = shipped_model(DRUMS), shipped_model(HUMANIZER)
        vae = DrumVae(open_network(drums, self._backend), int(drums.config["latent_size"]))
        humanizer = Humanizer(open_network(groove, self._backend), int(groove.config["latent_size"]))
        generator = DrumGenerator(vae, humanizer, int(drums.config["latent_size"]))
        return _Engines(generator, DrumMorph(vae, humanizer), FeelEngine(humanizer))


def open_studio(backend: Backend = "auto") -> Studio:
    """Return a studio with the shipped weights."""
    return Studio(backend)
