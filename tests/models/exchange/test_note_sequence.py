"""What holds without note-seq, which these tests hide where it is installed; tests/parity has the rest."""

import sys
from pathlib import Path

import pytest

from groovescape_models.errors import DependencyError
from groovescape_models.exchange.note_sequence import read_note_sequence, to_note_sequence, write_note_sequence
from groovescape_models.music.midi_song import MidiSong


def test_without_note_seq_one_sentence_names_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "note_seq", None)
    file = tmp_path / "song.pb"
    for attempt in (
        lambda: to_note_sequence(MidiSong()),
        lambda: write_note_sequence(MidiSong(), file),
        lambda: read_note_sequence(file),
    ):
        with pytest.raises(DependencyError, match="pip install"):
            attempt()
    assert not file.exists()
