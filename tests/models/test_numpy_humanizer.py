"""The humaniser on the weights that ship."""

import numpy as np
import pytest

from groovescape_models.checkpoints.registry import open_network, read_weights, shipped_model
from groovescape_models.errors import CheckpointError
from groovescape_models.inference.numpy_humanizer import NumpyHumanizer
from groovescape_models.inference.runtime import litert_available
from groovescape_models.music.drumkit import Drum
from groovescape_models.music.groove import FloatArray

GOLDEN_HAT_MS = (-3.8, -4.24, -0.97, -2.26, -6.28, -6.61, -4.02, -4.48)
GOLDEN_SNARE_MS = (-3.02, -3.52, -3.34, -2.92)
GOLDEN_HAT_VELOCITY = (118.8, 47.0, 125.2, 44.9, 77.1, 61.8, 91.1, 55.4)
OUTPUTS = ("velocity", "velocity_scale", "offset", "offset_scale")


@pytest.fixture(scope="module")
def humanizer() -> NumpyHumanizer:
    return NumpyHumanizer(read_weights(shipped_model("humanizer_2bar")))


def rock() -> FloatArray:
    """Return a plain rock beat, (1, 32, 9): eighth hats, kick on 1 and 3, snare on 2 and 4."""
    hits = np.zeros((1, 32, 9), np.float32)
    hits[:, ::2, Drum.CLOSED_HAT] = 1.0
    hits[:, ::8, Drum.KICK] = 1.0
    hits[:, 4::8, Drum.SNARE] = 1.0
    return hits


def bpm(*tempos: float) -> FloatArray:
    return np.array(tempos, np.float32)[:, None]


def expected(humanizer: NumpyHumanizer, hits: FloatArray, tempo: float = 110.0) -> dict[str, FloatArray]:
    """Return the playing of nobody in particular."""
    count = len(hits)
    latent_size = shipped_model("humanizer_2bar").config["latent_size"]
    tempos, z, known = (
        bpm(*[tempo] * count),
        np.zeros((count, latent_size), np.float32),
        np.zeros((count, 1), np.float32),
    )
    return humanizer.run("decode", hits=hits, tempo=tempos, z=z, known=known)


def performance(offset: float, velocity: float) -> FloatArray:
    """Return the rock beat played all alike, (1, 32, 27)."""
    hits = rock()
    return np.concatenate([hits, hits * velocity, hits * offset], axis=-1).astype(np.float32)


def with_feel_of(humanizer: NumpyHumanizer, groove: FloatArray) -> dict[str, FloatArray]:
    mu = humanizer.run("encode", groove=groove, tempo=bpm(110.0))["mu"]
    return humanizer.run("decode", hits=rock(), tempo=bpm(110.0), z=mu, known=np.ones((1, 1), np.float32))


def test_a_drummer_hits_within_half_a_step_and_within_midi(humanizer: NumpyHumanizer) -> None:
    played = expected(humanizer, rock())

    assert {name: played[name].shape for name in OUTPUTS} == dict.fromkeys(OUTPUTS, (1, 32, 9))
    assert (np.abs(played["offset"]) < 0.5).all()
    assert ((played["velocity"] > 0) & (played["velocity"] < 1)).all()
    assert (played["offset_scale"] > 0).all()
    assert (played["velocity_scale"] > 0).all()


def test_the_shipped_weights_play_the_rock_beat_as_they_did_when_they_were_measured(humanizer: NumpyHumanizer) -> None:
    played = expected(humanizer, rock())
    late_ms = played["offset"][0] * 15_000.0 / 110.0
    loud = played["velocity"][0] * 127.0

    np.testing.assert_allclose(late_ms[:16:2, Drum.CLOSED_HAT], GOLDEN_HAT_MS, atol=0.02)
    np.testing.assert_allclose(late_ms[4::8, Drum.SNARE], GOLDEN_SNARE_MS, atol=0.02)
    np.testing.assert_allclose(loud[:16:2, Drum.CLOSED_HAT], GOLDEN_HAT_VELOCITY, atol=0.1)


def test_the_backbeat_is_louder_than_the_hats(humanizer: NumpyHumanizer) -> None:
    velocity = expected(humanizer, rock())["velocity"][0]

    assert velocity[4::8, Drum.SNARE].min() > velocity[::2, Drum.CLOSED_HAT].mean() + 0.1


def test_a_late_performance_gives_a_later_feel_than_an_early_one(humanizer: NumpyHumanizer) -> None:
    late = with_feel_of(humanizer, performance(0.2, 0.6))["offset"][rock() > 0].mean()
    early = with_feel_of(humanizer, performance(-0.2, 0.6))["offset"][rock() > 0].mean()

    assert late > early + 0.05


def test_a_soft_performance_gives_a_softer_feel_than_a_loud_one(humanizer: NumpyHumanizer) -> None:
    soft = with_feel_of(humanizer, performance(0.0, 0.3))["velocity"][rock() > 0].mean()
    loud = with_feel_of(humanizer, performance(0.0, 0.9))["velocity"][rock() > 0].mean()

    assert loud > soft + 0.1


def test_without_a_known_feel_z_does_not_matter(humanizer: NumpyHumanizer) -> None:
    z = np.full((1, shipped_model("humanizer_2bar").config["latent_size"]), 3.0, np.float32)

    played = humanizer.run("decode", hits=rock(), tempo=bpm(110.0), z=z, known=np.zeros((1, 1), np.float32))

    np.testing.assert_array_equal(played["offset"], expected(humanizer, rock())["offset"])


def test_the_tempo_changes_the_playing(humanizer: NumpyHumanizer) -> None:
    slow, fast = (expected(humanizer, rock(), tempo)["offset"] for tempo in (70.0, 180.0))

    assert np.abs(slow - fast)[rock() > 0].max() > 0.01


def test_each_row_of_a_batch_is_played_for_itself(humanizer: NumpyHumanizer) -> None:
    hits = (np.random.default_rng(5).random((7, 32, 9)) < 0.2).astype(np.float32)

    together, alone = expected(humanizer, hits), expected(humanizer, hits[4:5])

    for name in OUTPUTS:
        np.testing.assert_allclose(together[name][4], alone[name][0], atol=1e-5)


@pytest.mark.skipif(not litert_available(), reason="LiteRT has no wheel here")
def test_litert_plays_what_numpy_plays(humanizer: NumpyHumanizer) -> None:
    litert = open_network(shipped_model("humanizer_2bar"), "litert")
    rng = np.random.default_rng(6)
    hits = (rng.random((5, 32, 9)) < 0.2).astype(np.float32)
    grooves = np.concatenate([hits, hits * 0.7, hits * rng.uniform(-0.3, 0.3, hits.shape)], axis=-1).astype(np.float32)
    tempo = bpm(80, 95, 110, 125, 140)

    feels = [network.run("encode", groove=grooves, tempo=tempo) for network in (litert, humanizer)]
    z, known = feels[1]["mu"], np.ones((5, 1), np.float32)
    played = [network.run("decode", hits=hits, tempo=tempo, z=z, known=known) for network in (litert, humanizer)]

    for name in ("mu", "sigma"):
        np.testing.assert_allclose(feels[0][name], feels[1][name], atol=2e-3)
    for name in OUTPUTS:
        np.testing.assert_allclose(played[0][name], played[1][name], atol=2e-3)


def test_weights_that_lack_an_array_are_refused_by_its_name() -> None:
    weights = dict(read_weights(shipped_model("humanizer_2bar")))
    del weights["decoder/output/bias"]

    with pytest.raises(CheckpointError, match="decoder/output/bias"):
        NumpyHumanizer(weights)


def test_an_unknown_signature_is_refused(humanizer: NumpyHumanizer) -> None:
    with pytest.raises(ValueError, match="'sing'"):
        humanizer.run("sing")
