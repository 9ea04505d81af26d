import importlib.util
import json
from pathlib import Path

import pytest

from groovescape import cli


@pytest.mark.parametrize(
    ("model", "heads"),
    [
        ("musicvae-drums", ("hit F1", "teacher forced", "prior samples")),
        ("groovae", ("timing ms", "velocity KL")),
        ("drummer", ("hit F1", "tap: GrooVAE")),
    ],
)
def test_the_tables_of_a_model_are_printed(
    model: str, heads: tuple[str, ...], tiny_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["evaluate", model, "--data", str(tiny_data)]) == cli.DONE
    text = capsys.readouterr().out
    assert all(head in text for head in heads)


def test_a_humaniser_is_measured_beside_every_other_way_to_play(
    tiny_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["evaluate", "groove", "--data", str(tiny_data), "--minutes", "0"]) == cli.DONE
    text = capsys.readouterr().out
    rows = ("random jitter", "quantised", "ridge", "nearest neighbours", "expected feel", "sampled", "own consistency")
    assert all(name in text for name in rows)
    assert all(title in text for title in ("Goals", "on hits of others", "By drummer", "Meters and grids"))
    has_trees = importlib.util.find_spec("sklearn") is not None
    assert has_trees or "Left out: boosted trees. Boosted trees need scikit-learn" in text


def test_what_is_no_humaniser_is_not_compared_with_them(tiny_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["evaluate", "groove", "--model", "drums_2bar", "--data", str(tiny_data)]) == cli.FAILED
    assert "drums_2bar is no humaniser" in capsys.readouterr().err


def test_the_whole_comparison_is_there_as_json(tiny_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["evaluate", "groove", "--model", "humanizer_2bar", "--data", str(tiny_data), "--minutes", "0", "--json"]
    assert cli.main(words) == cli.DONE
    figures = json.loads(capsys.readouterr().out)
    assert figures["model"] == "groove"
    assert figures["test_windows"] == 14
    assert {row["drummer"] for row in figures["drummers"]} == {"drummer2", "drummer5"}
    assert figures["transfers"]["medians (spread 0)"]["notes_kept"] == 1.0


def test_a_script_gets_the_figures_as_json(tiny_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["evaluate", "drums_2bar", "--data", str(tiny_data), "--json"]) == cli.DONE
    figures = json.loads(capsys.readouterr().out)
    assert figures["model"] == "drums_2bar"
    assert figures["test_patterns"] == 14
    assert 0.0 <= figures["sampled"]["hit_f1"] <= 1.0


@pytest.mark.parametrize("model", ["musicvae-drums", "groovae", "groove", "drums_2bar", "humanizer_2bar"])
def test_data_that_is_not_there_is_named(model: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["evaluate", model, "--data", str(tmp_path)]) == cli.FAILED
    assert str(tmp_path) in capsys.readouterr().err


def test_an_unknown_model_is_answered_with_the_known_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["evaluate", "keys", "--data", str(tmp_path)]) == cli.FAILED
    assert "drums_2bar" in capsys.readouterr().err
