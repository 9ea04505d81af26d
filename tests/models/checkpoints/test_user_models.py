import json
from collections.abc import Callable
from pathlib import Path

import pytest

from groovescape_models.checkpoints import user_models as module
from groovescape_models.checkpoints.official import OfficialModel
from groovescape_models.checkpoints.official_write import write_official
from groovescape_models.checkpoints.stored_config import config_facts, config_of
from groovescape_models.checkpoints.user_models import (
    add_model,
    all_models,
    damaged_models,
    model_named,
    read_user_model,
    remove_model,
    user_models,
)
from groovescape_models.errors import CheckpointError, UnknownNameError

MakeModel = Callable[..., OfficialModel]


@pytest.fixture
def source(make_model: MakeModel, tmp_path: Path) -> Path:
    path = tmp_path / "groovae_2bar_humanize.tar"
    write_official(make_model(), path)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The user's data folder, which is not there at first."""
    return tmp_path / "data" / "groovescape"


def test_an_added_model_is_listed_and_read_as_it_was(source: Path, folder: Path, make_model: MakeModel) -> None:
    info = add_model(source, folder)

    assert (info.id, info.licence, info.is_user) == ("groovae_2bar_humanize", "unknown", True)
    assert [model.id for model in user_models(folder)] == [info.id]
    assert info.id in {model.id for model in all_models(folder)}
    assert "Licence: unknown" in info.card
    model, original = read_user_model(model_named(info.id, folder)), make_model()
    assert model.config == original.config
    assert all((model.weights[name] == array).all() for name, array in original.weights.items())


def test_a_name_and_a_licence_may_be_given(source: Path, folder: Path) -> None:
    info = add_model(source, folder, "My Groove!", bars=4, licence="CC0")

    assert (info.id, info.licence, info.config["steps"]) == ("my_groove", "CC0", 64)


def test_a_name_that_is_taken_is_refused_and_a_files_name_is_numbered(source: Path, folder: Path) -> None:
    assert [add_model(source, folder).id for _ in range(3)] == [
        "groovae_2bar_humanize",
        "groovae_2bar_humanize_2",
        "groovae_2bar_humanize_3",
    ]
    with pytest.raises(CheckpointError, match="already"):
        add_model(source, folder, "groovae 2bar humanize")
    with pytest.raises(CheckpointError, match="already"):
        add_model(source, folder, "drums_2bar")


@pytest.mark.parametrize("name", ["../../etc", "/abs", "..", "C:\\x", "a/b", "nul\0"])
def test_a_name_leads_nowhere(source: Path, folder: Path, name: str) -> None:
    try:
        info = add_model(source, folder, name)
    except CheckpointError as error:
        assert "makes no name" in str(error)  # noqa: PT017  # a name of signs alone
        return
    assert Path(str(info.folder)).parent == folder / "models"


def test_what_cannot_be_read_leaves_nothing(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.tar").write_bytes(b"x" * 600)
    with pytest.raises(CheckpointError):
        add_model(tmp_path / "bad.tar", folder)
    assert not folder.exists()


def test_a_write_that_fails_half_way_leaves_nothing(
    source: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Path, __: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        add_model(source, folder)
    assert user_models(folder) == ()
    assert not list((folder / "models").iterdir())


def test_a_model_is_removed(source: Path, folder: Path) -> None:
    add_model(source, folder, "mine")
    remove_model("mine", folder)

    assert user_models(folder) == ()
    assert not list((folder / "models").iterdir())
    with pytest.raises(UnknownNameError, match="there are: none"):
        remove_model("mine", folder)


def test_only_what_was_added_is_removed(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    with pytest.raises(CheckpointError, match="ships with Groovescape"):
        remove_model("drums_2bar", folder)
    for name in ("../../outside", str(outside), "..", ""):
        with pytest.raises(UnknownNameError):
            remove_model(name, folder)
    assert outside.is_dir()


def test_a_link_is_removed_and_not_what_it_leads_to(source: Path, folder: Path, tmp_path: Path) -> None:
    add_model(source, folder, "mine")
    elsewhere = (folder / "models" / "mine").rename(tmp_path / "elsewhere")
    (folder / "models" / "mine").symlink_to(elsewhere)

    remove_model("mine", folder)

    assert (elsewhere / "model.json").is_file()


@pytest.mark.parametrize(
    "facts",
    [
        "no JSON",
        "{}",
        '{"id": "other"}',
        [("kind", "humanizer")],
        [("files", [])],
        [("files", {})],
        [("files", {"weights.npz": {}})],
        [("config", {})],
        [("config", 3)],
    ],
)
def test_a_damaged_model_is_left_out_and_named(source: Path, folder: Path, facts: object) -> None:
    add_model(source, folder, "mine")
    file = folder / "models" / "mine" / "model.json"
    text = facts if isinstance(facts, str) else json.dumps(json.loads(file.read_text()) | dict(facts))  # type: ignore[call-overload]
    file.write_text(text)
    (folder / "models" / "a file").write_text("x")

    assert user_models(folder) == ()
    assert damaged_models(folder) == ("mine",)
    remove_model("mine", folder)


def test_weights_that_were_changed_are_told(source: Path, folder: Path) -> None:
    info = add_model(source, folder, "mine")
    weights = folder / "models" / "mine" / "weights.npz"
    content = bytearray(weights.read_bytes())
    content[500] ^= 1
    weights.write_bytes(content)

    with pytest.raises(CheckpointError, match="damaged; remove it and add it again"):
        read_user_model(info)
    weights.unlink()
    with pytest.raises(CheckpointError, match="missing; remove it and add it again"):
        read_user_model(info)


def test_weights_of_another_network_are_told(folder: Path, make_model: MakeModel, tmp_path: Path) -> None:
    write_official(make_model("cat-mel_2bar_small"), tmp_path / "m.npz")
    info = add_model(tmp_path / "m.npz", folder)
    file = folder / "models" / info.id / "model.json"
    facts = json.loads(file.read_text())
    facts["config"]["latent_size"] = 5
    file.write_text(json.dumps(facts))

    with pytest.raises(CheckpointError, match="of another network"):
        read_user_model(user_models(folder)[0])


def test_a_shipped_network_of_ours_has_no_form_in_magenta(folder: Path) -> None:
    with pytest.raises(CheckpointError, match="own networks"):
        read_user_model(model_named("drums_2bar", folder))
    with pytest.raises(UnknownNameError, match="humanizer_2bar"):
        model_named("nobody", folder)


def test_no_folder_has_no_models(tmp_path: Path) -> None:
    assert user_models(None) == user_models(tmp_path / "none") == damaged_models(None) == ()
    assert module.MODELS == "models"


def test_a_configuration_comes_back_from_json(model: OfficialModel) -> None:
    assert config_of(json.loads(json.dumps(config_facts(model.config)))) == model.config


@pytest.mark.parametrize(
    "change", [{"steps": "32"}, {"steps": -1}, {"data": "x"}, {"encoder_sizes": 3}, {"chords": []}]
)
def test_a_configuration_that_is_not_sound_is_refused(model: OfficialModel, change: dict[str, object]) -> None:
    with pytest.raises(CheckpointError, match="not sound"):
        config_of(config_facts(model.config) | change)
