"""Humanisers as .tflite files: each signature once for every length that it is played at, weights kept once."""

import tempfile
from collections.abc import Mapping

import tensorflow as tf

from groovescape_models.training.litert_files import Precision
from groovescape_models.training.networks.humanizer_lite import HumanizerLite
from groovescape_models.training.networks.tensors import Network, Tensor

LENGTHS = {"decode": 32, "decode_4bar": 64}
"""Steps of the signatures that play whole windows."""


def to_litert(network: Network, precision: Precision = Precision.FLOAT16) -> bytes:
    """Return a humaniser as a .tflite file for batches of any size.

    The signatures are encode, decode, decode_4bar where there are layers enough for it to be of use, and step where
    nothing is heard ahead.
    """
    module = tf.Module()
    module.values = [v.value for v in network.named_variables().values()]  # saved only if the module holds them
    module.playing = dict(_signatures(network))
    with tempfile.TemporaryDirectory() as folder:
        tf.saved_model.save(module, folder, signatures=module.playing)
        converter = tf.lite.TFLiteConverter.from_saved_model(folder, signature_keys=list(module.playing))
        converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS]
        if precision is not Precision.FLOAT32:
            converter.optimizations = [tf.lite.Optimize.DEFAULT]
        if precision is Precision.FLOAT16:
            converter.target_spec.supported_types = [tf.float16]
        model: bytes = converter.convert()
    return model


def _signatures(network: Network) -> Mapping[str, Tensor]:
    latent, one = _of(network.config.latent_size), _of(1)

    def encode(groove: Tensor, tempo: Tensor) -> dict[str, Tensor]:
        mu, sigma = network.encode(groove, tempo)
        return {"mu": mu, "sigma": sigma}

    made = {"encode": _function(encode, _of(32, 27), one)}
    if isinstance(network, HumanizerLite):
        state = _of(network.config.decoder_lstm)
        made["decode"] = _function(network.decode, _of(LENGTHS["decode"], 9), one, latent, one)
        made["step"] = _function(network.step, _of(9), one, one, latent, one, state, state)
        return made
    lengths = LENGTHS if network.config.decoder_layers > 1 else {"decode": LENGTHS["decode"]}
    made.update({name: _function(network.decode, _of(steps, 9), one, latent, one) for name, steps in lengths.items()})
    return made


def _of(*shape: int) -> Tensor:
    return tf.TensorSpec([None, *shape], tf.float32)


def _function(function: Tensor, *inputs: Tensor) -> Tensor:
    return tf.function(function, autograph=False, input_signature=list(inputs))
