import json
from pathlib import Path

import pytest

from groovescape_models.errors import CheckpointError
from groovescape_models.training.run_log import log_of, rival_in


def line(epoch: int, score: float) -> str:
    found = {"score": score, "hit_f1": score, "steps_exact": score - 0.05}
    return json.dumps(
        {"epoch": epoch, "elapsed_s": 60.0 * (epoch + 1), "metrics": {"kl_bits": 60.0}, "validation": found}
    )


def test_the_best_epoch_of_a_run_stands_for_it(tmp_path: Path) -> None:
    (tmp_path / "log.jsonl").write_text("\n".join(line(epoch, score) for epoch, score in enumerate((0.5, 0.9, 0.8))))
    rival = rival_in(tmp_path)
    assert (rival.name, rival.epochs, rival.minutes) == (tmp_path.name, 3, 3.0)
    assert rival.hit_f1 == 0.9


def test_a_folder_without_a_run_is_told(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="train there first"):
        log_of(tmp_path)
    (tmp_path / "log.jsonl").write_text("")
    with pytest.raises(CheckpointError, match="no epoch yet"):
        log_of(tmp_path)
