"""Where each style lies in the latent space of the model that is loaded."""

from collections.abc import Callable

import numpy as np

from groovescape_models.engines.cached import Memory
from groovescape_models.engines.style_files import Style
from groovescape_models.latent.batches import encoded
from groovescape_models.latent.model import FloatArray, Grids, LatentModel
from groovescape_models.latent.region import Region
from groovescape_models.latent.region_fit import fit_region, joined
from groovescape_models.music.pattern import Pattern

ToGrids = Callable[[tuple[Pattern, ...]], tuple[Grids, FloatArray | None]]
"""Patterns to the grids that a model reads, and their conditions."""


class StyleRegions:
    """Regions of one model: those that the style files hold for exactly its weights, others found from patterns."""

    def __init__(self, model: LatentModel, weights: str, to_grids: ToGrids) -> None:
        """Know a model, the sha256 of its weights file, and how it reads patterns."""
        self._model, self._weights, self._to_grids = model, weights, to_grids
        self._found: Memory[Region] = Memory()

    def of(self, style: Style) -> Region:
        """Return the region of a style."""
        region = style.region
        if region is not None and style.weights == self._weights and region.latent_size == self._model.latent_size:
            return region
        return self._found.answer(style.name, lambda: self._from_patterns(style))

    def of_all(self, styles: tuple[Style, ...]) -> Region | None:
        """Return the region of everything that is played, styles by their shares; None where none has a share."""
        played = [style for style in styles if style.share > 0]
        total = sum(style.share for style in played)
        shares = np.array([style.share / total for style in played], np.float32)
        return joined([self.of(style) for style in played], shares) if played else None

    def _from_patterns(self, style: Style) -> Region:
        grids, condition = self._to_grids(style.patterns)
        mu, sigma = encoded(self._model, grids, condition)
        return fit_region(np.asarray(mu), np.asarray(sigma))
