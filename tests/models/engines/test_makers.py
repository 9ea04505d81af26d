from pathlib import Path

import pytest

from groovescape_models.checkpoints import registry
from groovescape_models.engines.engine import GenerateRequest
from groovescape_models.engines.studio import open_studio
from groovescape_models.errors import UnknownNameError
from groovescape_models.inference.memory import available_mb, memory_is_short
from groovescape_models.music.pattern import Role


@pytest.mark.parametrize("role", [Role.DRUMS, Role.MELODY, Role.BASS])
def test_without_any_model_the_algorithm_plays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    request = GenerateRequest(role, seed=3)
    monkeypatch.setattr(registry, "checkpoints_folder", lambda: tmp_path)
    alone = open_studio().generate(request)
    monkeypatch.undo()

    assert alone == open_studio().generate(GenerateRequest(role, seed=3, engine="algorithm"))


def test_a_style_that_is_not_there_is_still_said() -> None:
    with pytest.raises(UnknownNameError, match="polka"):
        open_studio().generate(GenerateRequest(style="polka"))


def test_an_engine_that_is_not_there_is_said() -> None:
    with pytest.raises(UnknownNameError, match="There is no engine 'brain' for drums"):
        open_studio().generate(GenerateRequest(engine="brain"))


def test_what_the_system_says_of_memory(tmp_path: Path) -> None:
    file = tmp_path / "meminfo"
    file.write_text("MemTotal:  8000000 kB\nMemAvailable:  102400 kB\n")

    assert available_mb(file) == 100.0
    assert memory_is_short(file)
    assert not memory_is_short(tmp_path / "nowhere")
