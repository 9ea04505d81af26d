"""What a decoding costs in Magenta on TensorFlow: python race_magenta.py JOB.json, in Magenta's own environment.

The job is {"config": a name of CONFIG_MAP, "checkpoint": of it, "batches": [...], "runs": N, "answers": FILE}.
Writes {"batch": [CPU ms of each run]} to the file.
"""

import json
import os
import sys
import time
import types
from pathlib import Path

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
for absent in ("tensorflow_datasets", "tf_slim"):
    sys.modules[absent] = types.ModuleType(absent)

import numpy as np  # noqa: E402  # the lines above must come first
from magenta.models.music_vae import configs  # noqa: E402
from magenta.models.music_vae.trained_model import TrainedModel  # noqa: E402

WARM_UP_RUNS = 3


def main(job_file: Path) -> None:
    """Measure every batch size of the job."""
    job = json.loads(job_file.read_text(encoding="utf-8"))
    answers = {}
    for batch in job["batches"]:
        config = configs.CONFIG_MAP[job["config"]]
        model = TrainedModel(config, batch_size=batch, checkpoint_dir_or_path=job["checkpoint"])
        steps = config.hparams.max_seq_len
        z = np.random.default_rng(0).standard_normal((batch, config.hparams.z_size)).astype(np.float32)
        spent = []
        for _ in range(WARM_UP_RUNS + job["runs"]):
            started = time.process_time()
            model.decode_to_tensors(z, length=steps, temperature=1.0)
            spent.append((time.process_time() - started) * 1e3)
        answers[batch] = spent[WARM_UP_RUNS:]
    Path(job["answers"]).write_text(json.dumps(answers), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
