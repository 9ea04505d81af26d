"""Weights on disk: bundles of ours, their hashes and model cards, and the layouts of others."""
