"""A GrooVAE that the user added plays the drums of a clip, in the place of our humaniser."""

from pathlib import Path

import numpy as np
import pytest

from groovescape_models.checkpoints.official import GrooveInput, OfficialConfig, OfficialData, OfficialModel
from groovescape_models.checkpoints.official_write import write_official
from groovescape_models.checkpoints.user_models import add_model
from groovescape_models.checkpoints.variable_names import variable_shapes
from groovescape_models.engines.engine import FeelRequest
from groovescape_models.engines.studio import Studio, open_studio
from groovescape_models.errors import UnknownNameError
from groovescape_models.music.pattern import Note, Pattern

STIFF = Pattern(
    (*(Note(i / 2, 0.25, 42, 100) for i in range(16)), *(Note(2 * i + 1.0, 0.25, 38, 100) for i in range(4))), 8.0
)


def groovae(kind: GrooveInput, control: int = 0) -> OfficialModel:
    """A small GrooVAE with drawn weights."""
    config = OfficialConfig(
        OfficialData.GROOVE, 32, 6, 27, (27,), (8,), (10, 10), control_size=control, groove_input=kind
    )
    rng = np.random.default_rng(3)
    shapes = variable_shapes(config)
    weights = {name: rng.normal(0.0, 0.5, shape).astype(np.float32) for name, shape in shapes.items()}
    return OfficialModel(config, weights, "groovae")


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    folder: Path = tmp_path_factory.mktemp("user")
    for name, model in (
        ("groovae_2bar_humanize", groovae(GrooveInput.HUMANIZE)),
        ("groovae_2bar_hits_control", groovae(GrooveInput.PLAYED, 9)),
        ("groovae_2bar_tap_fixed_velocity", groovae(GrooveInput.TAP)),
    ):
        write_official(model, folder / f"{name}.tar")
        add_model(folder / f"{name}.tar", folder, name)
    return open_studio(folder=folder)


def test_those_that_are_given_hits_are_offered(studio: Studio) -> None:
    assert set(studio.added_humanizers()) == {"groovae_2bar_humanize", "groovae_2bar_hits_control"}
    assert studio.humanizers()[0] == "humanizer_2bar"


@pytest.mark.parametrize("engine", ["groovae_2bar_humanize", "groovae_2bar_hits_control"])
def test_an_added_groovae_plays_every_note_its_own_way(studio: Studio, engine: str) -> None:
    ours = studio.feel(FeelRequest(STIFF, mean=True))
    theirs = studio.feel(FeelRequest(STIFF, mean=True, engine=engine))
    assert len(theirs.starts) == len(STIFF.notes)
    assert theirs != ours
    late = np.array(theirs.starts) - np.array([note.start for note in STIFF.notes])
    assert 0.0 < np.abs(late).max() <= 0.125
    assert studio.feel(FeelRequest(STIFF, mean=True, engine=engine)) == theirs


def test_a_groove_leads_it_as_it_leads_ours(studio: Studio) -> None:
    groove = studio.grooves()[0].facts.id
    played = studio.feel(FeelRequest(STIFF, groove=groove, engine="groovae_2bar_hits_control", mean=True))
    alone = studio.feel(FeelRequest(STIFF, engine="groovae_2bar_hits_control", mean=True))
    assert played != alone


def test_what_cannot_humanise_says_so(studio: Studio) -> None:
    with pytest.raises(UnknownNameError, match="makes up hits"):
        studio.feel(FeelRequest(STIFF, engine="groovae_2bar_tap_fixed_velocity"))
    with pytest.raises(UnknownNameError, match="There is no engine 'nobody'"):
        studio.feel(FeelRequest(STIFF, engine="nobody"))
