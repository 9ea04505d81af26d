"""Running trained networks: LiteRT where it is installed, NumPy where it is not."""
