"""All engines behind one door, with the shipped weights, each loaded when it is first needed."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from groovescape_models.checkpoints.registry import Backend, ModelInfo, Precision, shipped_models
from groovescape_models.checkpoints.user_models import all_models, model_named, read_user_model, user_models
from groovescape_models.encoding.given import STYLES as DRUMMER_STYLES
from groovescape_models.engines.added import AddedModels
from groovescape_models.engines.algorithmic import ALGORITHM, ALGORITHMIC_STYLES, is_algorithmic
from groovescape_models.engines.cached import Memory
from groovescape_models.engines.engine import (
    AddLanesRequest,
    ContinueRequest,
    ControlRequest,
    FeelRequest,
    GenerateRequest,
    GrooveEngine,
    InfillRequest,
    InterpolateRequest,
    MapRequest,
    MorphEngine,
    MorphRequest,
    PatternEngine,
    RestyleRequest,
    ShouldStop,
    TapRequest,
    TrioRequest,
    VaryRequest,
    never,
)
from groovescape_models.engines.engine_choices import EngineChoice, added_humanizers, engine_choices
from groovescape_models.engines.feel import FeelEngine
from groovescape_models.engines.four_bars import FourBarGenerator
from groovescape_models.engines.generate import DrumGenerator
from groovescape_models.engines.generate_lines import LineGenerator
from groovescape_models.engines.groove_library import GrooveLibrary
from groovescape_models.engines.infill import Infill
from groovescape_models.engines.latent_tools import LatentTools
from groovescape_models.engines.library import DRUMS, FOUR_BARS, HUMANIZER, LINES, TRIO, Library, shipped_humanizers
from groovescape_models.engines.line_feel import LineFeel
from groovescape_models.engines.loudness import DrumLoudness
from groovescape_models.engines.makers import MODEL, Makers
from groovescape_models.engines.meters import MeterGenerator
from groovescape_models.engines.missing import MissingPlayer
from groovescape_models.engines.morph import DrumMorph
from groovescape_models.engines.morph_lines import LineMorph
from groovescape_models.engines.official import official_space
from groovescape_models.engines.on_demand import OnDemand
from groovescape_models.engines.recast import Loudness, line_loudness
from groovescape_models.engines.trio import TrioGenerator
from groovescape_models.engines.trio_makers import TrioMakers
from groovescape_models.errors import UnknownNameError
from groovescape_models.latent.map import LatentMap
from groovescape_models.latent.model import LatentModel
from groovescape_models.latent.region import Region
from groovescape_models.music.feel import Feel
from groovescape_models.music.groove_template import GrooveTemplate
from groovescape_models.music.pattern import Pattern, Role
from groovescape_models.music.trio import Trio

__all__ = ["DRUMS", "HUMANIZER", "Studio", "open_studio"]

FEELS_KEPT = 96
"""Feels that are remembered: those of a clip of 10,000 notes are a megabyte each."""


class Studio:
    """Generates, morphs and humanises; answers are remembered by request.

    Threads may share a studio. Weights are read at the first request that needs them; warm_up() reads them before.
    """

    def __init__(self, backend: Backend = "auto", precision: Precision = "auto", folder: Path | None = None) -> None:
        """Choose where networks run (LiteRT, NumPy, or whichever is there) and how their weights are kept.

        folder holds what the user adds: folder/styles/ROLE/*.json, folder/models/ID and folder/grooves/*.groove.
        """
        self._folder = folder
        self.groove_library = GrooveLibrary(folder)
        self.library = library = Library(backend, precision, folder)
        self._generators: Mapping[tuple[str, Role], OnDemand[PatternEngine]] = {
            (MODEL, Role.DRUMS): OnDemand(self._drum_generator),
            **{(MODEL, role): OnDemand(partial(self._line_generator, role)) for role in LINES},
            **{(name, role): OnDemand(partial(self._four_bars, role)) for role, name in FOUR_BARS.items()},
        }
        self._morphs: Mapping[Role, OnDemand[MorphEngine]] = {
            Role.DRUMS: OnDemand(lambda: DrumMorph(library.drums(), library.humanizer())),
            Role.MELODY: OnDemand(lambda: LineMorph(library.lines[Role.MELODY]())),
            Role.BASS: OnDemand(lambda: LineMorph(library.lines[Role.BASS]())),
        }
        self._feel = OnDemand(lambda: FeelEngine(library.humanizer(), self.groove_library))
        self._other_feels: Memory[FeelEngine] = Memory(2)
        self._line_feel = LineFeel(self.groove_library)
        self._generated: Memory[tuple[Pattern, ...]] = Memory()
        self._morphed: Memory[tuple[Pattern, ...]] = Memory()
        self._felt: Memory[Feel] = Memory(FEELS_KEPT)
        self._infill = OnDemand(lambda: Infill(library.latent_model, self._loudness, lambda: self._missing()))
        self._added = AddedModels(folder, self._loudness)
        self._makers = Makers(self._generators, OnDemand(lambda: MeterGenerator(self._infill())), self._added.patterns)
        self._trios = TrioMakers(OnDemand(lambda: TrioGenerator(library.trio())), self._makers)
        self._generated_trios: Memory[tuple[Trio, ...]] = Memory()
        self._infilled: Memory[Pattern] = Memory()
        self._missing = OnDemand(lambda: MissingPlayer(library.drummer()))
        self._tools = LatentTools(library.latent_model, self._loudness, library.regions)

    def warm_up(self, *roles: Role) -> None:
        """Load now what the requests for these roles need (drums, if none is named), the first named first.

        A role that has no model costs nothing.
        """
        for role in (role for role in roles or (Role.DRUMS,) if self.library.has(role)):
            if role is Role.DRUMS:
                self.groove_library.grooves()
                self.library.styles()
            for engine in (self._generators.get((MODEL, role)), self._morphs.get(role)):
                if engine is not None:
                    engine()
        self._feel()

    def warm_up_all(self) -> None:
        """Load now every model that the window may use: those of the three roles, and the trio's."""
        self.warm_up(Role.DRUMS, Role.MELODY, Role.BASS)
        self.generate_trio(TrioRequest())

    def generate(self, request: GenerateRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return request.count new patterns; UnknownNameError if no engine of that name plays the role.

        The algorithmic engine answers for a model that is missing, that memory is too short for, or that does not
        know the meter. An added model is asked anew each time: another may have taken its place.
        """
        self._check_style(request)
        engine = self._makers.engine(request)
        if not is_algorithmic(request) and request.engine != MODEL and request.engine not in FOUR_BARS.values():
            return engine.generate(request, should_stop)
        # Remembered with its engine: an answer given for want of memory is not given when there is some again.
        return self._generated.answer((type(engine), request), lambda: engine.generate(request, should_stop))

    def generate_trio(self, request: TrioRequest, should_stop: ShouldStop = never) -> tuple[Trio, ...]:
        """Return request.count trios; where their model is missing or does not fit, of parts that were made apart."""
        if request.engine not in (MODEL, ALGORITHM):
            return self._added.trios(request.engine).generate(request, should_stop)
        key = (self._trios.model(request) is None, request)
        return self._generated_trios.answer(key, lambda: self._trios.generate(request, should_stop))

    def trio_styles(self) -> tuple[str, ...]:
        """Return the names of the styles of trios; none where their model is missing."""
        trio = next((model for model in shipped_models() if model.id == TRIO), None)
        return () if trio is None else tuple(trio.config["styles"])

    def morph(self, request: MorphRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return one pattern a point of the plane between four corners, which are of one role."""
        role = request.corners[0].role
        if role not in self._morphs:
            raise UnknownNameError(f"There is no model that morphs {role.value}.")
        return self._morphed.answer(request, lambda: self._morphs[role]().morph(request, should_stop))

    def infill(self, request: InfillRequest, should_stop: ShouldStop = never) -> Pattern:
        """Return the pattern with all but its locked part drawn anew."""
        return self._infilled.answer(request, lambda: self._infill().infill(request, should_stop))

    def tap_to_drums(self, request: TapRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return drum patterns that strike on every tap of a rhythm."""
        if request.engine != MODEL:
            return self._added.missing(request.engine).tap_to_drums(request, should_stop)
        return self._generated.answer(request, lambda: self._missing().tap_to_drums(request, should_stop))

    def drummer_styles(self) -> tuple[str, ...]:
        """Return the names of the styles that TapRequests and AddLanesRequests may name."""
        return DRUMMER_STYLES

    def add_lanes(self, request: AddLanesRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return drum patterns with hits added to some lanes."""
        if request.engine != MODEL:
            return self._added.missing(request.engine).add_lanes(request, should_stop)
        return self._generated.answer(request, lambda: self._missing().add_lanes(request, should_stop))

    def extend(self, request: ContinueRequest, should_stop: ShouldStop = never) -> Pattern:
        """Return the pattern with bars more."""
        return self._infilled.answer(request, lambda: self._infill().extend(request, should_stop))

    def control(self, request: ControlRequest, should_stop: ShouldStop = never) -> Pattern:
        """Return the pattern with sliders moved."""
        return self._tools.control(request, should_stop)

    def vary(self, request: VaryRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return variations of a pattern."""
        return self._tools_of(request.engine, request.pattern.role).vary(request, should_stop)

    def interpolate(self, request: InterpolateRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return a line through patterns, or blends of them; ValueError without patterns."""
        role = request.patterns[0].role if request.patterns else Role.DRUMS
        return self._tools_of(request.engine, role).interpolate(request, should_stop)

    def sliders(self, role: Role = Role.DRUMS) -> tuple[str, ...]:
        """Return the names of the sliders of a role, in order; none where there is no model."""
        return self._tools.sliders(role) if self.library.has(role) else ()

    def slider_values(self, pattern: Pattern) -> dict[str, float]:
        """Return where each slider stands for a pattern: the share of real patterns with less of it, 0..1."""
        return self._tools.slider_values(pattern) if self.library.has(pattern.role) else {}

    def restyle(self, request: RestyleRequest, should_stop: ShouldStop = never) -> Pattern:
        """Return a pattern moved towards a style."""
        return self._tools.restyle(request, should_stop)

    def latent_map(self, role: Role = Role.DRUMS) -> LatentMap:
        """Return the 2-D map of a role, without dots where there is no model."""
        return self._tools.latent_map(role) if self.library.has(role) else LatentMap(role, ())

    def map_patterns(self, request: MapRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return the patterns of points of a role's map."""
        return self._tools.map_patterns(request, should_stop)

    def feel(self, request: FeelRequest, should_stop: ShouldStop = never) -> Feel:
        """Return how a drummer would play a pattern, or a line with him; UnknownNameError for a groove there is not."""
        # Remembered by the groove itself: the user may keep another under its id.
        request = replace(request, groove=self.groove_library.found(request.groove))
        engine = self._groove_engine(request)
        if request.engine != MODEL and request.engine not in shipped_humanizers():
            return engine.feel(request, should_stop)  # asked anew: another model may have taken its place
        return self._felt.answer(request, lambda: engine.feel(request, should_stop))

    def humanizers(self) -> tuple[str, ...]:
        """Return what FeelRequest.engine may be: the shipped humanisers, the best first, and GrooVAEs added."""
        return (*shipped_humanizers(), *self.added_humanizers())

    def added_humanizers(self) -> tuple[str, ...]:
        """Return the ids of the GrooVAEs that the user added for humanising."""
        return added_humanizers(user_models(self._folder))

    def _groove_engine(self, request: FeelRequest) -> GrooveEngine:
        library = self.library
        if request.pattern.role is not Role.DRUMS:
            return self._line_feel
        if request.engine in (MODEL, HUMANIZER):
            return self._feel()
        if request.engine in shipped_humanizers():
            return self._other_feels.answer(
                request.engine, lambda: FeelEngine(library.humanizer_named(request.engine), self.groove_library)
            )
        return FeelEngine(self._added.humanizer(request.engine), self.groove_library)

    def styles(self, role: Role = Role.DRUMS) -> tuple[str, ...]:
        """Return the names of the styles of a role; the first four of drums stand in the pad's corners at first."""
        own = (style.name for style in self.library.styles().of(role))
        return (*own, *ALGORITHMIC_STYLES.get(role, ()))

    def engines(self, role: Role | None = Role.DRUMS) -> tuple[EngineChoice, ...]:
        """Return what can make new patterns of a role, or trios for None."""
        styles = self.trio_styles() if role is None else self.styles(role)
        return engine_choices(role, shipped_models(), user_models(self._folder), styles)

    def style_pattern(self, name: str, role: Role = Role.DRUMS) -> Pattern:
        """Return the pattern that stands for a style."""
        asked = GenerateRequest(role, style=name)
        if is_algorithmic(asked):
            return self._makers.algorithm.generate(asked)[0]
        return self.library.styles().named(name, role).exemplar

    def grooves(self) -> tuple[GrooveTemplate, ...]:
        """Return all grooves: those that ship, then the user's own."""
        return self.groove_library.grooves()

    def models(self) -> tuple[ModelInfo, ...]:
        """Return the shipped models, and behind them those that the user has added."""
        return all_models(self._folder)

    def open_official(self, model_id: str) -> LatentModel:
        """Return the latent space of an official network that the user has added.

        UnknownNameError lists the models; CheckpointError says why one is no such network.
        """
        return official_space(read_user_model(model_named(model_id, self._folder)))

    def _tools_of(self, engine: str, role: Role) -> LatentTools:
        return self._tools if engine == MODEL else self._added.tools(engine, role)

    def has_region(self, style: str, role: Role) -> bool:
        """Return whether patterns of a role can be moved towards a style."""
        return style in (known.name for known in self.library.styles().of(role))

    def _check_style(self, request: GenerateRequest) -> None:
        """Raise UnknownNameError for a style that a role does not have, whoever answers in its model's place."""
        if request.style is not None and request.engine == MODEL and not is_algorithmic(request):
            self.library.styles().named(request.style, request.role)

    def _drum_generator(self) -> DrumGenerator:
        library = self.library
        return DrumGenerator(library.drums(), library.humanizer(), library.styles(), library.drum_regions())

    def _line_generator(self, role: Role) -> LineGenerator:
        library = self.library
        styles, regions = library.styles().of(role), library.line_regions[role]()

        def region_of(name: str | None) -> Region | None:
            return regions.of_all(styles) if name is None else regions.of(library.styles().named(name, role))

        return LineGenerator(library.lines[role](), region_of, library.line_naturalness[role]())

    def _four_bars(self, role: Role) -> FourBarGenerator:
        return FourBarGenerator(self.library.four_bar_models(role))

    def _loudness(self, role: Role) -> Loudness:
        return DrumLoudness(self.library.humanizer()) if role is Role.DRUMS else line_loudness


def open_studio(backend: Backend = "auto", precision: Precision = "auto", folder: Path | None = None) -> Studio:
    """Return a studio with the shipped weights, and with what the user has put into a folder."""
    return Studio(backend, precision, folder)
