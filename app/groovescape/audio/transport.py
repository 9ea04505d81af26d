"""The loop clock: which drums are struck in which frame. Pure: no device, no synth, no clock of its own."""

from collections import deque
from dataclasses import dataclass
from typing import Final

from groovescape.audio.loop_groove import LoopGroove
from groovescape.audio.loop_hits import LoopHits, loop_hits
from groovescape.audio.loop_walk import LoopWalk
from groovescape.audio.strikes import Strike, StrikeList
from groovescape.audio.tempo_line import GRID_FRAMES, SAMPLE_RATE, TempoLine, nearest_grid, next_grid
from groovescape_models.music.part import Part
from groovescape_models.music.pattern import Pattern
from groovescape_models.music.timing import DEFAULT_TEMPO_BPM, STEP, Quarters, quarter_ms

AUDITION_LENGTH: Final[Quarters] = 1.0


@dataclass(frozen=True, slots=True)
class Playhead:
    """Where the loop is at the beginning of the block rendered last; elapsed counts from the start of playing."""

    position: Quarters
    elapsed: Quarters
    length: Quarters
    quarters_per_second: float
    running: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Order:
    """A request to play from the beginning, or to stop; each is a new object, so that none is missed."""

    run: bool
    rounds: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class _Music:
    """What is to be played: hits as they are written, and the groove of just these."""

    patterns: tuple[Pattern, ...]
    loop: LoopHits
    groove: LoopGroove

    @staticmethod
    def of(parts: tuple[Part, ...], known: "_Music | None" = None) -> "_Music":
        """Return what parts play together; the hits of what is known already are taken over if they are the same."""
        patterns = tuple(part.pattern for part in parts)
        same = known is not None and patterns == known.patterns
        loop = known.loop if known is not None and same else loop_hits(*patterns)
        return _Music(patterns, loop, LoopGroove(parts))


class LoopClock:
    """Turns patterns, their grooves and a tempo into strikes, block by block.

    Strikes fall on multiples of 64 frames counted from the first block, at most 32 frames (0.67 ms at 48 kHz) from
    the note's time. Another thread may call whatever is for any thread at any time: that assigns one reference, or
    appends to a deque, and the thread that calls advance picks it up in its next block.
    """

    def __init__(self, pattern: Pattern, tempo_bpm: float = DEFAULT_TEMPO_BPM, sample_rate: int = SAMPLE_RATE) -> None:
        # Written by any thread, read by the one that advances.
        self._wanted = _Music.of((Part(pattern),))
        self._wanted_tempo = tempo_bpm
        self._looping = True
        self._order = _Order(run=False)
        self._auditions: deque[tuple[int, int]] = deque()
        # Owned by the thread that advances; playhead is read by all.
        self._frame = 0
        self._obeyed = self._shown = self._order
        self._line = TempoLine(tempo_bpm, sample_rate)
        self._walk: LoopWalk | None = None
        self._switch: tuple[Quarters, Quarters] | None = None
        self._strikes = StrikeList()
        self.playhead = Playhead(0.0, 0.0, self._wanted.loop.length, tempo_bpm / 60.0, running=False)

    def swap(self, *patterns: Pattern) -> None:
        """Play another pattern, or several together, as they are written: see set_parts. For any thread."""
        self.set_parts(*map(Part, patterns))

    def set_parts(self, *parts: Part) -> None:
        """Play the patterns of parts together, as their grooves play them, at the same place of the loop.

        Other patterns are heard from the next sixteenth on; what both loops hold sounds on. Another groove of the same
        patterns is heard from the next hit on, and costs as much as the notes of a step, however many there are. For
        any thread. Raises ValueError if a feel belongs to another pattern.
        """
        self._wanted = _Music.of(parts, self._wanted)

    def set_tempo(self, tempo_bpm: float) -> None:
        """Go on at another tempo from the same place. ValueError if it is out of range. For any thread."""
        quarter_ms(tempo_bpm)
        self._wanted_tempo = tempo_bpm

    def set_looping(self, looping: bool) -> None:
        """Say whether to begin again at the end of the pattern, or to stop there. For any thread."""
        self._looping = looping

    def play(self, rounds: int = 1) -> None:
        """Begin at the beginning, and play so many rounds even if it does not loop. For any thread."""
        self._order = _Order(run=True, rounds=rounds)

    def stop(self) -> None:
        """Stop, and release what is held. For any thread."""
        self._order = _Order(run=False)

    def audition(self, pitch: int, velocity: int) -> None:
        """Strike one drum, or a key of keys.py, at once, whether the loop plays or not. For any thread."""
        self._auditions.append((pitch, velocity))

    @property
    def playing(self) -> bool:
        """Whether the loop runs or has been told to begin. For any thread."""
        order = self._order
        return order.run and (order is not self._shown or self.playhead.running)

    @property
    def frame(self) -> int:
        """Number of frames since the clock was made."""
        return self._frame

    @property
    def stop_ordered(self) -> bool:
        """Whether the loop plays but has been told to stop or to begin anew. For the thread that advances."""
        return self._walk is not None and self._order is not self._obeyed

    def skip(self, frames: int) -> None:
        """Let frames pass in which nothing is played and no request is picked up."""
        self._frame += frames

    def forget_held(self) -> None:
        """Leave it to the caller to release what is held. For the thread that advances."""
        self._strikes.forget_held()

    def advance(self, frames: int) -> list[Strike]:
        """Return the strikes of the next frames, in order, and move on by that many frames."""
        start, end = self._frame, self._frame + frames
        first, last = next_grid(start), next_grid(end) - GRID_FRAMES
        self._frame = end
        if first > last:  # a small block between two points of the grid
            return []
        self._pick_up_requests(first)
        self._play_until(last + GRID_FRAMES / 2)
        self._publish(start)
        return self._strikes.take(first, last, start)

    def _pick_up_requests(self, first: int) -> None:
        if self._order is not self._obeyed:
            self._obeyed = self._order
            self._strikes.release_all(first)
            self._switch = None
            self._line.restart(first)
            self._walk = LoopWalk(self._wanted.loop, self._wanted.groove) if self._obeyed.run else None
        if self._wanted_tempo != self._line.tempo_bpm:
            self._line.turn(self._wanted_tempo, first)
        if self._walk is not None:
            self._heed_wanted(self._walk, self._line.time_at(first - GRID_FRAMES / 2))
        while self._auditions:
            pitch, velocity = self._auditions.popleft()
            self._strike(first, pitch, velocity, AUDITION_LENGTH)

    def _heed_wanted(self, walk: LoopWalk, now: Quarters) -> None:
        """Play another groove of the same hits at once; let other hits take over as soon as they may."""
        wanted = self._wanted
        if wanted.loop is walk.loop:
            walk.set_groove(wanted.groove)
        elif self._switch is None:
            self._switch = walk.next_switch(now)

    def _play_until(self, horizon: float) -> None:
        """Strike what lies nearer to this block's last grid point than to the next block's first."""
        if self._walk is None:
            return
        until = self._line.time_at(horizon)
        if self._switch is not None and self._switch[0] < until:
            self._play_walk(self._walk, self._switch[0])
            self._change_loop(self._walk, *self._switch)
        self._play_walk(self._walk, until)
        if not self._walk.running:
            self._walk = None

    def _play_walk(self, walk: LoopWalk, until: Quarters) -> None:
        for time, velocity, hit in walk.walk(until, self._is_looping):
            self._strike(nearest_grid(self._line.frame_at(time)), hit.pitch, velocity, hit.duration)

    def _change_loop(self, walk: LoopWalk, moment: Quarters, begin: Quarters) -> None:
        self._switch = None
        wanted = self._wanted
        walk.change(wanted.loop, wanted.groove, moment, begin)
        frame, per_quarter = self._line.frame_at(moment), self._line.frames_per_quarter
        held = {pitch: walk.held_for(pitch, moment) for pitch in self._strikes.held}
        held_on = {pitch: frame + longer * per_quarter for pitch, longer in held.items() if longer}
        self._strikes.shorten_holds(frame + STEP * per_quarter, held_on)

    def _strike(self, frame: int, pitch: int, velocity: int, duration: Quarters) -> None:
        self._strikes.strike(frame, pitch, velocity, duration * self._line.frames_per_quarter)

    def _is_looping(self) -> bool:
        return self._looping or (self._walk is not None and self._walk.rounds < self._obeyed.rounds)

    def _publish(self, start: int) -> None:
        rate = self._line.tempo_bpm / 60.0
        if self._walk is None:
            self.playhead = Playhead(0.0, 0.0, self._wanted.loop.length, rate, running=False)
        else:
            elapsed = max(0.0, self._line.time_at(start))
            position = self._walk.position(elapsed)
            self.playhead = Playhead(position, elapsed, self._walk.loop.length, rate, running=True)
        self._shown = self._obeyed  # only now: another thread that asks in between is to see a loop that runs
