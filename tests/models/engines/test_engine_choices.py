"""What can make new patterns: the shipped models, what the user added, and rules."""

from pathlib import Path

import numpy as np
import pytest

from groovescape_models.checkpoints.official import OfficialConfig, OfficialData, OfficialModel
from groovescape_models.checkpoints.official_write import write_official
from groovescape_models.checkpoints.user_models import add_model
from groovescape_models.checkpoints.variable_names import variable_shapes
from groovescape_models.engines.engine import GenerateRequest
from groovescape_models.engines.studio import Studio, open_studio
from groovescape_models.music.pattern import Role


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    """A studio whose user has added a small melody model."""
    folder: Path = tmp_path_factory.mktemp("user")
    config = OfficialConfig(OfficialData.MELODY, 32, 4, 90, (90,), (3,), (2, 2), lowest_pitches=(21,))
    weights = {name: np.ones(shape, np.float32) for name, shape in variable_shapes(config).items()}
    write_official(OfficialModel(config, weights, "mel"), folder / "mel_2bar.tar")
    add_model(folder / "mel_2bar.tar", folder, "mine")
    return open_studio(folder=folder)


@pytest.mark.parametrize(
    ("role", "ids"),
    [
        (Role.DRUMS, ["model", "drums_4bar", "algorithm"]),
        (Role.MELODY, ["model", "melody_4bar", "mine", "algorithm"]),
        (Role.BASS, ["model", "algorithm"]),
        (None, ["model", "algorithm"]),
    ],
)
def test_each_role_has_its_engines_the_usual_one_first(studio: Studio, role: Role | None, ids: list[str]) -> None:
    choices = studio.engines(role)
    assert [choice.id for choice in choices] == ids
    assert all(choice.title for choice in choices)


@pytest.mark.parametrize("role", [Role.DRUMS, Role.MELODY, Role.BASS])
def test_every_engine_plays_in_every_style_that_it_names(studio: Studio, role: Role) -> None:
    for choice in studio.engines(role):
        for style in (None, *choice.styles[-1:]):
            request = GenerateRequest(role, 2, style, seed=3, engine=choice.id)
            (pattern,) = studio.generate(request)
            assert pattern.role is role
            assert pattern.bars == 2
