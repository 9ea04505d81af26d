from pathlib import Path

import numpy as np
import pytest

from groovescape_models.checkpoints.official import OfficialConfig, OfficialData, OfficialModel
from groovescape_models.checkpoints.official_write import write_official
from groovescape_models.checkpoints.user_models import add_model
from groovescape_models.checkpoints.variable_names import variable_shapes
from groovescape_models.engines.studio import open_studio
from groovescape_models.errors import CheckpointError, UnknownNameError

CONFIGS = {
    "drums": OfficialConfig(OfficialData.DRUMS, 32, 4, 10, (512,), (3,), (2, 2)),
    "groove": OfficialConfig(OfficialData.GROOVE, 32, 4, 27, (27,), (3,), (2, 2)),
    "melody": OfficialConfig(OfficialData.MELODY, 32, 4, 90, (90,), (3,), (2, 2), lowest_pitches=(21,)),
    "trio": OfficialConfig(
        OfficialData.TRIO, 256, 4, 692, (90, 90, 512), (3, 3), (2, 2), lowest_pitches=(21, 21)
    ),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with a network of each kind."""
    rng = np.random.default_rng(0)
    for name, config in CONFIGS.items():
        shapes = variable_shapes(config).items()
        weights = {key: rng.standard_normal(shape).astype(np.float32) for key, shape in shapes}
        write_official(OfficialModel(config, weights, name), tmp_path / f"{name}.tar")
        add_model(tmp_path / f"{name}.tar", tmp_path / "data")
    return tmp_path / "data"


def test_the_studio_lists_what_ships_and_what_was_added(folder: Path) -> None:
    ids = [model.id for model in open_studio(folder=folder).models()]

    assert "drums_2bar" in ids
    assert ids[-4:] == sorted(CONFIGS)


@pytest.mark.parametrize("name", ["drums", "groove", "melody"])
def test_an_added_network_encodes_and_decodes(folder: Path, name: str) -> None:
    space = open_studio(folder=folder).open_official(name)
    grids = space.decode(np.random.default_rng(1).standard_normal((3, space.latent_size)).astype(np.float32))
    mu, sigma = space.encode(grids)

    assert grids.shape[:2] == (3, 32)
    assert mu.shape == sigma.shape == (3, 4)
    assert (space.decode(mu, space.corrections(mu, grids)) == grids).all()


def test_what_has_no_space_of_one_role_is_told(folder: Path) -> None:
    studio = open_studio(folder=folder)
    with pytest.raises(CheckpointError, match="three parts"):
        studio.open_official("trio")
    with pytest.raises(CheckpointError, match="own networks"):
        studio.open_official("drums_2bar")
    with pytest.raises(UnknownNameError, match="melody"):
        studio.open_official("trumpets")
