"""The engine of style transfer: a pattern moved towards another style, keeping what it can of itself."""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from groovescape_models.engines.engine import RestyleRequest, ShouldStop, never
from groovescape_models.engines.space import Space
from groovescape_models.errors import Cancelled, UnknownNameError
from groovescape_models.latent.region import Region
from groovescape_models.latent.style_move import log_density, restyled
from groovescape_models.music.pattern import Pattern

CORRECTED: Final = 0.6
"""Part of the way from which the pattern's own corrections hold no more."""
EASE: Final = 0.7
"""The way gone is the strength to this power: the notes kept then fall evenly with the strength."""
Regions = Callable[[], Mapping[str, Region]]


class Restyle:
    """Answers RestyleRequests of one role."""

    def __init__(self, space: Space, regions: Regions) -> None:
        """Use a latent space, and where the styles lie in it, by name."""
        self._space, self._regions = space, regions

    def restyle(self, request: RestyleRequest, should_stop: ShouldStop = never) -> Pattern:
        """Return the pattern nearer to a style; at strength 0, or where nothing would be left of it, as it is.

        Its own style is the one whose region it is likeliest in. Raises UnknownNameError for a style without a region,
        ValueError for a strength outside 0..1.
        """
        regions = self._regions()
        if request.style.casefold() not in regions:
            raise UnknownNameError(f"There is no style '{request.style}'; there are {', '.join(regions)}.")
        if not 0.0 <= request.strength <= 1.0:
            raise ValueError(f"strength must be in 0..1, got {request.strength}")
        if should_stop():
            raise Cancelled
        if request.strength == 0.0 or not request.pattern.notes:
            return request.pattern
        place = self._space.place(request.pattern, request.setting)
        own = max(regions.values(), key=lambda region: float(log_density(region, place.means).sum()))
        way = request.strength**EASE
        z = restyled(place.means, own, regions[request.style.casefold()], way)
        corrected = np.float32(max(0.0, 1.0 - way / CORRECTED))
        noise = place.corrections * corrected + self._space.rule([place.loop], request.setting)
        grids = self._space.grids(place.loop, z, noise)
        moved = self._space.played(request.pattern, place.loop, grids, request.setting)
        return moved if moved.notes else request.pattern
