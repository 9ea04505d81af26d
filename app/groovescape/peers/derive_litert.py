"""The LiteRT files of an official network: python derive_litert.py JOB.json, where there is TensorFlow.

The job is {"weights": a network that read_official reads, "bars": its length, "files": {precision: file to write}}.
"""

import json
import os
import sys
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

from groovescape_models.checkpoints.official_file import read_official
from groovescape_models.training.litert_files import Precision
from groovescape_models.training.litert_musicvae import musicvae_litert


def main(job_file: Path) -> None:
    """Write every file of the job."""
    job = json.loads(job_file.read_text(encoding="utf-8"))
    model = read_official(Path(job["weights"]), job["bars"])
    for precision, file in job["files"].items():
        Path(file).write_bytes(musicvae_litert(model, Precision(precision)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
