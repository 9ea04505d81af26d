"""What is done in latent space, for every role with a model; each tool is made when it is first used."""

from collections.abc import Callable
from functools import cache

from groovescape_models.engines.cached import Memory
from groovescape_models.engines.controls import Controls
from groovescape_models.engines.drum_controls import DrumControls
from groovescape_models.engines.engine import ControlRequest, ShouldStop, never
from groovescape_models.engines.line_controls import LineControls
from groovescape_models.engines.recast import Loudness, line_loudness
from groovescape_models.engines.slider_scales import scales_of
from groovescape_models.errors import UnknownNameError
from groovescape_models.latent.model import LatentModel
from groovescape_models.music.pattern import Pattern, Role


class LatentTools:
    """Sliders by role; answers are remembered by request. Threads may share it."""

    def __init__(self, model: Callable[[Role], LatentModel], loudness: Callable[[Role], Loudness]) -> None:
        """Use the latent model of a role, UnknownNameError if it has none, and a way to find its velocities."""
        self._model, self._loudness = model, loudness
        self._controls = cache(self._make_controls)
        self._controlled: Memory[Pattern] = Memory()

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

    def _make_controls(self, role: Role) -> Controls:
        if not scales_of(role):
            raise UnknownNameError(f"There are no sliders for {role.value}.")
        if role is Role.DRUMS:
            return Controls(DrumControls(self._model(role), self._loudness(role), scales_of(role)))
        return Controls(LineControls(self._model(role), line_loudness, scales_of(role)))
