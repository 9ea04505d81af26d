"""The encoders of the official MusicVAE in NumPy: stacked bidirectional LSTMs, over the whole or segment by segment."""

import numpy as np

from groovescape_models.inference.lstm import LstmLayer, Weights, layers_at
from groovescape_models.inference.sampling import FloatArray

LAYER = "{}/cell_{{}}/bidirectional_rnn/{}/multi_rnn_cell/cell_0/lstm_cell"
LEVEL = "encoder/hierarchical_level_{}"
FLAT = "encoder"


class BidirectionalStack:
    """Bidirectional layers, each hearing both directions of the one below (stack_bidirectional_dynamic_rnn)."""

    def __init__(self, weights: Weights, path: str) -> None:
        """Take the layers below a path."""
        ways = [layers_at(weights, LAYER.format(path, way)) for way in ("fw", "bw")]
        self._layers: tuple[tuple[LstmLayer, LstmLayer], ...] = tuple(zip(*ways, strict=True))

    def embed(self, inputs: FloatArray) -> FloatArray:
        """Return the last h of both directions of the top layer, (B, 2 H), of inputs (B, T, I)."""
        x = inputs
        for ahead, back in self._layers:
            forward, backward = ahead.run(x), back.run(x[:, ::-1])
            x = np.concatenate([forward, backward[:, ::-1]], axis=2)
        return np.concatenate([forward[:, -1], backward[:, -1]], axis=1)


class OfficialEncoder:
    """Sequences to embeddings. With levels, segments are embedded first, then the row of their embeddings."""

    def __init__(self, weights: Weights, segments: int = 1) -> None:
        """Take a flat encoder, or the levels of a hierarchical one that cuts a sequence into so many segments."""
        if f"{LAYER.format(LEVEL.format(0), 'fw').format(0)}/kernel" in weights:
            self._levels = tuple(BidirectionalStack(weights, LEVEL.format(level)) for level in range(2))
            self._segments = segments
        else:
            self._levels = (BidirectionalStack(weights, FLAT),)
            self._segments = 1

    def embed(self, inputs: FloatArray) -> FloatArray:
        """Return embeddings (B, 2 H) of inputs (B, T, I)."""
        if len(self._levels) == 1:
            return self._levels[0].embed(inputs)
        count, steps, size = inputs.shape
        parts = inputs.reshape(count * self._segments, steps // self._segments, size)
        return self._levels[1].embed(self._levels[0].embed(parts).reshape(count, self._segments, -1))
