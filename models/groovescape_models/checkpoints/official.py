"""What an official MusicVAE or GrooVAE is: its data, its sizes, and its weights under Magenta's names.

Sizes are those of Roberts et al. 2018 and Gillick et al. 2019 as magenta/models/music_vae/configs.py builds them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

Weights = Mapping[str, NDArray[np.float32]]

MELODY_SIZE: Final = 90
"""Hold, note-off and the 88 keys of a piano."""
DRUM_CLASSES: Final = 512
DRUM_ROLL: Final = 10
"""Inputs of the drum encoder: nine hits, and 1 where nothing is hit."""
GROOVE_SIZE: Final = 27
HITS_SIZE: Final = 9
KEY_SIZE: Final = 12
"""One tonic of twelve, behind the chord where a network is told the key too."""


class OfficialData(StrEnum):
    """What a step is made of."""

    MELODY = "melody"
    """One class: 0 hold, 1 note-off, 2 + (pitch - lowest pitch)."""
    DRUMS = "drums"
    """One of 512 classes, class c adds 2 to the power of each drum that is hit."""
    GROOVE = "groove"
    """Nine hits, velocities and offsets, as encoding/groove.py lays them out."""
    TRIO = "trio"
    """Melody, bass and drums beside each other."""


class ChordEncoding(StrEnum):
    """How a chord is told to a network (note_seq/chords_encoder_decoder.py)."""

    TRIADS = "triads"
    """One of 49: none, and major, minor, augmented and diminished on each root. TriadChordOneHotEncoding."""
    MAJOR_MINOR = "major and minor"
    """One of 25: none, and major and minor on each root. MajorMinorChordOneHotEncoding."""
    PITCHES = "pitches"
    """37: none, the root of 12, the tones of 12, the bass of 12. PitchChordsEncoderDecoder."""

    @property
    def size(self) -> int:
        """Values a step."""
        return {ChordEncoding.TRIADS: 49, ChordEncoding.MAJOR_MINOR: 25, ChordEncoding.PITCHES: 37}[self]


class GrooveInput(StrEnum):
    """What a GrooVAE hears of a performance; nothing in the weights tells it, a name or a config.json does."""

    PLAYED = "played"
    """All of it."""
    HUMANIZE = "humanize"
    """The hits, with velocities and offsets at 0."""
    TAP = "tap"
    """Each step's loudest hit on one lane; velocities at 0."""
    ADD_CLOSED_HAT = "add closed hat"
    """All of it but the closed hat."""


@dataclass(frozen=True, slots=True)
class OfficialConfig:
    """The shape of an official network.

    steps is the length of a whole sequence and segments into how many equal parts the decoder's conductor cuts it (1:
    there is no conductor, the decoder is flat). encoder_sizes are the LSTM sizes a direction: of the stacked layers of
    a flat encoder, or of the levels of a hierarchical one, the lowest first; level 0 then hears a segment, level 1 the
    embeddings of all segments. decoder_sizes are those of the (core) decoder's layers, conductor_sizes of the
    conductor's. output_sizes are the widths of the outputs beside each other (three of a trio); split_decoders says
    that each has a decoder of its own (core_decoder_0, 1, 2). control_size values a step follow the input of the
    encoder and z in the decoder: a chord and then, with has_key, the tonic; nine hits of a groove; or nothing.
    lowest_pitches belong to the melodic outputs. has_sigma is False for files of Magenta.js that only keep the
    posterior's mean.
    """

    data: OfficialData
    steps: int
    latent_size: int
    input_size: int
    output_sizes: tuple[int, ...]
    encoder_sizes: tuple[int, ...]
    decoder_sizes: tuple[int, ...]
    control_size: int = 0
    chords: ChordEncoding | None = None
    has_key: bool = False
    segments: int = 1
    hierarchical_encoder: bool = False
    conductor_sizes: tuple[int, ...] = ()
    split_decoders: bool = False
    lowest_pitches: tuple[int, ...] = ()
    groove_input: GrooveInput = GrooveInput.PLAYED
    has_sigma: bool = True

    @property
    def output_size(self) -> int:
        """Width of a step of the decoder."""
        return sum(self.output_sizes)

    @property
    def bars(self) -> int:
        """Length in bars of 4/4."""
        return self.steps // 16


@dataclass(frozen=True, eq=False)
class OfficialModel:
    """A recognised network and its weights: float32 by Magenta's variable names, without the optimizer's."""

    config: OfficialConfig
    weights: Weights = field(repr=False)
    name: str = ""
