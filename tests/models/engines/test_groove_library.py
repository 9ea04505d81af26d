"""The grooves that ship, and the user's own beside them."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from groovescape_models.engines.groove_library import GrooveLibrary, groove_named, shipped_grooves
from groovescape_models.engines.studio import open_studio
from groovescape_models.errors import GrooveError, UnknownNameError
from groovescape_models.music.groove_extract import extract_groove
from groovescape_models.music.groove_file import read_groove, write_groove
from groovescape_models.music.groove_template import GrooveTemplate
from groovescape_models.music.groove_words import words_of
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.training.kept_grooves import KEPT


def own(name: str = "My shuffle") -> GrooveTemplate:
    notes = (Note(0.0, 0.1, 36, 100), Note(1.03, 0.1, 38, 90), Note(2.5, 0.1, 42, 70))
    return extract_groove(Pattern(notes, 4.0), 100.0, name=name, author="me")


def test_there_are_many_grooves_of_all_kinds() -> None:
    facts = [groove.facts for groove in shipped_grooves()]
    assert len(facts) >= 40
    assert len({fact.id for fact in facts}) == len({fact.name for fact in facts}) == len(facts)
    assert len({fact.style for fact in facts}) >= 15
    assert {fact.drummer for fact in facts} == set(range(1, 11))
    assert {str(fact.meter) for fact in facts} >= {"4/4", "3/4", "6/8"}
    assert {groove.table.steps_per_quarter for groove in shipped_grooves()} == {3, 4, 6}


def test_each_says_who_played_it_where_it_is_from_and_what_is_allowed() -> None:
    for groove in shipped_grooves():
        facts = groove.facts
        assert facts.licence == "CC BY 4.0"
        assert facts.author == f"Drummer {facts.drummer}, Groove MIDI Dataset v1.0.0 (Gillick et al. 2019)"
        assert facts.source.startswith(f"drummer{facts.drummer}/")
        assert facts.source.endswith(".mid")
        assert facts.bars >= 8


def test_names_say_what_was_measured_and_nothing_else() -> None:
    said: Counter[str] = Counter()
    for groove in shipped_grooves():
        words = words_of(groove)
        start, *rest = groove.facts.name.split(", ")
        assert start.endswith(f"{groove.facts.tempo_bpm:g}")
        assert tuple(rest[: len(words)]) == words
        assert rest[len(words)] == f"drummer {groove.facts.drummer}"
        said.update(word.split(" ")[0] for word in words)
    assert said.keys() >= {"swung", "shuffle", "triplets", "laid", "pushed", "ghost", "tight", "loose", "late", "early"}


def test_ids_of_saved_sessions_still_name_their_performance() -> None:
    assert len(KEPT) == 29
    for groove_id in KEPT:
        facts = groove_named(groove_id).facts
        style, tempo, drummer, session, number = groove_id.rsplit("-", 4)
        assert facts.source.startswith(f"{drummer}/{session}/{number}_")
        assert (facts.style, f"{facts.tempo_bpm:g}") == (style, tempo)


def test_grooves_are_found_by_id_and_by_name_whatever_the_case() -> None:
    groove = shipped_grooves()[3]
    assert groove_named(groove.facts.name.upper()) == groove_named(groove.facts.id) == groove
    with pytest.raises(UnknownNameError, match=f"nearest are {groove.facts.id}, "):
        groove_named(groove.facts.id[:-1])


def test_exemplars_are_two_bars_of_sixteenths_in_four_four() -> None:
    for groove in shipped_grooves():
        plain = groove.table.steps_per_quarter == 4 and str(groove.facts.meter) == "4/4"
        assert (groove.exemplar is not None) == plain
        assert groove.exemplar is None or groove.exemplar.steps == 32


def test_a_groove_is_kept_renamed_and_removed(tmp_path: Path) -> None:
    library = GrooveLibrary(tmp_path)
    kept = library.keep(own())
    again = library.keep(own())
    assert (kept.facts.id, again.facts.id) == ("my-shuffle", "my-shuffle-2")
    assert library.is_own(kept.facts.id)
    assert not library.is_own(shipped_grooves()[0].facts.id)
    assert library.grooves()[: len(shipped_grooves())] == shipped_grooves()
    assert GrooveLibrary(tmp_path).named("MY SHUFFLE") == kept
    renamed = library.rename(again.facts.id, "Other")
    assert (renamed.facts.id, renamed.facts.name, renamed.table.count.sum()) == ("my-shuffle-2", "Other", 3)
    library.remove(kept.facts.id)
    assert [groove.facts.name for groove in GrooveLibrary(tmp_path).grooves()[len(shipped_grooves()) :]] == ["Other"]


def test_a_groove_of_a_shipped_name_gets_an_id_of_its_own(tmp_path: Path) -> None:
    shipped = shipped_grooves()[0]
    library = GrooveLibrary(tmp_path)
    kept = library.keep(shipped)
    assert kept.facts.id not in {groove.facts.id for groove in shipped_grooves()}
    write_groove(shipped, tmp_path / "grooves" / "copied.groove")
    ids = [groove.facts.id for groove in GrooveLibrary(tmp_path).grooves()]
    assert len(set(ids)) == len(ids) == len(shipped_grooves()) + 2


@pytest.mark.parametrize("name", ["drums", "humanize"])
def test_no_groove_has_the_id_of_a_choice_that_is_none(tmp_path: Path, name: str) -> None:
    library = GrooveLibrary(tmp_path)
    library.keep(own(name.title()))
    file = own("Stray")
    write_groove(replace(file, facts=replace(file.facts, id=name)), tmp_path / "grooves" / "a.groove")
    ids = [groove.facts.id for groove in GrooveLibrary(tmp_path).grooves()]
    assert ids[-2:] == [f"{name}-groove-2", f"{name}-groove"] or ids[-2:] == [f"{name}-groove", f"{name}-groove-2"]


def test_an_id_names_its_groove_whatever_others_are_called(tmp_path: Path) -> None:
    library = GrooveLibrary(tmp_path)
    beat, other = library.keep(own("Beat")), library.keep(own("Other"))
    library.rename(beat.facts.id, "Zed")
    library.rename(other.facts.id, "beat")
    assert library.named("beat").facts.id == beat.facts.id
    assert library.named("OTHER").facts.id == other.facts.id


def test_broken_files_are_named_and_left_out(tmp_path: Path) -> None:
    library = GrooveLibrary(tmp_path)
    kept = library.keep(own())
    (tmp_path / "grooves" / "torn.groove").write_text("{")
    (tmp_path / "grooves" / "readme.txt").write_text("nothing")
    fresh = GrooveLibrary(tmp_path)
    assert fresh.grooves()[-1] == kept
    assert len(fresh.problems) == 1
    assert "torn.groove is not a sound groove" in fresh.problems[0]
    assert fresh.keep(own("Torn")).facts.id == "torn-2"


def test_what_ships_stays_and_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    library = GrooveLibrary(tmp_path)
    for act in (library.remove, lambda groove_id: library.rename(groove_id, "x")):
        with pytest.raises(UnknownNameError, match="none of your own"):
            act(shipped_grooves()[0].facts.id)
    with pytest.raises(GrooveError, match="no folder"):
        GrooveLibrary().keep(own())
    kept = library.keep(own())
    with pytest.raises(GrooveError, match="needs a name"):
        library.rename(kept.facts.id, "  ")
    (tmp_path / "file").write_text("")
    with pytest.raises(GrooveError, match="cannot be made"):
        GrooveLibrary(tmp_path / "file").keep(own())


def test_a_studio_plays_the_users_own(tmp_path: Path) -> None:
    studio = open_studio("numpy", folder=tmp_path)
    kept = studio.groove_library.keep(own())
    assert studio.grooves()[-1] == kept
    assert read_groove(tmp_path / "grooves" / "my-shuffle.groove") == kept
    assert replace(kept, facts=replace(kept.facts, name="x")) != kept
