"""Data sets, training, evaluation and export: the only importers of Keras and TensorFlow."""
