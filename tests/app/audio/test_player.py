"""The player where there is no sound card: sentences instead of errors. tests/e2e/test_sound_output.py has one."""

from pathlib import Path

import numpy as np
import pytest

from groovescape.audio.devices import Device, find_device
from groovescape.audio.player import Player
from groovescape.audio.problems import NO_DEVICE, AudioUnavailableError, SoundFontError
from groovescape.audio.render import render_pattern
from groovescape.audio.soundfont import STANDARD_KIT, Kit
from groovescape_models.music.pattern import Pattern


def refuse() -> Device:
    raise AudioUnavailableError(NO_DEVICE)


@pytest.fixture
def no_device(monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine without a sound card: as it is, if it has none; otherwise its card is not found."""
    try:
        find_device()
    except AudioUnavailableError:
        return
    monkeypatch.setattr("groovescape.audio.player.find_device", refuse)


@pytest.fixture
def no_soundfont(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GROOVESCAPE_SOUNDFONT", raising=False)
    monkeypatch.setattr("groovescape.audio.soundfont._folders", lambda: iter(()))


@pytest.mark.usefixtures("no_device")
def test_without_a_device_play_is_refused_with_what_to_do(rock: Pattern) -> None:
    problems: list[str] = []
    player = Player(on_problem=problems.append)
    player.set_pattern(rock)
    assert player.problem is None
    assert not player.play()
    assert not player.play()
    assert not player.is_playing
    assert player.position() is None
    assert problems == [player.problem]
    assert problems[0].startswith("No audio output was found: connect one")
    player.close()


@pytest.mark.usefixtures("no_device")
def test_without_a_device_everything_else_works(rock: Pattern, soundfont: Path) -> None:
    player = Player()
    player.set_pattern(rock)
    player.set_tempo(100.0)
    player.set_volume(0.3)
    player.set_looping(False)
    player.stop()
    assert not player.audition(36, 100)
    assert not player.warm_up()
    assert not player.retry_device()
    assert player.kits()[0].program == 0
    assert player.set_kit(player.kits()[-1])
    expected = render_pattern(rock, 100.0, soundfont, kit=player.kits()[-1])
    assert np.array_equal(player.render(), expected)
    player.close()
    player.close()


def test_another_pattern_can_be_rendered_than_the_one_that_is_set(rock: Pattern) -> None:
    player = Player()
    assert np.abs(player.render(rock)).max() > 0.1
    assert np.abs(player.render()).max() == 0


@pytest.mark.usefixtures("no_soundfont")
def test_without_a_soundfont_rendering_says_what_to_do() -> None:
    player = Player()
    assert player.soundfont is None
    assert player.kits() == ()
    assert player.set_kit(STANDARD_KIT)
    with pytest.raises(SoundFontError, match=r"No SoundFont was found: install one .* or choose a \.sf2"):
        player.render()


def test_a_damaged_soundfont_is_passed_over(tmp_path: Path, soundfont: Path) -> None:
    broken = tmp_path / "broken.sf2"
    broken.write_bytes(b"RIFF")
    player = Player(broken)
    assert player.soundfont == soundfont
    assert player.set_soundfont(broken)
    assert player.soundfont == soundfont


def test_a_soundfont_without_drums_is_refused(tmp_path: Path, soundfont: Path) -> None:
    empty = tmp_path / "empty.sf2"
    empty.write_bytes(b"RIFF\x04\0\0\0sfbk")
    player = Player()
    assert not player.set_soundfont(empty)
    assert "empty.sf2" in (player.problem or "")
    assert player.soundfont == soundfont


def test_a_tempo_out_of_range_is_refused() -> None:
    player = Player()
    with pytest.raises(ValueError, match="tempo must be in"):
        player.set_tempo(5.0)
    assert len(player.render(Pattern(length=4.0))) == 96_000


def test_a_kit_that_is_not_there_fails_when_it_is_rendered() -> None:
    player = Player()
    player.set_kit(Kit("Nothing", 77, 7))
    with pytest.raises(SoundFontError, match="has no kit Nothing"):
        player.render()
