"""Students of the humaniser: short real trainings, and the same playing on Keras, NumPy and LiteRT."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import keras
import numpy as np
import pytest
from groove_examples import examples

from groovescape_models.checkpoints.registry import read_weights, shipped_model
from groovescape_models.errors import CheckpointError, UnknownNameError
from groovescape_models.inference.runtime import LiteRtNetwork
from groovescape_models.music.groove import FloatArray
from groovescape_models.training.feels import feel_rows
from groovescape_models.training.humanizer_kinds import KINDS
from groovescape_models.training.litert_files import Precision
from groovescape_models.training.litert_humanizers import to_litert
from groovescape_models.training.trainer import Trainer, TrainerOptions

if TYPE_CHECKING:
    from groovescape_models.training.trainer import TrainingResult

TEACHER = "humanizer_2bar"
OUTPUTS = ("velocity", "velocity_scale", "offset", "offset_scale")
STUDENTS = {"lstm": "groove-lstm", "lite": "groove-lite", "again": "humanizer"}
Make = Callable[..., Trainer]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    from groovescape_models.training.train_distil import make_student_trainer

    def make(student: str, epochs: int, *, resume: bool = False, teacher: str = TEACHER) -> Trainer:
        options = TrainerOptions(epochs=epochs, resume=resume)
        return make_student_trainer(examples(256), tmp_path, options, student=student, teacher=teacher, seed=0)

    yield make
    keras.backend.clear_session()


def run(trainer: Trainer) -> "TrainingResult":
    return trainer.run(lambda _: None, lambda: False)


@pytest.mark.parametrize("student", STUDENTS)
def test_a_student_comes_nearer_to_its_teacher_and_resumes_where_it_stopped(
    make: Make, tmp_path: Path, student: str
) -> None:
    run(make(student, 2))
    second = make(student, 5, resume=True)

    assert second.state.epoch == 2
    run(second)

    log = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert len(log) == 5
    assert log[-1]["metrics"]["loss"] < log[0]["metrics"]["loss"]


@pytest.mark.parametrize("student", STUDENTS)
def test_a_student_keeps_the_encoder_of_its_teacher(make: Make, student: str) -> None:
    weights, teacher = run(make(student, 1)).weights, read_weights(shipped_model(TEACHER))

    for name, array in weights.items():
        if name.startswith("encoder/"):
            np.testing.assert_allclose(array, teacher[name], atol=1e-6)


@pytest.mark.parametrize("student", STUDENTS)
def test_a_student_plays_alike_on_every_backend(make: Make, student: str) -> None:
    kind, weights = KINDS[STUDENTS[student]], run(make(student, 1)).weights
    network, numpy = kind.load(weights), kind.numpy(weights)
    lite_rt = LiteRtNetwork(to_litert(network, Precision.FLOAT32))
    rows = examples(8).split("train")
    hits, tempo = rows.hits.astype(np.float32), rows.tempos_bpm[:, None]
    z = numpy.run("encode", groove=feel_rows(rows), tempo=tempo)["mu"]

    def told(known: float) -> dict[str, FloatArray]:
        return {"hits": hits, "tempo": tempo, "z": z, "known": np.full_like(tempo, known)}

    for known in (0.0, 1.0):
        keras_plays = network.decode(*told(known).values())
        for name in OUTPUTS:
            wanted = np.asarray(keras_plays[name])
            np.testing.assert_allclose(numpy.run("decode", **told(known))[name], wanted, atol=1e-4)
            np.testing.assert_allclose(lite_rt.run("decode", **told(known))[name], wanted, atol=1e-4)


def test_what_cannot_teach_is_refused(make: Make, tmp_path: Path) -> None:
    (tmp_path / "weights.npz").write_text("no weights")

    with pytest.raises(UnknownNameError, match="student"):
        make("choir", 1)
    with pytest.raises(UnknownNameError, match="There is no model 'nobody'"):
        make("lstm", 1, teacher="nobody")
    with pytest.raises(CheckpointError, match="cannot be read as weights"):
        make("lstm", 1, teacher=str(tmp_path / "weights.npz"))
