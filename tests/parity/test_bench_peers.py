"""bench --peers: one network here and in both Magentas, each run once."""

import pytest

from groovescape.bench_peers import NETWORKS, OURS, PeerRow, race, ratios

NETWORK = "groovae_2bar_humanize"


@pytest.fixture(scope="module")
def rows() -> list[PeerRow]:
    return list(race(1, lambda _: None, {NETWORK: NETWORKS[NETWORK]}))


def test_every_runtime_is_measured(rows: list[PeerRow]) -> None:
    ours = ["LiteRT int8", "LiteRT float32", "NumPy"]
    assert [row.runtime for row in rows] == [*ours, "Magenta on TensorFlow", "Magenta.js, CPU", "Magenta.js, WASM"]
    assert all(0.0 < row.one < row.many for row in rows)


def test_ours_is_the_fastest(rows: list[PeerRow]) -> None:
    for row in rows:
        if row.runtime != OURS:
            assert min(ratios(rows, row)) > 1.5, row


def test_magenta_js_on_the_cpu_is_far_behind(rows: list[PeerRow]) -> None:
    (javascript,) = [row for row in rows if row.runtime == "Magenta.js, CPU"]

    assert min(ratios(rows, javascript)) > 50
