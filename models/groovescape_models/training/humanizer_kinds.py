"""The humanisers that ship, as families of weights: what each is called and which network its weights are of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from groovescape_models.inference.numpy_humanizer import NumpyHumanizer
from groovescape_models.inference.numpy_humanizer_lite import NumpyHumanizerLite
from groovescape_models.inference.runtime import Network as RunningNetwork
from groovescape_models.music.groove import FloatArray
from groovescape_models.training.networks.humanizer import TRUST, Humanizer, HumanizerConfig
from groovescape_models.training.networks.humanizer_lite import HumanizerLite, LiteConfig
from groovescape_models.training.networks.tensors import Network

Weights = Mapping[str, FloatArray]


@dataclass(frozen=True, slots=True)
class HumanizerKind:
    """One of the humanisers: its id, the kind of its bundle, and how its weights become a network of Keras or NumPy."""

    id: str
    kind: str
    title: str
    load: Callable[[Weights], Network]
    numpy: Callable[[Weights], RunningNetwork]
    is_student: bool = False


def load_humanizer(weights: Weights) -> Network:
    """Return the Keras network of the weights of a humaniser or its LSTM; its sizes are read from the shapes."""
    config = HumanizerConfig(
        latent_size=weights["encoder/mu/bias"].size,
        encoder_features=weights["encoder/beats/bias"].size,
        encoder_lstm=weights["encoder/bilstm/forward/recurrent_kernel"].shape[0],
        decoder_features=weights["decoder/beats/bias"].size,
        decoder_lstm=weights["decoder/bilstm_0/forward/recurrent_kernel"].shape[0],
        decoder_layers=sum(f"decoder/bilstm_{i}/forward/kernel" in weights for i in range(8)),
    )
    return _with_weights(Humanizer(config), weights)


def load_lite(weights: Weights) -> Network:
    """Return the Keras network of the weights of the humaniser for real time."""
    config = LiteConfig(
        latent_size=weights["encoder/mu/bias"].size,
        encoder_features=weights["encoder/beats/bias"].size,
        encoder_lstm=weights["encoder/bilstm/forward/recurrent_kernel"].shape[0],
        decoder_features=weights["decoder/steps/bias"].size,
        decoder_lstm=weights["decoder/lstm/recurrent_kernel"].shape[0],
    )
    return _with_weights(HumanizerLite(config), weights)


def _with_weights(network: Network, weights: Weights) -> Network:
    for name, variable in network.named_variables().items():
        if name in weights or name != TRUST:
            variable.assign(weights[name])
    return network


KINDS: Final[Mapping[str, HumanizerKind]] = MappingProxyType(
    {
        "humanizer": HumanizerKind(
            "humanizer_2bar", "humanizer", "Drums played by a drummer", load_humanizer, NumpyHumanizer
        ),
        "groove-lstm": HumanizerKind(
            "groove_lstm_2bar",
            "humanizer",
            "Drums played by a drummer, in less than a megabyte",
            load_humanizer,
            NumpyHumanizer,
            is_student=True,
        ),
        "groove-lite": HumanizerKind(
            "humanizer_lite_2bar",
            "humanizer_lite",
            "Drums played by a drummer, a step at a time",
            load_lite,
            NumpyHumanizerLite,
            is_student=True,
        ),
    }
)
