"""groovescape train, for real and for seconds, on a data set of a few made-up performances."""

import json
from pathlib import Path

import numpy as np
import pytest

from groovescape import cli


@pytest.mark.parametrize("model", ["musicvae-drums", "groovae", "drummer"])
def test_a_run_leaves_weights_and_a_log_and_goes_on_from_there(
    model: str, tiny_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["train", model, "--data", str(tiny_data), "--out", str(tmp_path / "run"), "--seed", "1", "--json"]
    assert cli.main([*words, "--epochs", "1"]) == cli.DONE
    first = json.loads(capsys.readouterr().out)
    assert first["epochs"] == 1
    assert cli.main([*words, "--epochs", "2", "--resume"]) == cli.DONE
    second = json.loads(capsys.readouterr().out)
    assert second["epochs"] == 2
    assert second["score"] >= first["score"]
    log = [json.loads(line) for line in (tmp_path / "run" / "log.jsonl").read_text().splitlines()]
    assert [line["epoch"] for line in log] == [0, 1]
    assert all(np.isfinite(line["metrics"]["loss"]) for line in log)
    with np.load(tmp_path / "run" / "best.npz") as weights:
        assert all(np.isfinite(weights[name]).all() for name in weights.files)


def test_an_unknown_configuration_is_refused_by_its_name(
    tiny_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["train", "groovae", "--data", str(tiny_data), "--out", str(tmp_path / "run"), "--config", "huge"]
    assert cli.main([*words, "--epochs", "1"]) == cli.FAILED
    assert "official" in capsys.readouterr().err
