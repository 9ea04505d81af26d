"""Which official network a set of variables is: told by names and shapes, and by what a name or a config.json adds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from groovescape_models.checkpoints.blobs import BrokenFileError
from groovescape_models.checkpoints.data_spec import STEPS_PER_BAR, DataSpec, guessed_spec, named_input
from groovescape_models.checkpoints.js_config import read_js_config
from groovescape_models.checkpoints.official import (
    DRUM_CLASSES,
    DRUM_ROLL,
    HITS_SIZE,
    KEY_SIZE,
    ChordEncoding,
    GrooveInput,
    OfficialConfig,
    OfficialData,
)
from groovescape_models.checkpoints.variable_names import (
    CONDUCTOR,
    CONDUCTOR_INPUT,
    FLAT_ENCODER,
    LEVEL_ENCODER,
    LSTM,
    Shapes,
    variable_shapes,
)

LONG_BARS: Final = 16
"""Length of the official hierarchical networks, where nothing says it."""
SHORT_BARS: Final = 2
MAX_LAYERS: Final = 8
LAYERS: Final = range(MAX_LAYERS)
GATES: Final = 4
OPTIMIZER: Final = re.compile(
    r"(.*/)?((Adam|Momentum|RMSProp|Adagrad)(_\d+)?|ExponentialMovingAverage|beta[12]_power(_\d+)?|global_step)"
)


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of a network beside its variables: its name, the config.json of Magenta.js, the bars asked for."""

    name: str = ""
    js_config: Mapping[str, Any] = field(default_factory=dict)
    bars: int | None = None


def official_shapes(shapes: Shapes) -> Shapes:
    """Return the variables without those of the optimizer."""
    return {name: shape for name, shape in shapes.items() if not OPTIMIZER.fullmatch(name)}


def recognise(shapes: Shapes, hints: Hints) -> OfficialConfig:
    """Return the configuration of the network with these variables; BrokenFileError says why it is none of ours."""
    shapes = official_shapes(shapes)
    _refuse_others(shapes)
    config = _measured(shapes, hints)
    expected = variable_shapes(config)
    for name, shape in expected.items():
        if name not in shapes:
            raise BrokenFileError(f"it lacks the variable {name}")
        if shapes[name] != shape:
            raise BrokenFileError(f"{name} has the shape {list(shapes[name])} where {list(shape)} fits the others")
    strange = sorted(shapes.keys() - expected.keys())
    if strange:
        raise BrokenFileError(f"it has the variable {strange[0]}, which no MusicVAE that runs here has")
    return config


def _refuse_others(shapes: Shapes) -> None:
    """Raise BrokenFileError for networks of Magenta's that are known and do not run here, and for all others."""
    reasons = {
        "/nade/": "its drums are drawn by a NADE, which does not run here; the drum networks with 512 classes do",
        "control_preprocessing/": "it preprocesses its controls with an LSTM, which does not run here",
        "encoder/hierarchical_level_2/": "it has three levels, two at most run here",
        "decoder/hierarchical_level_1/": "it has three levels, two at most run here",
    }
    for part, reason in reasons.items():
        if any(part in name for name in shapes):
            raise BrokenFileError(reason)
    if "encoder/mu/bias" not in shapes:
        first = f"; its first variable is {min(shapes)}" if shapes else ""
        raise BrokenFileError(f"it holds no MusicVAE (there is no encoder/mu/bias){first}")
    if not any("lstm_cell" in name for name in shapes):
        raise BrokenFileError(
            "it holds no LSTMs as Magenta's networks do; Groovescape's own networks have no form there"
        )


@dataclass(frozen=True, slots=True)
class _Layers:
    """What the shapes of a network say by themselves; outputs has one width a decoder."""

    inputs: int
    outputs: tuple[int, ...]
    control: int
    latent: int
    encoder: tuple[int, ...]
    decoder: tuple[int, ...]
    conductor: tuple[int, ...]
    has_levels: bool
    is_split: bool


def _layers(shapes: Shapes) -> _Layers:
    has_levels = any(name.startswith("encoder/hierarchical_level_") for name in shapes)
    core = "core_decoder/" if any(name.startswith("core_decoder/") for name in shapes) else ""
    is_split = f"{core}core_decoder_0/decoder/output_projection/bias" in shapes
    heads = [f"{core}core_decoder_{index}/decoder" for index in range(MAX_LAYERS)] if is_split else [f"{core}decoder"]
    heard = [(LEVEL_ENCODER if has_levels else FLAT_ENCODER).format(level=n, layer=n, way="fw") for n in LAYERS]
    played = [f"{heads[0]}/{LSTM.format(layer)}" for layer in LAYERS]
    conducted = [f"{CONDUCTOR}/cell_{layer}/lstm_cell" for layer in LAYERS]
    outputs = _widths(shapes, [f"{head}/output_projection" for head in heads], 1)
    latent = _widths(shapes, ["encoder/mu"], 1)[0]
    encoder, decoder = _widths(shapes, heard, GATES), _widths(shapes, played, GATES)
    conductor = _widths(shapes, conducted, GATES) if core else ()
    if core and _rows(shapes, conducted[0]) != CONDUCTOR_INPUT + conductor[0]:
        raise BrokenFileError("its conductor hears what was decoded before, which does not run here")
    embedding = conductor[-1] if core else latent
    control = _rows(shapes, played[0]) - outputs[0] - embedding - decoder[0]
    inputs = _rows(shapes, heard[0]) - encoder[0] - control
    return _Layers(inputs, outputs, control, latent, encoder, decoder, conductor, has_levels, is_split)


def _measured(shapes: Shapes, hints: Hints) -> OfficialConfig:
    """Return what the shapes say; what they cannot say is as in the official configurations."""
    layers = _layers(shapes)
    spec = _spec(layers, hints)
    steps, segments = _lengths(spec, hints, bool(layers.conductor))
    chords, has_key = _control(spec, layers.control)
    return OfficialConfig(
        data=spec.data,
        steps=steps,
        latent_size=layers.latent,
        input_size=layers.inputs,
        output_sizes=spec.output_sizes,
        encoder_sizes=layers.encoder,
        decoder_sizes=layers.decoder,
        control_size=layers.control,
        chords=chords,
        has_key=has_key,
        segments=segments,
        hierarchical_encoder=layers.has_levels,
        conductor_sizes=layers.conductor,
        split_decoders=layers.is_split,
        lowest_pitches=spec.lowest_pitches,
        groove_input=spec.groove_input,
        has_sigma="encoder/sigma/bias" in shapes,
    )


def _spec(layers: _Layers, hints: Hints) -> DataSpec:
    """Return what the steps mean, and check that it fits the widths."""
    played = sum(layers.outputs)
    if not hints.js_config:
        return guessed_spec(layers.inputs, played, hints.name)
    spec = read_js_config(hints.js_config)
    heard = (DRUM_ROLL, DRUM_CLASSES) if spec.data is OfficialData.DRUMS else (sum(spec.output_sizes),)
    if played != sum(spec.output_sizes) or layers.inputs not in heard:
        raise BrokenFileError(
            f"it hears {layers.inputs} and plays {played} values a step, "
            f"and its config.json says {sum(spec.output_sizes)}: they do not belong together"
        )
    names_hats = named_input(hints.name) is GrooveInput.ADD_CLOSED_HAT  # for which a config.json has no word
    if names_hats and (spec.data, spec.groove_input) == (OfficialData.GROOVE, GrooveInput.PLAYED):
        return replace(spec, groove_input=GrooveInput.ADD_CLOSED_HAT)
    return spec


def _lengths(spec: DataSpec, hints: Hints, has_conductor: bool) -> tuple[int, int]:
    """Return the steps of a sequence and its segments: as asked for, as told, or as the official networks have them."""
    bars = LONG_BARS if has_conductor else SHORT_BARS
    asked = STEPS_PER_BAR * hints.bars if hints.bars else None
    steps = asked or spec.steps or STEPS_PER_BAR * bars
    segments = (spec.segments if not asked else None) or max(1, steps // STEPS_PER_BAR)
    if not has_conductor:
        return steps, 1
    if steps % segments:
        raise BrokenFileError(f"its {steps} steps do not part into {segments} segments")
    return steps, segments


def _control(spec: DataSpec, size: int) -> tuple[ChordEncoding | None, bool]:
    """Return how chords are told, and whether the key is: what the config.json says, else what the width allows."""
    if spec.chords is not None or spec.has_key:
        told = (spec.chords.size if spec.chords else 0) + KEY_SIZE * spec.has_key
        if told != size:
            raise BrokenFileError(f"it is told {size} values a step, and its config.json says {told}")
        return spec.chords, spec.has_key
    if size == 0 or (spec.data is OfficialData.GROOVE and size == HITS_SIZE):
        return None, False
    for chords in ChordEncoding if spec.data in (OfficialData.MELODY, OfficialData.TRIO) else ():
        for has_key in (False, True):
            if chords.size + KEY_SIZE * has_key == size:
                return chords, has_key
    raise BrokenFileError(f"it is told {size} values a step, which are no chords that are known here")


def _widths(shapes: Shapes, paths: list[str], gates: int) -> tuple[int, ...]:
    """Return the sizes of layers, from their biases, until one is not there; the first must be."""
    sizes: list[int] = []
    for path in paths:
        shape = shapes.get(f"{path}/bias")
        if shape is None:
            break
        if len(shape) != 1 or shape[0] < gates or shape[0] % gates:
            raise BrokenFileError(f"{path}/bias has the shape {list(shape)}, which no layer has")
        sizes.append(shape[0] // gates)
    if not sizes:
        raise BrokenFileError(f"it lacks the variable {paths[0]}/bias")
    return tuple(sizes)


def _rows(shapes: Shapes, path: str) -> int:
    shape = shapes.get(f"{path}/kernel", ())
    if len(shape) != 2:
        raise BrokenFileError(f"it lacks the variable {path}/kernel")
    return shape[0]
