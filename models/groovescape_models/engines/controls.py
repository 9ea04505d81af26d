"""The engine of sliders: a pattern with more or less of an attribute, and as much of itself as that leaves."""

from collections.abc import Mapping
from typing import Protocol

from groovescape_models.engines.engine import ControlRequest, Setting, ShouldStop, never
from groovescape_models.errors import Cancelled, UnknownNameError
from groovescape_models.latent.scales import Scale
from groovescape_models.music.pattern import Pattern

STANDS_STILL = 0.005
"""A slider this near to the pattern's own value has not been moved."""


class RoleControls(Protocol):
    """The sliders of one role."""

    scales: Mapping[str, Scale]

    def measure(self, pattern: Pattern, setting: Setting) -> dict[str, float]:
        """Return every attribute in its own unit."""
        ...

    def control(self, pattern: Pattern, moved: Mapping[str, float], setting: Setting) -> Pattern:
        """Return the pattern with attributes at shares 0..1 of their scales."""
        ...


class Controls:
    """Answers ControlRequests of one role."""

    def __init__(self, sliders: RoleControls) -> None:
        """Use the sliders of a role."""
        self._sliders = sliders

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the sliders, in order."""
        return tuple(self._sliders.scales)

    def values(self, pattern: Pattern, setting: Setting | None = None) -> dict[str, float]:
        """Return where each slider stands for a pattern: the share of real patterns with less, 0..1."""
        found = self._sliders.measure(pattern, setting or Setting())
        return {name: float(scale.share(found[name])) for name, scale in self._sliders.scales.items()}

    def control(self, request: ControlRequest, should_stop: ShouldStop = never) -> Pattern:
        """Return the pattern with the sliders where they are asked for; at its own values, as it is.

        Raises UnknownNameError for a slider that the role has not, ValueError for a value outside 0..1.
        """
        for name, value in request.sliders:
            if name not in self._sliders.scales:
                raise UnknownNameError(f"There is no slider '{name}'; there are {', '.join(self.names)}.")
            if not 0.0 <= value <= 1.0:
                raise ValueError(f"a slider must be in 0..1, got {value}")
        if should_stop():
            raise Cancelled
        own = self.values(request.pattern, request.setting)
        moved = {name: value for name, value in request.sliders if abs(value - own[name]) > STANDS_STILL}
        if not moved or not request.pattern.notes:
            return request.pattern
        return self._sliders.control(request.pattern, moved, request.setting)
