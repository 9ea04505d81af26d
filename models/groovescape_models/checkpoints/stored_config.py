"""The configuration of an official network in a model.json."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, Final

from groovescape_models.checkpoints.official import ChordEncoding, GrooveInput, OfficialConfig, OfficialData
from groovescape_models.errors import CheckpointError

SIZES: Final = ("output_sizes", "encoder_sizes", "decoder_sizes", "conductor_sizes", "lowest_pitches")
FLAGS: Final = ("has_key", "hierarchical_encoder", "split_decoders", "has_sigma")
MAX_SIZE: Final = 1 << 20


def config_facts(config: OfficialConfig) -> dict[str, Any]:
    """Return a configuration as JSON holds it."""
    return asdict(config)


def config_of(facts: Mapping[str, Any]) -> OfficialConfig:
    """Return the configuration that facts of a model.json state; CheckpointError where they are not sound."""
    try:
        values = {field.name: _value(field.name, facts[field.name]) for field in fields(OfficialConfig)}
        return OfficialConfig(**values)
    except (KeyError, TypeError, ValueError) as error:
        raise CheckpointError(
            "The model.json of an official network is not sound; remove the model and add it again."
        ) from error


def _value(name: str, value: object) -> Any:  # noqa: ANN401  # each field has a type of its own
    if name in SIZES:
        if not isinstance(value, list):
            raise TypeError(name)
        return tuple(_size(size) for size in value)
    if name in FLAGS:
        return value is True
    if name == "chords":
        return None if value is None else ChordEncoding(str(value))
    if name == "data":
        return OfficialData(str(value))
    return GrooveInput(str(value)) if name == "groove_input" else _size(value)


def _size(value: object) -> int:
    if type(value) is not int or not 0 <= value <= MAX_SIZE:
        raise ValueError(value)
    return value
