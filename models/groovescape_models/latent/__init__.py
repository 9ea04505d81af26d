"""Geometry of latent spaces: interpolation, regions, and the plane under the pad."""
