import json

import pytest

from groovescape import bench, cli
from groovescape.bench_process import WARM_UP_RUNS

MODEL_FIGURES = {
    "decode 2 bars",
    "encode 2 bars",
    "25 points of the pad",
    "humanise 2 bars",
    "memory, models loaded",
    "humanizer_2bar: decode 2 bars",
    "a groove on 2 bars",
    "mix of four grooves, 2 bars",
    "all sliders and curves, 2 bars",
    "all sliders and curves, 10,000 notes",
    "extract the groove of 2 bars",
    "extract the groove of 10,000 notes",
    "a step of 4 hits through a groove",
    "a step of 4 hits through a groove, 1 in 1,000",
    "a step of 4 hits through the humaniser",
    "a step of 4 hits through the humaniser, 1 in 1,000",
    "a slider, 16,000 notes playing",
    "a slider, 16,000 notes playing, 1 in 1,000",
}
WINDOW_FIGURES = {"pad move to repaint", "first paint of a warm start", "memory, window open and models loaded"}


def test_the_models_are_measured_beside_the_design_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["bench", "--no-window", "--runs", "3", "--json"]) == cli.DONE
    figures = {figure["name"]: figure for figure in json.loads(capsys.readouterr().out)}
    assert set(figures) >= MODEL_FIGURES
    assert all(0 < figure["median"] <= figure["p95"] for figure in figures.values())
    decode = figures["decode 2 bars"]
    assert decode["ratios"] == pytest.approx([450 / decode["median"], 180 / decode["median"]])
    assert figures["encode 2 bars"]["ratios"] == [None, None]
    assert all(figure["median"] <= 1.0 for name, figure in figures.items() if "1 in 1,000" in name)


def test_the_slower_backend_is_measured_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["bench", "--no-window", "--runs", "1", "--backend", "numpy"]) == cli.DONE
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["unit", "median", "p95", "design", "times", "better"]
    assert all(any(line.startswith(name) for line in lines) for name in MODEL_FIGURES)


def test_the_window_is_measured_without_a_screen(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("groovescape.bench_window.STARTS", 1)
    assert cli.main(["bench", "--runs", "2", "--json"]) == cli.DONE
    figures = {(figure["name"], figure["unit"]): figure for figure in json.loads(capsys.readouterr().out)}
    assert {name for name, _ in figures} >= MODEL_FIGURES | WINDOW_FIGURES
    assert figures["pad move to repaint", "CPU ms"]["median"] > 0
    assert figures["first paint of a warm start", "CPU ms"]["median"] > 10


def test_work_is_timed_in_cpu_time_and_run_as_often_as_asked() -> None:
    runs: list[int] = []
    median, p95 = bench.cpu_ms(runs.append, 5)
    assert runs[WARM_UP_RUNS:] == [0, 1, 2, 3, 4]
    assert 0 <= median <= p95 < 100


def test_a_ratio_is_how_many_times_better() -> None:
    figure = bench.Figure("decode", "CPU ms", 0.5, 0.7, 10, bench.Design(450, 180))
    assert figure.ratios == (900, 360)


def test_a_window_that_does_not_open_is_a_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    assert cli.main(["bench", "--runs", "1"]) == cli.FAILED
    assert "--no-window" in capsys.readouterr().err
