"""What is done in latent space, for every role with a model; each tool is made when it is first used."""

from collections.abc import Callable, Mapping
from functools import cache

from groovescape_models.engines.cached import Memory
from groovescape_models.engines.controls import Controls
from groovescape_models.engines.drum_controls import DrumControls
from groovescape_models.engines.engine import (
    ControlRequest,
    InterpolateRequest,
    MapRequest,
    RestyleRequest,
    ShouldStop,
    VaryRequest,
    never,
)
from groovescape_models.engines.interpolate import Interpolate
from groovescape_models.engines.line_controls import LineControls
from groovescape_models.engines.map import MapEngine
from groovescape_models.engines.map_files import shipped_map
from groovescape_models.engines.recast import Loudness, line_loudness
from groovescape_models.engines.restyle import Restyle
from groovescape_models.engines.slider_scales import scales_of
from groovescape_models.engines.space import Space
from groovescape_models.engines.vary import Vary
from groovescape_models.errors import UnknownNameError
from groovescape_models.latent.map import LatentMap
from groovescape_models.latent.model import LatentModel
from groovescape_models.latent.region import Region
from groovescape_models.music.pattern import Pattern, Role


class LatentTools:
    """Sliders, variations, lines, styles and maps by role; answers are remembered by request. Threads may share it."""

    def __init__(
        self,
        model: Callable[[Role], LatentModel],
        loudness: Callable[[Role], Loudness],
        regions: Callable[[Role], Mapping[str, Region]],
    ) -> None:
        """Use the latent model of a role, a way to find its velocities, and the regions of its styles by name.

        model raises UnknownNameError for a role that has none.
        """
        self._model, self._loudness = model, loudness
        self._controls = cache(self._make_controls)
        self._space = cache(lambda role: Space(model(role), self._played(role)))
        self._vary = cache(lambda role: Vary(self._space(role)))
        self._interpolate = cache(lambda role: Interpolate(self._space(role)))
        self._restyle = cache(lambda role: Restyle(self._space(role), lambda: regions(role)))
        self._map = cache(lambda role: MapEngine(model(role), shipped_map(role), self._played(role)))
        self._controlled: Memory[Pattern] = Memory()
        self._several: Memory[tuple[Pattern, ...]] = Memory()

    def sliders(self, role: Role) -> tuple[str, ...]:
        """Return the names of a role's sliders, none for a role without a model."""
        return tuple(scales_of(role))

    def slider_values(self, pattern: Pattern) -> dict[str, float]:
        """Return where each slider stands for a pattern, 0..1; nothing for a role without sliders."""
        return self._controls(pattern.role).values(pattern) if scales_of(pattern.role) else {}

    def control(self, request: ControlRequest, should_stop: ShouldStop = never) -> Pattern:
        """Return a pattern with sliders moved."""
        controls = self._controls(request.pattern.role)
        return self._controlled.answer(request, lambda: controls.control(request, should_stop))

    def vary(self, request: VaryRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return variations of a pattern."""
        vary = self._vary(request.pattern.role)
        return self._several.answer(request, lambda: vary.vary(request, should_stop))

    def interpolate(self, request: InterpolateRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return a line through patterns, or blends of them; ValueError without patterns."""
        if not request.patterns:
            raise ValueError("a line needs two patterns or more, got 0")
        interpolate = self._interpolate(request.patterns[0].role)
        return self._several.answer(request, lambda: interpolate.interpolate(request, should_stop))

    def restyle(self, request: RestyleRequest, should_stop: ShouldStop = never) -> Pattern:
        """Return a pattern moved towards a style."""
        restyle = self._restyle(request.pattern.role)
        return self._controlled.answer(request, lambda: restyle.restyle(request, should_stop))

    def latent_map(self, role: Role) -> LatentMap:
        """Return the 2-D map of a role; without dots if it has none."""
        try:
            return shipped_map(role).map
        except UnknownNameError:
            return LatentMap(role, ())

    def map_patterns(self, request: MapRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return the patterns of points of a map; UnknownNameError for a role without one."""
        return self._several.answer(request, lambda: self._map(request.role).patterns(request, should_stop))

    def _played(self, role: Role) -> Loudness:
        return self._loudness(role) if role is Role.DRUMS else line_loudness

    def _make_controls(self, role: Role) -> Controls:
        if not scales_of(role):
            raise UnknownNameError(f"There are no sliders for {role.value}.")
        if role is Role.DRUMS:
            return Controls(DrumControls(self._model(role), self._played(role), scales_of(role)))
        return Controls(LineControls(self._model(role), self._played(role), scales_of(role)))
