"""Broken and hostile files: one sentence that says what and where, soon, or a song."""

import struct
import time
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

import mido
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groovescape_models.errors import MidiError
from groovescape_models.music import midi_limits
from groovescape_models.music.midi_read import parse_midi

END = b"\0\xff\x2f\0"


def midi(*tracks: bytes, kind: int = 1, division: int = 96, promised: int | None = None) -> bytes:
    head = b"MThd" + struct.pack(">IHHH", 6, kind, len(tracks) if promised is None else promised, division)
    return head + b"".join(b"MTrk" + struct.pack(">I", len(track)) + track for track in tracks)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "it has only 0 bytes"),
        (b"RIFF" + b"\0" * 40, "does not begin with MThd"),
        (b"\x89PNG" + b"\0" * 40, "does not begin with MThd"),
        (b"MThd\0\0\0\2\0\0" + b"\0" * 10, "byte 8.*header has 2 bytes instead of 6"),
        (midi(END, kind=3), "format must be 0, 1 or 2, it is 3"),
        (midi(END, division=0), "how many ticks a quarter note has, it says 0"),
        (midi(END, division=0xE700), "25 of 0"),
        (midi(END, division=0x8001), "SMPTE time must have"),
        (midi(END, promised=3), r"byte 26\): 3 tracks are promised, 1 are there"),
        (midi(END, promised=2000), "it has 2000 tracks, more than 1024"),
        (midi(END)[:-2], "a chunk of 4 bytes is promised, 2 bytes are left"),
        (midi(END, b"\0\x99\x24"), r"byte 36, track 2, event 1\): 2 more bytes are promised, 1 are there"),
        (midi(b"\0\x99\x24\x64\0\x24"), "track 1, event 2.*2 more bytes are promised"),
        (midi(b"\0\x24\x64"), r"byte 23, track 1, event 1\): a value stands where an event must begin"),
        (midi(b"\0\xf4\x64"), "no event begins with 0xF4"),
        (midi(b"\0\x99\x24\xc0" + END), "a value must be in 0..127, it is 192"),
        (midi(b"\xff\xff\xff\xff\x7f" + END), "more than four bytes"),
        (midi(b"\x81"), "ends in the middle of an event"),
        (midi(b"\0\xff\1\x7fa"), "127 more bytes are promised, 1 are there"),
        (midi(b"\0\xff\x51\3\0\0\0" + END), "tempo must be 1..16777215 microseconds"),
        (midi(b"\0\xff\x51\2\7\0" + END), "tempo must be 1..16777215 microseconds"),
        (midi(b"\0\xff\x58\4\0\2\x18\x08" + END), r"meter numerator must be in 1\.\.64, got 0"),
        (midi(b"\0\xff\x58\4\4\xff\x18\x08" + END), "meter denominator must be a power of two"),
        (midi(b"\0\xff\x58\1\4" + END), "a meter must have two numbers"),
    ],
)
def test_a_broken_file_is_told_in_one_sentence_that_says_where(data: bytes, said: str) -> None:
    with pytest.raises(MidiError, match=said) as caught:
        parse_midi(data, "beat.mid")
    sentence = str(caught.value)
    assert sentence.startswith("beat.mid ")
    assert sentence.endswith(".")
    assert "\n" not in sentence


def within(seconds: float, work: Callable[[], object]) -> None:
    """Do the work and check the processor time that it took."""
    start = time.process_time()
    work()
    assert time.process_time() - start < seconds


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\0" * (midi_limits.MAX_FILE_BYTES + 1), "larger than 16 MB"),
        (midi(b"\0\x99\x24\x40" + b"\0\x24\x40" * 600_000), "more than 500000 events"),
        (midi(b"\0\x99\x24\x40" + b"\0\x24\x40" * 250_000), "has 250001 notes, the limit is 250000"),
        (
            midi(b"\xff\xff\xff\x7f\x99\x24\x40" * 1000, division=1),
            "lasts 2.68.*e.11 quarter notes, the limit is 32768",
        ),
        (midi(b"\xff\xff\xff\x7f\x99\x24\x40" * 1000, division=0xE728), "quarter notes, the limit is 32768"),
        (midi(b"\0\xff\1\xff\xff\x7f" + b"a" * 2097151), "2097153 bytes of texts and system messages"),
        (midi(b"\0\xff\x51\3\7\1\1\1\xff\x51\3\7\1\2" * 20_000, division=0xE728), "changes 40000 times"),
        (midi(END, promised=1000) + b"none\0\0\0\0" * 100_000, "1000 tracks are promised, 1 are there"),
        (midi(*[b"\0\x80\0\0" + b"".join(bytes((0, 0xC0 | c, 0)) for c in range(16))] * 100), "make 1600 tracks"),
    ],
    ids=["bytes", "events", "notes", "length", "smpte length", "texts", "tempos", "chunks", "channels"],
)
def test_a_hostile_file_is_refused_soon(data: bytes, said: str) -> None:
    def read() -> None:
        with pytest.raises(MidiError, match=said):
            parse_midi(data, "bomb.mid")

    within(20.0, read)


def valid_files() -> list[bytes]:
    """Small files with every kind of event."""
    beat = mido.MidiTrack([mido.MetaMessage("track_name", name="Drums"), mido.MetaMessage("set_tempo", tempo=600_000)])
    beat.append(mido.MetaMessage("time_signature", numerator=3, denominator=4))
    beat.append(mido.Message("sysex", data=(0x7E, 0x7F, 9, 1)))
    for step in range(24):
        beat.append(mido.Message("note_on", channel=9, note=36 + step % 10, velocity=90, time=60))
        beat.append(mido.Message("note_off", channel=9, note=36 + step % 10, time=60))
    line = mido.MidiTrack([mido.Message("program_change", program=33), mido.MetaMessage("lyrics", text="la")])
    line += [mido.Message("note_on", note=40, velocity=v, time=100) for v in (90, 0, 80, 0)]
    line += [mido.Message("pitchwheel", pitch=100), mido.MetaMessage("key_signature", key="F#m")]
    data = []
    for kind, tracks in ((0, [beat]), (1, [beat, line]), (2, [beat, line])):
        buffer = BytesIO()
        mido.MidiFile(type=kind, ticks_per_beat=480, tracks=tracks).save(file=buffer)
        data.append(buffer.getvalue())
    return [*data, data[0][:12] + b"\xe7\x28" + data[0][14:]]


def read_or_refuse(data: bytes) -> None:
    """Read; anything but a song or a MidiError fails the test, and so does a second of work."""

    def read() -> None:
        with suppress(MidiError):
            parse_midi(data, "fuzz.mid")

    within(1.0, read)


@pytest.mark.parametrize("index", range(4))
def test_bytes_changed_cut_or_doubled_at_random_are_read_or_refused(index: int) -> None:
    draw, original = np.random.default_rng(index), valid_files()[index]
    for _ in range(700):
        data = bytearray(original)
        for _ in range(int(draw.choice((1, 1, 2, 5, 20)))):
            data[draw.integers(len(data))] = draw.choice((0, 0x7F, 0x80, 0xFF, 0xF0, draw.integers(256)))
        cut, doubled = draw.integers(len(data), size=2)
        read_or_refuse(bytes(data))
        read_or_refuse(bytes(data[:cut]))
        read_or_refuse(bytes(data[:cut] + data[doubled:]))


@given(st.binary(max_size=200))
def test_a_track_of_any_bytes_is_read_or_refused(track: bytes) -> None:
    read_or_refuse(midi(track))


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    read_or_refuse(data)
    read_or_refuse(b"MThd\0\0\0\6" + data)
