"""note-seq 0.0.5 and our NoteSequences on the same MIDI files: python note_sequences.py JOBS.json.

A job is {"midi", "out", "models"}: a MIDI file, where to write, and the folder of our package. Written are OUT.json
with what both make of the file, OUT.pb (ours), OUT.theirs.mid (our NoteSequence as note-seq writes it), OUT.ours.mid
(note-seq's as we write it), OUT.again.mid (ours, there and back) and, of a song in one meter and tempo,
OUT.quantized.mid (note-seq's, on the grid, as we write it).
"""

import json
import sys
import warnings
from pathlib import Path
from typing import Any

warnings.simplefilter("ignore")


def facts(sequence: Any) -> dict[str, Any]:  # noqa: ANN401  # note-seq's messages have no types
    """Return what a NoteSequence says, in an order that does not depend on how it was made."""
    notes = [
        [round(n.start_time, 9), round(n.end_time, 9), n.pitch, n.velocity, n.program, n.is_drum]
        for n in sequence.notes
    ]
    return {
        "notes": sorted(notes),
        "tempos": [[round(tempo.time, 4), round(tempo.qpm, 2)] for tempo in sequence.tempos],
        "meters": [[round(t.time, 4), t.numerator, t.denominator] for t in sequence.time_signatures],
        "names": sorted(info.name for info in sequence.instrument_infos),
        "ticks_per_quarter": sequence.ticks_per_quarter,
    }


def run(job: dict[str, str]) -> None:
    """Do one job."""
    sys.path[:0] = [job["models"]]
    import note_seq

    from groovescape_models.exchange.note_sequence import (
        from_note_sequence,
        read_note_sequence,
        to_note_sequence,
        write_note_sequence,
    )
    from groovescape_models.music.midi_read import read_midi
    from groovescape_models.music.midi_write import write_midi

    midi, out = Path(job["midi"]), job["out"]
    song, theirs = read_midi(midi), note_seq.midi_file_to_note_sequence(str(midi))
    ours = to_note_sequence(song)
    write_note_sequence(song, Path(f"{out}.pb"))
    note_seq.note_sequence_to_midi_file(ours, f"{out}.theirs.mid")
    write_midi(from_note_sequence(theirs), Path(f"{out}.ours.mid"))
    write_midi(read_note_sequence(Path(f"{out}.pb")), Path(f"{out}.again.mid"))
    if len(song.meters) == len(song.tempos) == 1:
        quantized = note_seq.quantize_note_sequence(theirs, 4)
        for note in quantized.notes:  # as Magenta.js passes them on
            note.start_time = note.end_time = 0.0
        quantized.total_time = 0.0
        write_midi(from_note_sequence(quantized), Path(f"{out}.quantized.mid"))
    Path(f"{out}.json").write_text(json.dumps({"ours": facts(ours), "theirs": facts(theirs)}))


if __name__ == "__main__":
    for each in json.loads(Path(sys.argv[1]).read_text()):
        run(each)
