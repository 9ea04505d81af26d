"""Melody and trio, from the real window into a real LMMS 1.2 by the mouse. The tests are steps of one story."""

from lmms_driver import TICKS_PER_BAR, LmmsSession
from lmms_patterns import assert_clip_equals
from window_driver import Window, pattern_of

from groovescape_models.music.pattern import Role


def test_a_melody_lands_on_an_instrument_track(window: Window, lmms: LmmsSession) -> None:
    window.press_key("alt+2")
    window.facts_when("the melody on the stage", lambda facts: facts["role"] == "melody")
    window.press_key("ctrl+g")
    window.facts_when("a melody", lambda facts: facts["pattern"]["notes"])
    melody = window.played()
    assert melody.role is Role.MELODY
    lmms.drag(window.middle("handles", "clip"), lmms.at_track(1, bar=3))
    (clip,) = lmms.saved_when(lambda saved: saved.track("Second").clips).track("Second").clips
    assert clip.pos == 2 * TICKS_PER_BAR
    assert_clip_equals(clip, melody)
    assert lmms.dialogs() == []


def test_a_trio_lands_as_three_tracks_with_their_instruments(window: Window, lmms: LmmsSession) -> None:
    window.press_key("alt+4")
    window.facts_when("the trio", lambda facts: facts["ensemble"])
    window.press_key("ctrl+g")
    window.facts_when("three parts", lambda facts: sum(bool(part["notes"]) for part in facts["heard"]) == 3)
    parts = [pattern_of(part) for part in window.settled()["heard"]]
    assert [part.role for part in parts] == [Role.MELODY, Role.BASS, Role.DRUMS]
    there = len(lmms.save().tracks)
    lmms.drag(window.middle("handles", "new_track"), lmms.at_empty())
    tracks = lmms.saved_when(lambda saved: len(saved.tracks) >= there + 3).tracks[there:]
    assert len(tracks) == 3
    for part, track in zip(parts, tracks, strict=True):
        assert track.instrument == "sf2player"
        assert (track.settings["bank"] == "128") is (part.role is Role.DRUMS)
        # LMMS's importer cuts the part of a tick off; the file itself is exact to 1/960 of a quarter.
        clip = track.clips[0]
        assert_clip_equals(clip, part, early_ticks=1.0, late_ticks=48 / 960 / 2, begin_ticks=clip.pos)
    assert lmms.dialogs() == []
