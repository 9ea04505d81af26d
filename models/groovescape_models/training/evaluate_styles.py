"""How well patterns that are drawn for a style show it: a classifier of real clips judges them."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np

from groovescape_models.encoding.drums import to_hits
from groovescape_models.engines.engine import GenerateRequest
from groovescape_models.engines.studio import Studio
from groovescape_models.errors import DataSetError
from groovescape_models.music.groove import BoolArray
from groovescape_models.training.drum_measures import MEASURES
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.gmd import load_gmd
from groovescape_models.training.style_classifier import StyleClassifier, train_classifier
from groovescape_models.training.style_library import full_beats

Draw = Callable[[str, int], BoolArray]
"""Returns so many patterns of a style, hits (n, 32, 9)."""
DRAWS: Final = 100
MIN_CLIPS: Final = 20
"""A style with fewer clips in the test split is judged on its draws alone."""
SHOWN: Final = ("hits a pattern", "bars alike", "syncopation a bar")


@dataclass(frozen=True, slots=True)
class StyleRow:
    """One style: shares that the classifier names rightly, of real clips (None where there are too few) and of draws.

    real and drawn are the means of each measure of SHOWN, over real clips and over draws.
    """

    name: str
    clips: int
    real_right: float | None
    drawn_right: float
    real: tuple[float, ...]
    drawn: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class StyleReport:
    """All styles. The accuracies are means over the styles that have test clips."""

    rows: tuple[StyleRow, ...]

    @property
    def real_accuracy(self) -> float:
        """Of clips that nothing here has been trained on."""
        return float(np.mean([row.real_right for row in self.rows if row.real_right is not None]))

    @property
    def drawn_accuracy(self) -> float:
        """Of draws, for the same styles."""
        return float(np.mean([row.drawn_right for row in self.rows if row.real_right is not None]))

    def figures(self) -> dict[str, object]:
        """Return the figures for model.json."""
        return {
            "real_accuracy": round(self.real_accuracy, 4),
            "drawn_accuracy": round(self.drawn_accuracy, 4),
            "styles": {row.name: {k: v for k, v in asdict(row).items() if k != "name"} for row in self.rows},
        }

    def text(self) -> str:
        """Return the figures as a table to print."""
        head = "".join(f"{name:>24}" for name in SHOWN)
        lines = [
            f"named rightly: {self.real_accuracy:.3f} of real test clips, {self.drawn_accuracy:.3f} of draws",
            "",
            f"{'style':<14}{'clips':>6}{'real':>8}{'drawn':>8}{head}",
            f"{'':<14}{'':>6}{'right':>8}{'right':>8}" + "".join(f"{'real':>16}{'drawn':>8}" for _ in SHOWN),
        ]
        for row in self.rows:
            right = "-" if row.real_right is None else f"{row.real_right:.2f}"
            pairs = "".join(f"{real:>16.2f}{drawn:>8.2f}" for real, drawn in zip(row.real, row.drawn, strict=True))
            lines.append(f"{row.name:<14}{row.clips:>6}{right:>8}{row.drawn_right:>8.2f}{pairs}")
        return "\n".join(lines)


def evaluate_styles(data: Path, studio: Studio, draws: int = DRAWS, seed: int = 0) -> StyleReport:
    """Return how the drum styles of a studio show, on the data at a path; DataSetError if the data is not there."""

    def draw(style: str, count: int) -> BoolArray:
        patterns = studio.generate(GenerateRequest(style=style, count=count, seed=seed))
        return np.stack([to_hits(pattern) for pattern in patterns])

    names = tuple(style.name for style in studio.library.styles().of(GenerateRequest().role))
    return measure_styles(draw, names, load_gmd(data), draws)


def measure_styles(draw: Draw, names: tuple[str, ...], examples: ExampleArrays, draws: int = DRAWS) -> StyleReport:
    """Return how draws show their styles, judged by a classifier of the training split's clips."""
    clips = full_beats(examples)
    clips = clips.where(np.isin(clips.styles, names))
    train = clips.split("train")
    if not len(train):
        raise DataSetError("The data has no clips of any style; check the folder named with --data.")
    judge = train_classifier(train.hits, train.styles, train.sources)
    known = [name for name in names if name in judge.names]
    return StyleReport(tuple(_row(name, draw(name, draws), clips, judge) for name in known))


def _row(name: str, drawn: BoolArray, clips: ExampleArrays, judge: StyleClassifier) -> StyleRow:
    own = clips.where(clips.styles == name)
    test = own.split("test")
    right = float((judge.named(test.hits) == name).mean()) if len(test) >= MIN_CLIPS else None
    return StyleRow(
        name,
        len(test),
        None if right is None else round(right, 4),
        round(float((judge.named(drawn) == name).mean()), 4),
        tuple(round(float(MEASURES[measure](own.hits).mean()), 3) for measure in SHOWN),
        tuple(round(float(MEASURES[measure](drawn).mean()), 3) for measure in SHOWN),
    )
