"""The config.json of Magenta.js: what the steps of its networks mean (magenta-js, core/data.ts)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from groovescape_models.checkpoints.blobs import BrokenFileError
from groovescape_models.checkpoints.data_spec import MAX_BARS, STEPS_PER_BAR, DataSpec
from groovescape_models.checkpoints.official import (
    DRUM_CLASSES,
    DRUM_ROLL,
    GROOVE_SIZE,
    ChordEncoding,
    GrooveInput,
    OfficialConfig,
    OfficialData,
)

MAX_PITCH: Final = 127
FIRST_PITCH_CLASS: Final = 2
"""Behind hold and note-off."""
CHORD_ENCODERS: Final[Mapping[str, ChordEncoding]] = MappingProxyType(
    {
        "TriadChordEncoder": ChordEncoding.TRIADS,
        "MajorMinorChordEncoder": ChordEncoding.MAJOR_MINOR,
        "PitchChordEncoder": ChordEncoding.PITCHES,
    }
)


def read_js_config(config: Mapping[str, Any]) -> DataSpec:
    """Return what a config.json says; BrokenFileError for other networks and for what makes no sense."""
    if config.get("type") != "MusicVAE":
        raise BrokenFileError(f"its config.json is that of a {_word(config.get('type'))}, not of a MusicVAE")
    converter = _object(config.get("dataConverter"), "dataConverter")
    args = _object(converter.get("args"), "args")
    data, sizes, lowest = _data(converter.get("type"), args)
    if config.get("extraControls"):
        raise BrokenFileError("it needs extraControls, which are not known here")
    heard = (args.get("humanize"), GrooveInput.HUMANIZE), (args.get("tapify"), GrooveInput.TAP)
    return DataSpec(
        data,
        sizes,
        lowest,
        _count(args, "numSteps", STEPS_PER_BAR * MAX_BARS),
        _count(args, "numSegments", MAX_BARS),
        _chords(config.get("chordEncoder")),
        config.get("conditionOnKey") is True,
        next((kind for is_so, kind in heard if is_so is True), GrooveInput.PLAYED),
    )


def _data(kind: object, args: Mapping[str, Any]) -> tuple[OfficialData, tuple[int, ...], tuple[int, ...]]:
    """Return the data, the widths of its outputs, and the lowest pitch of each melodic one."""
    if kind == "GrooveConverter" and args.get("splitInstruments") is not True:
        return OfficialData.GROOVE, (GROOVE_SIZE,), ()
    if kind in ("DrumsConverter", "DrumsOneHotConverter"):
        return OfficialData.DRUMS, (DRUM_CLASSES,), ()
    if kind == "MelodyConverter":
        lowest, size = _pitches(args)
        return OfficialData.MELODY, (size,), (lowest,)
    if kind == "TrioConverter":
        low_melody, melody = _pitches(_object(args.get("melArgs"), "melArgs"))
        low_bass, bass = _pitches(_object(args.get("bassArgs"), "bassArgs"))
        return OfficialData.TRIO, (melody, bass, DRUM_CLASSES), (low_melody, low_bass)
    raise BrokenFileError(f"its data is that of a {_word(kind)}, which is not read here")


def _pitches(args: Mapping[str, Any]) -> tuple[int, int]:
    """Return the lowest pitch and the number of classes of a melody."""
    lowest, highest = args.get("minPitch"), args.get("maxPitch")
    if type(lowest) is not int or type(highest) is not int or not 0 <= lowest <= highest <= MAX_PITCH:
        raise BrokenFileError("its config.json gives no sound minPitch and maxPitch")
    return lowest, highest - lowest + 1 + FIRST_PITCH_CLASS


def _chords(name: object) -> ChordEncoding | None:
    if name is None:
        return None
    if not isinstance(name, str) or name not in CHORD_ENCODERS:
        raise BrokenFileError(f"its chords are encoded in an unknown way ({_word(name)})")
    return CHORD_ENCODERS[name]


def _count(args: Mapping[str, Any], name: str, most: int) -> int | None:
    value = args.get(name)
    if value is not None and (type(value) is not int or not 1 <= value <= most):
        raise BrokenFileError(f"its {name} must be in 1..{most}")
    return value


def _object(value: object, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise BrokenFileError(f"its config.json has no {name}")
    return value


def _word(value: object) -> str:
    return value if isinstance(value, str) and value.isidentifier() else "network of another kind"


def js_config_of(config: OfficialConfig) -> dict[str, Any]:
    """Return the config.json with which Magenta.js runs a network; BrokenFileError says why it cannot.

    Magenta.js knows hierarchies of two levels on both sides, or on neither, with one LSTM a direction in each encoder.
    """
    if config.hierarchical_encoder != bool(config.conductor_sizes):
        raise BrokenFileError("Magenta.js runs no network that has a hierarchical decoder alone")
    if not config.hierarchical_encoder and len(config.encoder_sizes) > 1:
        raise BrokenFileError("Magenta.js runs no encoder of several layers")
    if config.data is OfficialData.TRIO and not config.split_decoders:
        raise BrokenFileError("Magenta.js runs no trio that one decoder plays")
    args: dict[str, Any] = {"numSteps": config.steps}
    if config.conductor_sizes:
        args["numSegments"] = config.segments
    kind, own = _converter(config)
    result: dict[str, Any] = {"type": "MusicVAE", "dataConverter": {"type": kind, "args": args | own}}
    if config.chords is not None:
        names = {encoding: name for name, encoding in CHORD_ENCODERS.items()}
        result["chordEncoder"] = names[config.chords]
    return result | ({"conditionOnKey": True} if config.has_key else {})


def _converter(config: OfficialConfig) -> tuple[str, dict[str, Any]]:
    """Return the type of a converter and the arguments that are its own."""
    melodies = [
        {"minPitch": lowest, "maxPitch": lowest + size - FIRST_PITCH_CLASS - 1}
        for lowest, size in zip(config.lowest_pitches, config.output_sizes, strict=False)
    ]
    if config.data is OfficialData.MELODY:
        return "MelodyConverter", {**melodies[0]}
    if config.data is OfficialData.TRIO:
        return "TrioConverter", {"melArgs": melodies[0], "bassArgs": melodies[1], "drumsArgs": {}}
    if config.data is OfficialData.DRUMS:
        return ("DrumsConverter" if config.input_size == DRUM_ROLL else "DrumsOneHotConverter"), {}
    if config.control_size:
        raise BrokenFileError("Magenta.js runs no GrooVAE that is told the hits")
    heard = {GrooveInput.HUMANIZE: "humanize", GrooveInput.TAP: "tapify"}.get(config.groove_input)
    return "GrooveConverter", {"splitInstruments": False, **({heard: True} if heard else {})}
