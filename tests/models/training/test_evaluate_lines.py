from pathlib import Path

import numpy as np
import pytest

from groovescape_models.encoding.harmony import condition_of
from groovescape_models.encoding.lines import Tokens
from groovescape_models.engines.library import Library
from groovescape_models.errors import DataSetError, UnknownNameError
from groovescape_models.music.chords import read_progression
from groovescape_models.music.key import Key
from groovescape_models.music.pattern import Role
from groovescape_models.training.evaluate_lines import evaluate_lines, measure_lines, reconstruction
from groovescape_models.training.line_data import line_examples
from groovescape_models.training.line_examples import LineExample, LineExamples, stack_lines


def tunes(count: int) -> Tokens:
    """Return tunes in C major on quarters and eighths, (count, 32)."""
    rng = np.random.default_rng(0)
    scale = np.array([60, 62, 64, 65, 67, 69, 71, 72, 74])
    places = np.clip(np.cumsum(rng.integers(-1, 2, (count, 16)), axis=1) + 4, 0, 8)
    tokens = np.zeros((count, 32), np.int16)
    tokens[:, ::2] = np.where(rng.random((count, 16)) < 0.6, scale[places] - 21 + 2, 0)
    tokens[:, 0] = 60 - 21 + 2
    return tokens


def examples(*splits: str) -> LineExamples:
    condition = condition_of(Key(), read_progression("C | G"), 2).astype(np.uint8)
    rows = [
        LineExample(tokens, 0, "major", condition, "pop", f"{split}{row}", split, "pop909", 0)
        for split in splits
        for row, tokens in enumerate(tunes(24))
    ]
    return stack_lines(rows, 2)


def test_tunes_come_back_and_what_is_made_is_in_the_key() -> None:
    library = Library()
    model, natural = library.lines[Role.MELODY](), library.line_naturalness[Role.MELODY]()

    report = measure_lines(model, natural, examples("validation", "test"), samples=32, asked=6)

    assert report.windows == 24
    assert report.sampled.steps_exact > 0.9
    assert report.teacher_forced.steps_exact >= report.sampled.steps_exact - 0.02
    assert report.made.in_scale >= 0.95
    assert report.data.in_scale == 1.0
    assert 5.0 < report.kl_bits < 100.0
    text = report.text()
    assert "made, as asked" in text
    assert "bare prior" in text
    assert set(report.figures()) >= {"sampled", "kl_bits", "prior_samples", "made"}


def test_reconstruction_counts_steps_notes_and_windows() -> None:
    tokens = tunes(4)
    back = tokens.copy()
    back[0, 1] = 50

    found = reconstruction(tokens, back)

    assert found.steps_exact == 1 - 1 / 128
    assert found.windows_exact == 0.75
    assert found.note_f1 < 1.0


def test_data_without_a_test_split_and_other_models_are_told() -> None:
    library = Library()
    model, natural = library.lines[Role.MELODY](), library.line_naturalness[Role.MELODY]()

    with pytest.raises(DataSetError, match="lacks a validation or a test split"):
        measure_lines(model, natural, examples("test"))
    with pytest.raises(UnknownNameError, match="melody_2bar, bass_2bar"):
        evaluate_lines(Path(), "drums_2bar")


def test_examples_that_were_read_before_are_read_from_their_file(tmp_path: Path) -> None:
    given = examples("test")
    given.save(tmp_path / "melody_2bar.npz")

    assert (line_examples(tmp_path, Role.MELODY).tokens == given.tokens).all()
