"""What a flow learns: to go from noise to where a conductor puts real music, in each style."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import keras
import numpy as np

from groovescape_models.engines.phrases import TwoBars
from groovescape_models.inference.numpy_conductor import NumpyConductor, Weights
from groovescape_models.music.groove import FloatArray
from groovescape_models.music.pattern import Role
from groovescape_models.training.conductor_figures import encode_bars, style_rows
from groovescape_models.training.conductor_tasks import ConductorTask
from groovescape_models.training.four_bars import FourBars, married
from groovescape_models.training.line_windows import source_weights
from groovescape_models.training.networks.latent_flow import LatentFlow, LatentFlowConfig
from groovescape_models.training.networks.tensors import Network
from groovescape_models.training.trainer import Batch, Batches, Validate

BATCH_SIZE: Final = 256
SPREAD: Final = 0.25
"""Part of a posterior's deviation that its latents are drawn with: music is where the means are."""
STYLES_HIDDEN: Final = 0.15
PAIRINGS: Final = 2
"""How often windows of a trio that lack a part are put together with others."""
VALIDATIONS: Final = 4


@dataclass(frozen=True, eq=False)
class Latents:
    """Where a conductor puts windows: mean and deviation (n, Z), styles (n, Y), and how often to draw each (n,)."""

    mean: FloatArray
    deviation: FloatArray
    styles: FloatArray
    chances: FloatArray


def latents_of(
    weights: Weights, task: ConductorTask, models: Mapping[Role, TwoBars], bars: FourBars, seed: int
) -> Latents:
    """Return the latents of windows that have all parts of a task; those that lack one are put together with others."""
    network, rng = NumpyConductor(weights), np.random.default_rng(seed)
    rounds = [married(bars, bars, rng) for _ in range(PAIRINGS)] if len(task.roles) > 1 else [bars]
    whole = [part.at(part.has.sum(1) == len(task.roles)) for part in rounds]
    read = [encode_bars(network, models, part) for part in whole]
    styles = np.concatenate([part.styles for part in whole])
    chances = source_weights(np.concatenate([part.sources for part in whole])) * source_weights(styles)
    return Latents(
        np.concatenate([mean for mean, _ in read]),
        np.concatenate([deviation for _, deviation in read]),
        style_rows(styles, task.styles),
        (chances / chances.sum()).astype(np.float32),
    )


def latent_flow(task: ConductorTask, seed: int) -> LatentFlow:
    """Return a flow for a task, its weights drawn with the seed."""
    keras.utils.set_random_seed(seed)
    return LatentFlow(LatentFlowConfig(task.latent_size, len(task.styles)))


def flow_batches(train: Latents, seed: int) -> Batches:
    """Return the batches of each epoch: latents drawn by their chances, some without their style."""
    count = max(1, len(train.mean) // BATCH_SIZE)
    chances = train.chances.astype(np.float64) / train.chances.sum(dtype=np.float64)

    def batches(epoch: int) -> Iterator[Batch]:
        rng = np.random.default_rng((seed, epoch))
        for rows in rng.choice(len(chances), (count, min(BATCH_SIZE, len(chances))), p=chances):
            yield flow_batch(train, rows, rng)

    return batches


def flow_batch(latents: Latents, rows: np.ndarray, rng: np.random.Generator) -> Batch:
    """Return what LatentFlow.call takes, of some rows."""
    shape = (len(rows), latents.mean.shape[1])
    shown = rng.random((len(rows), 1)) >= STYLES_HIDDEN
    return {
        "latent": latents.mean[rows] + SPREAD * latents.deviation[rows] * rng.standard_normal(shape, np.float32),
        "noise": rng.standard_normal(shape, np.float32),
        "time": _times(rng, len(rows)),
        "style": latents.styles[rows] * shown.astype(np.float32),
    }


def misses_of(validation: Latents) -> Validate:
    """Return the validation figures of a flow: how far it misses; the score is the same, negative."""
    rng = np.random.default_rng(0)
    rows = np.arange(len(validation.mean))
    batches = [flow_batch(validation, rows, rng) for _ in range(VALIDATIONS)]

    def validate(network: Network) -> Mapping[str, float]:
        miss = float(np.mean([float(network(batch)["loss"]) for batch in batches]))
        return {"score": -miss, "miss": miss}

    return validate


def _times(rng: np.random.Generator, count: int) -> FloatArray:
    """Return times (count, 1) in 0..1, more of them in the middle of the way, where the most is decided.

    Logistic of a normal draw (Esser et al. 2024, "Scaling Rectified Flow Transformers", section 3.1).
    """
    return np.asarray(1.0 / (1.0 + np.exp(-rng.standard_normal((count, 1)))), np.float32)
