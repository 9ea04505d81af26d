"""Finding SoundFonts and reading their kits."""

import struct
from pathlib import Path

import pytest

from groovescape.audio.problems import SoundFontError
from groovescape.audio.soundfont import ENVIRONMENT, Kit, find_soundfont, is_soundfont, list_kits


def riff(*chunks: bytes) -> bytes:
    body = b"sfbk" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def chunk(name: bytes, data: bytes, *, pad: bool = True) -> bytes:
    return name + struct.pack("<I", len(data)) + data + (b"\0" if pad and len(data) % 2 else b"")


def preset(name: bytes, bank: int, program: int) -> bytes:
    return struct.pack("<20sHHHIII", name, program, bank, 0, 0, 0, 0)


def font(*presets: bytes, sample_bytes: int = 0, pad: bool = True) -> bytes:
    headers = chunk(b"phdr", b"".join(presets) + preset(b"EOP", 0, 0))
    return riff(
        chunk(b"LIST", b"INFO"),
        chunk(b"LIST", b"sdta" + bytes(sample_bytes), pad=pad),
        chunk(b"LIST", b"pdta" + headers),
    )


@pytest.fixture
def small_font(tmp_path: Path) -> Path:
    path = tmp_path / "small.sf2"
    path.write_bytes(font(preset(b"Piano", 0, 0), preset(b"Jazz Kit", 128, 32), preset(b"Standard", 128, 0)))
    return path


def test_the_kits_of_the_installed_soundfont_begin_with_the_standard_kit(soundfont: Path) -> None:
    kits = list_kits(soundfont)
    assert len(kits) >= 2
    assert kits[0].program == 0
    assert all(kit.bank == 128 and kit.name for kit in kits)


def test_kits_are_bank_128_by_program_with_the_fonts_own_names(small_font: Path) -> None:
    assert list_kits(small_font) == (Kit("Standard", 128, 0), Kit("Jazz Kit", 128, 32))


@pytest.mark.parametrize("pad", [True, False])
def test_odd_chunks_are_read_padded_or_not(tmp_path: Path, *, pad: bool) -> None:
    path = tmp_path / "odd.sf3"
    path.write_bytes(font(preset(b"Standard", 128, 0), sample_bytes=3, pad=pad))
    assert list_kits(path) == (Kit("Standard", 128, 0),)


def test_a_name_may_hold_latin_letters(tmp_path: Path) -> None:
    path = tmp_path / "latin.sf2"
    path.write_bytes(font(preset("Batería".encode("latin-1"), 128, 0)))
    assert list_kits(path)[0].name == "Batería"


@pytest.mark.parametrize("data", [b"", b"RIFF", b"RIFF\0\0\0\0WAVEfmt ", b"MThd" * 10])
def test_other_files_are_no_soundfonts(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "wrong.sf2"
    path.write_bytes(data)
    assert not is_soundfont(path)
    with pytest.raises(SoundFontError, match=r"wrong\.sf2"):
        list_kits(path)


def test_a_font_cut_short_is_a_damaged_one(tmp_path: Path, small_font: Path) -> None:
    data = small_font.read_bytes()
    for length in range(12, 60):
        path = tmp_path / "short.sf2"
        path.write_bytes(data[:length])
        with pytest.raises(SoundFontError, match="choose a"):
            list_kits(path)


def test_a_chunk_that_claims_four_gigabytes_is_a_damaged_font(tmp_path: Path) -> None:
    path = tmp_path / "huge.sf2"
    path.write_bytes(riff(b"LIST" + struct.pack("<I", 0xFFFFFFFF) + b"INFO"))
    with pytest.raises(SoundFontError, match="choose another"):
        list_kits(path)


def test_a_font_without_drums_says_so(tmp_path: Path) -> None:
    path = tmp_path / "piano.sf2"
    path.write_bytes(font(preset(b"Piano", 0, 0)))
    with pytest.raises(SoundFontError, match="no drum kit"):
        list_kits(path)


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SoundFontError, match="choose another"):
        list_kits(tmp_path / "absent.sf2")


def test_the_setting_comes_first_then_the_variable_then_the_users_folder(
    tmp_path: Path, small_font: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data/soundfonts"
    folder.mkdir(parents=True)
    own, named = folder / "own.sf2", tmp_path / "named.sf2"
    for path in (own, named):
        path.write_bytes(small_font.read_bytes())
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert find_soundfont() == own
    monkeypatch.setenv(ENVIRONMENT, str(named))
    assert find_soundfont() == named
    assert find_soundfont(small_font) == small_font


def test_a_setting_that_is_no_soundfont_is_passed_over(tmp_path: Path, soundfont: Path) -> None:
    broken = tmp_path / "broken.sf2"
    broken.write_bytes(b"nothing")
    assert find_soundfont(broken) == soundfont


def test_well_known_sets_come_before_others_in_a_folder(
    tmp_path: Path, small_font: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "soundfonts"
    folder.mkdir()
    for name in ("AAA.sf2", "TimGM6mb.sf2", "FluidR3_GM.sf2", "notes.txt"):
        (folder / name).write_bytes(small_font.read_bytes())
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert find_soundfont() == folder / "FluidR3_GM.sf2"
