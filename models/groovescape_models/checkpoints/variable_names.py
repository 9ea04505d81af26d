"""The names of Magenta's variables, and the shape that each has in an official network."""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Final

from groovescape_models.checkpoints.official import OfficialConfig

Shapes = Mapping[str, tuple[int, ...]]

LSTM: Final = "multi_rnn_cell/cell_{}/lstm_cell"
BOTH_WAYS: Final = ("fw", "bw")
BIDIRECTIONAL: Final = "cell_{layer}/bidirectional_rnn/{way}/multi_rnn_cell/cell_0/lstm_cell"
FLAT_ENCODER: Final = f"encoder/{BIDIRECTIONAL}"
LEVEL_ENCODER: Final = f"encoder/hierarchical_level_{{level}}/{BIDIRECTIONAL.format(layer=0, way='{way}')}"
CONDUCTOR: Final = "decoder/hierarchical_level_0"
CONDUCTOR_INPUT: Final = 1
"""A conductor hears one 0 a step (disable_autoregression)."""
PARTS: Final = ("kernel", "bias")


def decoder_prefixes(config: OfficialConfig) -> tuple[str, ...]:
    """Return where the variables of each (core) decoder begin."""
    core = "core_decoder/" if config.conductor_sizes else ""
    if not config.split_decoders:
        return (f"{core}decoder",)
    return tuple(f"{core}core_decoder_{index}/decoder" for index in range(len(config.output_sizes)))


def encoder_cell(config: OfficialConfig, layer: int, way: str) -> str:
    """Return the path of an encoder's cell: of a stacked layer, or of a level of the hierarchy; way is fw or bw."""
    if config.hierarchical_encoder:
        return LEVEL_ENCODER.format(level=layer, way=way)
    return FLAT_ENCODER.format(layer=layer, way=way)


def variable_shapes(config: OfficialConfig) -> dict[str, tuple[int, ...]]:
    """Return the shape of every variable of an official network by its name."""
    shapes: dict[str, tuple[int, ...]] = {}
    inputs = (config.input_size + config.control_size, *(2 * size for size in config.encoder_sizes))
    for layer, (width, size) in enumerate(zip(inputs, config.encoder_sizes, strict=False)):
        for way in BOTH_WAYS:
            shapes |= _affine(encoder_cell(config, layer, way), width + size, 4 * size)
    for name in ("mu", "sigma") if config.has_sigma else ("mu",):
        shapes |= _affine(f"encoder/{name}", inputs[-1], config.latent_size)
    embedding = config.latent_size
    if config.conductor_sizes:
        shapes |= _affine(f"{CONDUCTOR}/initial_state", embedding, 2 * sum(config.conductor_sizes))
        cells = f"{CONDUCTOR}/cell_{{}}/lstm_cell"
        shapes |= _stack(cells, CONDUCTOR_INPUT, config.conductor_sizes)
        embedding = config.conductor_sizes[-1]
    return shapes | _decoders(config, embedding)


def _decoders(config: OfficialConfig, embedding: int) -> dict[str, tuple[int, ...]]:
    outputs = config.output_sizes if config.split_decoders else (config.output_size,)
    shapes: dict[str, tuple[int, ...]] = {}
    for prefix, output in zip(decoder_prefixes(config), outputs, strict=True):
        shapes |= _affine(f"{prefix}/z_to_initial_state", embedding, 2 * sum(config.decoder_sizes))
        shapes |= _stack(f"{prefix}/{LSTM}", output + embedding + config.control_size, config.decoder_sizes)
        shapes |= _affine(f"{prefix}/output_projection", config.decoder_sizes[-1], output)
    return shapes


def _stack(path: str, inputs: int, sizes: Iterable[int]) -> dict[str, tuple[int, ...]]:
    """Return the shapes of LSTMs above each other; path has a place for the layer's number."""
    shapes: dict[str, tuple[int, ...]] = {}
    for layer, (below, size) in enumerate(pairwise((inputs, *sizes))):
        shapes |= _affine(path.format(layer), below + size, 4 * size)
    return shapes


def _affine(path: str, inputs: int, outputs: int) -> dict[str, tuple[int, ...]]:
    return {f"{path}/kernel": (inputs, outputs), f"{path}/bias": (outputs,)}
