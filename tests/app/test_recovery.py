"""Work that outlives a crash."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from groovescape.commands import SetTempo
from groovescape.document import Document
from groovescape.jobs import Jobs
from groovescape.problems import SessionError
from groovescape.recovery import Recovery
from groovescape.session_file import load_session


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


def started(document: Document, jobs: Jobs, folder: Path) -> Recovery:
    recovery = Recovery(document, jobs, folder)
    recovery.start()
    return recovery


def test_an_edit_is_on_disk_within_two_seconds(qtbot: QtBot, jobs: Jobs, tmp_path: Path) -> None:
    document = Document()
    recovery = started(document, jobs, tmp_path)

    document.apply(SetTempo(90.0))
    qtbot.waitUntil(recovery.path.exists, timeout=2000)

    assert load_session(recovery.path).tempo_bpm == 90.0


def test_edits_without_a_pause_are_saved_all_the_same(qtbot: QtBot, jobs: Jobs, tmp_path: Path) -> None:
    document = Document()
    recovery = started(document, jobs, tmp_path)
    began, bpm = time.monotonic(), 20.0

    while time.monotonic() - began < 1.6:
        bpm += 0.5
        document.apply(SetTempo(bpm))
        qtbot.wait(20)

    assert recovery.path.exists()


def test_after_saving_there_is_nothing_to_recover_until_the_next_edit(qtbot: QtBot, jobs: Jobs, tmp_path: Path) -> None:
    document = Document()
    recovery = started(document, jobs, tmp_path)
    document.apply(SetTempo(90.0))
    qtbot.waitUntil(recovery.path.exists, timeout=2000)

    document.mark_saved()
    qtbot.waitUntil(lambda: not recovery.path.exists())
    document.apply(SetTempo(91.0))
    qtbot.waitUntil(recovery.path.exists, timeout=2000)

    assert load_session(recovery.path).tempo_bpm == 91.0


CRASH = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from groovescape.commands import SetTempo
from groovescape.document import Document
from groovescape.jobs import Jobs
from groovescape.recovery import Recovery

application = QCoreApplication([])
document, jobs = Document(), Jobs()
recovery = Recovery(document, jobs, Path(sys.argv[1]))
recovery.start()
document.apply(SetTempo(77.0))
QTimer.singleShot(1900, lambda: os._exit(9))
application.exec()
"""


def test_what_a_crash_left_behind_is_found_and_taken_once(qtbot: QtBot, jobs: Jobs, tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    crashed = subprocess.run([sys.executable, "-c", CRASH, str(tmp_path)], env=environment, check=False, timeout=60)
    assert crashed.returncode == 9

    recovery = started(Document(), jobs, tmp_path)
    left = recovery.left_behind()
    assert left is not None
    assert recovery.take(left).tempo_bpm == 77.0
    assert recovery.left_behind() is None


TAKE_AND_CRASH = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from groovescape.document import Document
from groovescape.jobs import Jobs
from groovescape.recovery import Recovery

application = QCoreApplication([])
recovery = Recovery(Document(), Jobs(), Path(sys.argv[1]))
recovery.start()
recovery.take(recovery.left_behind())
os._exit(9)
"""


def test_a_second_crash_right_after_taking_loses_nothing(qtbot: QtBot, jobs: Jobs, tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    document = Document()
    first = started(document, jobs, tmp_path)
    document.apply(SetTempo(66.0))
    first.finish()
    command = [sys.executable, "-c", TAKE_AND_CRASH, str(tmp_path)]
    assert subprocess.run(command, env=environment, check=False, timeout=60).returncode == 9

    third = started(Document(), jobs, tmp_path)
    left = third.left_behind()
    assert left is not None
    assert third.take(left).tempo_bpm == 66.0


def test_the_file_of_a_program_that_still_runs_is_not_offered(qtbot: QtBot, jobs: Jobs, tmp_path: Path) -> None:
    document = Document()
    other = started(document, jobs, tmp_path)
    document.apply(SetTempo(90.0))
    qtbot.waitUntil(other.path.exists, timeout=2000)

    assert started(Document(), jobs, tmp_path).left_behind() is None


def test_unsaved_work_survives_a_quiet_end_and_saved_work_is_tidied(qtbot: QtBot, jobs: Jobs, tmp_path: Path) -> None:
    document = Document()
    first = started(document, jobs, tmp_path)
    document.apply(SetTempo(66.0))
    first.finish()

    second = started(Document(), jobs, tmp_path)
    left = second.left_behind()
    assert left is not None
    assert second.take(left).tempo_bpm == 66.0
    second.finish()

    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_told_once_and_gone(qtbot: QtBot, jobs: Jobs, tmp_path: Path) -> None:
    (tmp_path / "1-a.session.json").write_text("{")
    recovery = started(Document(), jobs, tmp_path)
    left = recovery.left_behind()
    assert left is not None

    with pytest.raises(SessionError):
        recovery.take(left)
    assert recovery.left_behind() is None


def test_a_folder_that_cannot_be_made_costs_the_recovery_only(qtbot: QtBot, jobs: Jobs, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    document = Document()
    recovery = started(document, jobs, tmp_path / "file" / "recovery")

    document.apply(SetTempo(90.0))
    recovery.finish()

    assert recovery.left_behind() is None
