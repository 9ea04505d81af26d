"""Drum classes and pitch maps."""

import pytest

from groovescape_models.music.drumkit import DRUM_COUNT, DRUM_PITCHES, GM_DRUMS, ROLAND_DRUMS, Drum, drum_of


def test_each_class_is_written_as_a_pitch_that_is_read_as_it() -> None:
    assert DRUM_COUNT == 9
    assert {drum_of(drum.pitch) for drum in Drum} == set(Drum)
    assert len(set(DRUM_PITCHES.values())) == DRUM_COUNT


def test_both_maps_agree_wherever_both_speak() -> None:
    assert all(ROLAND_DRUMS[pitch] == GM_DRUMS[pitch] for pitch in ROLAND_DRUMS.keys() & GM_DRUMS.keys())


@pytest.mark.parametrize(("pitch", "drum"), [(22, Drum.CLOSED_HAT), (26, Drum.OPEN_HAT), (58, Drum.LOW_TOM)])
def test_the_data_sets_extra_pads_are_known(pitch: int, drum: Drum) -> None:
    assert drum_of(pitch) is drum


@pytest.mark.parametrize("pitch", [0, 34, 54, 56, 60, 75, 127])
def test_other_percussion_has_no_class(pitch: int) -> None:
    assert drum_of(pitch) is None


def test_titles_are_readable() -> None:
    assert [drum.title for drum in Drum][:3] == ["Kick", "Snare", "Closed hat"]


def test_maps_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        GM_DRUMS[54] = Drum.KICK  # type: ignore[index]
