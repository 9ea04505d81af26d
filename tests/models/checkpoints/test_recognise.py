from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from groovescape_models.checkpoints.blobs import BrokenFileError
from groovescape_models.checkpoints.js_config import js_config_of, read_js_config
from groovescape_models.checkpoints.official import (
    ChordEncoding,
    GrooveInput,
    OfficialConfig,
    OfficialData,
    OfficialModel,
)
from groovescape_models.checkpoints.recognise import Hints, recognise
from groovescape_models.checkpoints.registry import read_weights, shipped_models
from groovescape_models.checkpoints.variable_names import variable_shapes

MakeModel = Callable[..., OfficialModel]
Shapes = dict[str, tuple[int, ...]]


def shapes_of(model: OfficialModel) -> Shapes:
    return {name: array.shape for name, array in model.weights.items()}


def test_each_official_configuration_is_told_by_its_variables_and_its_name(model: OfficialModel) -> None:
    assert recognise(shapes_of(model), Hints(model.name)) == model.config


def test_the_optimizer_is_no_part_of_a_network(make_model: MakeModel) -> None:
    model = make_model()
    shapes = shapes_of(model)
    slots = {f"{name}/{slot}": shape for name, shape in shapes.items() for slot in ("Adam", "Adam_1")}
    steps: Shapes = {"global_step": (), "beta1_power": (), "training/beta2_power_1": ()}

    assert recognise(shapes | slots | steps, Hints(model.name)) == model.config


@pytest.mark.parametrize(
    ("name", "steps", "heard"),
    [
        ("groovae_2bar_humanize", 32, GrooveInput.HUMANIZE),
        ("groovae_2bar_tap_fixed_velocity", 32, GrooveInput.TAP),
        ("tap2drum_4bar", 64, GrooveInput.TAP),
        ("groovae_2bar_add_closed_hh", 32, GrooveInput.ADD_CLOSED_HAT),
        ("groovae_4bar", 64, GrooveInput.PLAYED),
        ("model", 32, GrooveInput.PLAYED),
        ("mine_99bar", 32, GrooveInput.PLAYED),
    ],
)
def test_a_name_tells_the_length_and_what_a_groovae_hears(
    make_model: MakeModel, name: str, steps: int, heard: GrooveInput
) -> None:
    config = recognise(shapes_of(make_model()), Hints(name))

    assert (config.steps, config.groove_input) == (steps, heard)


def test_a_name_tells_the_closed_hat_that_a_config_json_has_no_word_for(make_model: MakeModel) -> None:
    model = make_model()
    hats = replace(model.config, groove_input=GrooveInput.ADD_CLOSED_HAT)

    assert recognise(shapes_of(model), Hints("groovae_2bar_add_closed_hh", js_config_of(hats))) == hats
    assert recognise(shapes_of(model), Hints("groovae", js_config_of(hats))).groove_input is GrooveInput.PLAYED
    assert recognise(shapes_of(model), Hints("closed_hh", js_config_of(model.config))) == model.config


def test_the_length_may_be_asked_for(make_model: MakeModel) -> None:
    assert recognise(shapes_of(make_model()), Hints("groovae_4bar", bars=1)).steps == 16
    trio = recognise(shapes_of(make_model("hier-trio_4bar")), Hints("trio", bars=8))
    assert (trio.steps, trio.segments) == (128, 8)


def test_a_missing_variable_is_named(model: OfficialModel) -> None:
    for name in model.weights:
        shapes = shapes_of(model)
        del shapes[name]
        if name.startswith("encoder/sigma"):
            continue
        with pytest.raises(BrokenFileError):
            recognise(shapes, Hints(model.name))


def test_a_variable_of_another_shape_is_named(model: OfficialModel) -> None:
    shapes = shapes_of(model)
    for name in shapes:
        with pytest.raises(BrokenFileError):
            recognise(shapes | {name: (7, 7, 7)}, Hints(model.name))


def test_files_of_magenta_js_may_leave_sigma_out(make_model: MakeModel) -> None:
    model = make_model()
    shapes = {name: shape for name, shape in shapes_of(model).items() if "sigma" not in name}

    assert recognise(shapes, Hints(model.name)) == replace(model.config, has_sigma=False)


@pytest.mark.parametrize(
    ("extra", "says"),
    [
        ("decoder/nade/w_enc", "NADE"),
        ("control_preprocessing/cell_0/bidirectional_rnn/fw/x", "preprocesses its controls"),
        ("encoder/hierarchical_level_2/x", "three levels"),
        ("decoder/hierarchical_level_1/x", "three levels"),
        ("decoder/residual_wrapper/kernel", "no MusicVAE that runs here has"),
    ],
)
def test_networks_that_do_not_run_here_are_named(make_model: MakeModel, extra: str, says: str) -> None:
    with pytest.raises(BrokenFileError, match=says):
        recognise(shapes_of(make_model()) | {extra: (2, 2)}, Hints())


def test_a_conductor_that_hears_what_was_decoded_is_refused(make_model: MakeModel) -> None:
    shapes = shapes_of(make_model("hier-mel_16bar"))
    first = "decoder/hierarchical_level_0/cell_0/lstm_cell/kernel"
    with pytest.raises(BrokenFileError, match="conductor hears"):
        recognise(shapes | {first: (30, 20)}, Hints())


def test_a_groovae_that_splits_its_drums_is_refused() -> None:
    config = OfficialConfig(OfficialData.GROOVE, 32, 2, 3, (3,), (3,), (2, 2), 9)
    with pytest.raises(BrokenFileError, match="one drum after the other"):
        recognise(variable_shapes(config), Hints())


def test_other_networks_are_foreign() -> None:
    with pytest.raises(BrokenFileError, match="no MusicVAE"):
        recognise({"RNN/multi_rnn_cell/cell_0/basic_lstm_cell/weights": (10, 20)}, Hints())
    with pytest.raises(BrokenFileError, match="no MusicVAE"):
        recognise({}, Hints())


def test_our_own_networks_have_no_form_in_magenta() -> None:
    for info in shipped_models():
        shapes = {name: array.shape for name, array in read_weights(info).items()}
        with pytest.raises(BrokenFileError):
            recognise(shapes, Hints())


def test_the_config_of_magenta_js_says_what_widths_cannot(make_model: MakeModel) -> None:
    small = OfficialConfig(OfficialData.MELODY, 64, 4, 38, (38,), (3,), (2, 2), lowest_pitches=(48,))
    shapes = variable_shapes(small)

    assert recognise(shapes, Hints("m", js_config_of(small))) == small
    with pytest.raises(BrokenFileError, match=r"config\.json must be beside it"):
        recognise(shapes, Hints("m"))
    with pytest.raises(BrokenFileError, match="do not belong together"):
        recognise(shapes_of(make_model()), Hints("m", js_config_of(small)))


@pytest.mark.parametrize(
    ("chords", "has_key", "size"),
    [
        (ChordEncoding.TRIADS, False, 49),
        (ChordEncoding.TRIADS, True, 61),
        (ChordEncoding.MAJOR_MINOR, False, 25),
        (ChordEncoding.MAJOR_MINOR, True, 37),
        (ChordEncoding.PITCHES, False, 37),
        (ChordEncoding.PITCHES, True, 49),
    ],
)
def test_chords_and_key_by_the_config_of_magenta_js(chords: ChordEncoding, has_key: bool, size: int) -> None:
    config = OfficialConfig(
        OfficialData.MELODY, 32, 4, 90, (90,), (3,), (2,), size, chords, has_key, lowest_pitches=(21,)
    )  # fmt: skip

    assert recognise(variable_shapes(config), Hints("", js_config_of(config))) == config


def test_a_control_of_unknown_width_is_refused() -> None:
    config = OfficialConfig(OfficialData.MELODY, 32, 4, 90, (90,), (3,), (2,), 8, lowest_pitches=(21,))
    with pytest.raises(BrokenFileError, match="8 values a step"):
        recognise(variable_shapes(config), Hints())
    told = js_config_of(replace(config, chords=ChordEncoding.TRIADS))
    with pytest.raises(BrokenFileError, match=r"told 8 values a step, and its config\.json says 49"):
        recognise(variable_shapes(config), Hints("", told))


def test_every_config_that_is_written_for_magenta_js_is_read_again(model: OfficialModel) -> None:
    try:
        written = js_config_of(model.config)
    except BrokenFileError:
        assert model.config.control_size or len(model.config.encoder_sizes) > 1
        return
    assert recognise(shapes_of(model), Hints("", written)) == model.config


GOOD: dict[str, Any] = {
    "type": "MusicVAE",
    "dataConverter": {"type": "MelodyConverter", "args": {"numSteps": 32, "minPitch": 21, "maxPitch": 108}},
}


def changed(**args: object) -> dict[str, Any]:
    return {**GOOD, "dataConverter": {"type": "MelodyConverter", "args": {**GOOD["dataConverter"]["args"], **args}}}


@pytest.mark.parametrize(
    "config",
    [
        {},
        {"type": "MusicRNN"},
        {"type": ["MusicVAE"]},
        {"type": "MusicVAE"},
        {**GOOD, "dataConverter": 3},
        {**GOOD, "dataConverter": {"type": "MultitrackConverter", "args": {}}},
        {**GOOD, "dataConverter": {"type": {}, "args": {}}},
        {**GOOD, "dataConverter": {"type": "GrooveConverter", "args": {"splitInstruments": True}}},
        {**GOOD, "dataConverter": {"type": "TrioConverter", "args": {"melArgs": 3}}},
        {**GOOD, "chordEncoder": "MyEncoder"},
        {**GOOD, "chordEncoder": [1]},
        {**GOOD, "extraControls": [{"name": "density", "depth": 1}]},
        changed(minPitch=60, maxPitch=50),
        changed(minPitch="21"),
        changed(maxPitch=4000),
        changed(numSteps=0),
        changed(numSteps=10**9),
        changed(numSteps="32"),
        changed(numSegments=-1),
    ],
)
def test_configs_that_make_no_sense_here_are_refused(config: dict[str, Any]) -> None:
    with pytest.raises(BrokenFileError):
        read_js_config(config)


def test_steps_that_do_not_part_into_segments_are_refused(make_model: MakeModel) -> None:
    model = make_model("hier-mel_16bar")
    config = js_config_of(model.config)
    config["dataConverter"]["args"]["numSegments"] = 7
    with pytest.raises(BrokenFileError, match="7 segments"):
        recognise(shapes_of(model), Hints("", config))


def test_shapes_hold_every_weight_of_a_network(model: OfficialModel) -> None:
    parameters = sum(int(np.prod(shape)) for shape in variable_shapes(model.config).values())
    assert parameters == sum(array.size for array in model.weights.values())
