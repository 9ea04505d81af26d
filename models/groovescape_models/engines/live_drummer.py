"""Live input played by the humaniser that hears nothing of what comes later: a network step for each sixteenth."""

from typing import Final

import numpy as np

from groovescape_models.checkpoints.registry import Backend, open_network, shipped_model
from groovescape_models.engines.feel_loudness import LOUDEST
from groovescape_models.engines.groove_stream import Event, GrooveStream, Played
from groovescape_models.engines.humanizer import Humanizer
from groovescape_models.engines.live_cell import LiveCell, LivePlayer
from groovescape_models.inference.runtime import Network
from groovescape_models.inference.sampling import FloatArray
from groovescape_models.music.drumkit import DRUM_COUNT, drum_of
from groovescape_models.music.feel import GrooveAmount
from groovescape_models.music.groove_template import GrooveTemplate
from groovescape_models.music.timing import DEFAULT_TEMPO_BPM, STEP, Meter, Quarters, nearest_step

LITE: Final = "humanizer_lite_2bar"
PLACES: Final = 32
"""Steps of two bars: what the network remembers and where it knows itself to be."""
KEPT: Final = 4
"""Steps whose answers are kept: nothing waits for longer."""
USUAL: Final = 16.0
"""Hits over which a drum's usual loudness is a running mean."""
Cells = dict[int, list[LiveCell]]


class _Heard:
    """An EventGroove of the steps that have been heard to their end; others are left alone."""

    def __init__(self, cells: Cells, player: LivePlayer) -> None:
        self._cells, self._player = cells, player

    def play(self, event: Event) -> tuple[Quarters, int]:
        """Return how late and how hard an event is played."""
        drum, step = drum_of(event.pitch), nearest_step(event.time)
        cells = self._cells.get(step)
        if drum is None or cells is None:
            return 0.0, event.velocity
        return self._player.play(event, step, drum, cells[drum])


class LiveDrummer:
    """Takes hits in the order of their time and gives them back played, a step later, as GrooveStream does.

    A hit is played once its sixteenth is over and all its hits are known, from what was heard of the two bars before.
    network has the signature `step` of humanizer_lite, with states of state_size numbers; feel (Z,) is a character read
    from a performance, None for nobody in particular. 4/4 or other meters of whole quarters. One thread.
    """

    def __init__(
        self,
        network: Network,
        state_size: int,
        feel_size: int,
        feel: FloatArray | None = None,
        amount: GrooveAmount | None = None,
        seed: int = 0,
    ) -> None:
        """Begin at the first step of two bars, in silence."""
        self._network, self._state_size = network, state_size
        self._known = np.full((1, 1), feel is not None, np.float32)
        self._feel = np.zeros((1, feel_size), np.float32) if feel is None else feel[None].astype(np.float32)
        self._player = LivePlayer.of(amount or GrooveAmount(), Meter(), seed)
        self._cells: Cells = {}
        self._stream = GrooveStream(_Heard(self._cells, self._player))
        self._hits: dict[int, FloatArray] = {}
        self._usual = np.zeros(DRUM_COUNT)
        self._counts = np.zeros(DRUM_COUNT)
        self._step = 0
        self.tempo_bpm = DEFAULT_TEMPO_BPM
        self._forget()

    def set_amount(self, amount: GrooveAmount) -> None:
        """Play by another amount from now on, what waits included."""
        self._player = self._player.with_amount(amount)
        self._stream.set_groove(_Heard(self._cells, self._player))

    def push(self, event: Event) -> None:
        """Take a hit. GrooveError if pull was not called for long."""
        drum = drum_of(event.pitch)
        if drum is not None:
            self._hits.setdefault(nearest_step(event.time), np.zeros((1, DRUM_COUNT), np.float32))[0, drum] = 1.0
        self._stream.push(event)

    def pull(self, until: Quarters) -> list[Played]:
        """Return the hits that are played before a time and have not been yet; all before it must have been pushed."""
        over = int(until / STEP + 0.5)  # how many steps are over
        if over - self._step > PLACES:  # nobody asked for two bars: what was heard before them is long gone
            self._step = over - PLACES
            self._forget()
        if self._step < over:
            while self._step < over:
                self._hear(self._step)
                self._step += 1
            self._stream.set_groove(_Heard(self._cells, self._player))
        return self._stream.pull(until)

    def _forget(self) -> None:
        self._c = self._h = np.zeros((1, self._state_size), np.float32)
        self._hits = {step: hits for step, hits in self._hits.items() if step >= self._step}
        self._cells.clear()

    def _hear(self, step: int) -> None:
        """Let the network hear a step to its end, and keep its answer."""
        hits = self._hits.pop(step, np.zeros((1, DRUM_COUNT), np.float32))
        place, tempo = np.full((1, 1), step % PLACES, np.float32), np.full((1, 1), self.tempo_bpm, np.float32)
        answer = self._network.run(
            "step", hits=hits, place=place, tempo=tempo, z=self._feel, known=self._known, c=self._c, h=self._h
        )
        self._c, self._h = answer["c"], answer["h"]
        velocity = np.clip(answer["velocity"][0] * LOUDEST, 1.0, LOUDEST)
        self._cells[step] = self._cells_of(answer, velocity, hits[0] > 0)
        self._cells.pop(step - KEPT, None)

    def _cells_of(self, answer: dict[str, FloatArray], velocity: FloatArray, hit: FloatArray) -> list[LiveCell]:
        self._counts += hit
        share = np.where(hit, 1.0 / np.clip(self._counts, 1.0, USUAL), 0.0)
        self._usual += share * (velocity - self._usual)
        accent = velocity / np.where(self._usual > 0, self._usual, velocity)
        offset, spread = answer["offset"][0] * STEP, answer["offset_scale"][0] * STEP
        columns = (offset, np.zeros(DRUM_COUNT), spread, velocity, answer["velocity_scale"][0] * LOUDEST, accent)
        return [LiveCell(*row) for row in np.stack(columns, axis=1).tolist()]


def open_live_drummer(
    groove: GrooveTemplate | None = None,
    amount: GrooveAmount | None = None,
    seed: int = 0,
    backend: Backend = "auto",
) -> LiveDrummer:
    """Return a drummer on the weights that ship, with the character of a groove's two bars if it has any."""
    info = shipped_model(LITE)
    network, feel_size = open_network(info, backend), int(info.config["latent_size"])
    exemplar = None if groove is None else groove.exemplar
    feel = None if exemplar is None else Humanizer(network, feel_size).encode((exemplar,))[0]
    return LiveDrummer(network, int(info.config["decoder_lstm"]), feel_size, feel, amount, seed)
