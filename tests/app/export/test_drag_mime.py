import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from groovescape.export.drag import LMMS_MIME, DragKind, build_mime, session_folder
from groovescape.export.drag_picture import clip_picture
from groovescape.export.lmms_version import LmmsVersion
from groovescape.export.lmms_xml import clip_xml, track_xml
from groovescape_models.music.midi_patterns import drum_pattern
from groovescape_models.music.midi_read import read_midi
from groovescape_models.music.pattern import Note, Pattern

BEAT = Pattern((Note(0.0, 0.25, 36, 127), Note(1.25, 0.5, 38, 96)), 4.0, name="Füß: <1>")
SOUNDFONT = Path("/sounds/kit.sf2")


@pytest.mark.parametrize(("version", "key"), [(LmmsVersion.V1_2, "tco_0"), (LmmsVersion.MASTER, "clip_0")])
def test_a_clip_is_one_string_pair(tmp_path: Path, version: LmmsVersion, key: str) -> None:
    mime = build_mime(DragKind.CLIP, BEAT, 120.0, version, SOUNDFONT, tmp_path)
    assert mime.formats() == [LMMS_MIME]
    assert bytes(mime.data(LMMS_MIME).data()).decode() == f"{key}:{clip_xml(BEAT, version, BEAT.name)}"
    assert list(tmp_path.iterdir()) == []


def test_a_new_track_is_one_string_pair(tmp_path: Path) -> None:
    mime = build_mime(DragKind.NEW_TRACK, BEAT, 120.0, LmmsVersion.V1_2, SOUNDFONT, tmp_path, program=25)
    expected = track_xml(BEAT, LmmsVersion.V1_2, BEAT.name, SOUNDFONT, 25)
    assert bytes(mime.data(LMMS_MIME).data()).decode() == f"track_0:{expected}"


def test_a_midi_file_is_the_url_of_a_file_that_holds_the_pattern(tmp_path: Path) -> None:
    mime = build_mime(DragKind.MIDI_FILE, BEAT, 120.0, LmmsVersion.V1_2, SOUNDFONT, tmp_path)
    (url,) = mime.urls()
    path = Path(url.toLocalFile())
    assert path.parent == tmp_path
    assert mime.formats() == [LMMS_MIME, "text/uri-list"]
    assert bytes(mime.data(LMMS_MIME).data()).decode() == f"importedproject:{path}"
    assert [note.pitch for note in drum_pattern(read_midi(path)).notes] == [36, 38]


def test_a_pattern_without_a_name_gets_one(tmp_path: Path) -> None:
    mime = build_mime(DragKind.CLIP, Pattern(), 120.0, LmmsVersion.V1_2, None, tmp_path)
    assert b'name="Groovescape"' in bytes(mime.data(LMMS_MIME).data())


def test_the_sessions_folder_lasts_until_the_program_ends() -> None:
    assert session_folder() == session_folder()
    assert session_folder().is_dir()
    code = (
        "from groovescape.export.drag import session_folder; p = session_folder() / 'a.mid'; p.touch();"
        "assert p.exists(); print(session_folder())"
    )
    search_path = {"PYTHONPATH": ":".join(path for path in sys.path if path)}
    done = subprocess.run([sys.executable, "-c", code], env=search_path, capture_output=True, text=True, check=True)
    assert not Path(done.stdout.strip()).exists()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_picture_shows_the_hits_at_the_screens_resolution(qtbot: QtBot, scale: float) -> None:
    paper, ink = QColor("white"), QColor("black")
    full = clip_picture(BEAT, scale, paper, ink)
    empty = clip_picture(BEAT.with_notes(()), scale, paper, ink)
    assert full.size() == QSize(176, 56) * scale
    assert full.devicePixelRatio() == scale
    assert full.toImage() != empty.toImage()
    # The kick, at the start of the lower lane, is the loudest hit and so the darkest.
    assert full.toImage().pixelColor(int(7 * scale), int(45 * scale)).lightness() < 40
