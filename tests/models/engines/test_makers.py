from pathlib import Path

import pytest

from groovescape_models.checkpoints import registry
from groovescape_models.engines.engine import GenerateRequest, Setting
from groovescape_models.engines.studio import open_studio
from groovescape_models.errors import CheckpointError, UnknownNameError
from groovescape_models.inference.memory import available_mb, memory_is_short
from groovescape_models.music.pattern import Role
from groovescape_models.music.timing import Meter


@pytest.mark.parametrize("role", [Role.DRUMS, Role.MELODY, Role.BASS])
def test_without_any_model_the_algorithm_plays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    request = GenerateRequest(role, seed=3)
    monkeypatch.setattr(registry, "checkpoints_folder", lambda: tmp_path)
    alone = open_studio().generate(request)
    monkeypatch.undo()

    assert alone == open_studio().generate(GenerateRequest(role, seed=3, engine="algorithm"))


@pytest.mark.parametrize("meter", [Meter(4, 4), Meter(3, 4), Meter(6, 8)])
def test_a_style_that_is_not_there_is_said_in_every_meter(meter: Meter) -> None:
    with pytest.raises(UnknownNameError, match="polka"):
        open_studio().generate(GenerateRequest(style="polka", setting=Setting(meter=meter)))


def test_a_damaged_model_is_said_and_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    studio = open_studio()

    def damaged(model_id: str) -> None:
        raise CheckpointError(f"model.tflite of the model {model_id} is damaged.")

    monkeypatch.setattr(studio.library, "open", damaged)
    with pytest.raises(CheckpointError, match="damaged"):
        studio.generate(GenerateRequest(seed=1))


def test_what_was_made_without_memory_is_made_anew_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    studio, request = open_studio(), GenerateRequest(seed=12)
    monkeypatch.setattr("groovescape_models.engines.makers.memory_is_short", lambda: True)
    poor = studio.generate(request)
    monkeypatch.undo()

    assert studio.generate(request) == open_studio().generate(request) != poor


@pytest.mark.parametrize("role", [Role.MELODY, Role.BASS])
@pytest.mark.parametrize("temperature", [0.05, 0.2])
def test_cold_lines_are_sung_all_the_same(role: Role, temperature: float) -> None:
    lines = open_studio().generate(GenerateRequest(role, 4, None, temperature, seed=1, count=12))

    assert min(len(line.notes) for line in lines) >= 4


def test_an_engine_that_is_not_there_is_said() -> None:
    with pytest.raises(UnknownNameError, match="There is no engine 'brain' for drums"):
        open_studio().generate(GenerateRequest(engine="brain"))


def test_what_the_system_says_of_memory(tmp_path: Path) -> None:
    file = tmp_path / "meminfo"
    file.write_text("MemTotal:  8000000 kB\nMemAvailable:  102400 kB\n")

    assert available_mb(file) == 100.0
    assert memory_is_short(file)
    assert not memory_is_short(tmp_path / "nowhere")
