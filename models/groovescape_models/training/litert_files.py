"""TensorFlow functions as one .tflite file with named signatures."""

from collections.abc import Mapping
from enum import StrEnum
from tempfile import TemporaryDirectory

import tensorflow as tf

from groovescape_models.training.networks.tensors import Tensor


class Precision(StrEnum):
    """How the weights lie in the file; the arithmetic is float32 but for the products of INT8."""

    FLOAT32 = "float32"
    FLOAT16 = "float16"
    """Half the size; weights that float16 can hold come back exactly."""
    INT8 = "int8"
    """A quarter of the size, dynamic range."""


def convert(signatures: Mapping[str, Tensor], precision: Precision) -> bytes:
    """Return a .tflite file of tf.functions by signature name, each with its input signature; built-ins alone."""
    with TemporaryDirectory() as folder:
        concrete = {name: function.get_concrete_function() for name, function in signatures.items()}
        tf.saved_model.save(tf.Module(), folder, signatures=concrete)
        converter = tf.lite.TFLiteConverter.from_saved_model(folder, signature_keys=list(signatures))
        converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS]
        if precision is not Precision.FLOAT32:
            converter.optimizations = [tf.lite.Optimize.DEFAULT]
        if precision is Precision.FLOAT16:
            converter.target_spec.supported_types = [tf.float16]
        return bytes(converter.convert())
