"""The door to official networks: which latent space a recognised network is."""

from groovescape_models.checkpoints.official import OfficialData, OfficialModel
from groovescape_models.engines.official_drums import OfficialDrums
from groovescape_models.engines.official_groove import OfficialGroove
from groovescape_models.engines.official_lines import OfficialLines
from groovescape_models.errors import CheckpointError
from groovescape_models.inference.numpy_musicvae import NumpyMusicVae

OfficialModelSpace = OfficialDrums | OfficialLines | OfficialGroove
"""The latent space of a network of one role; each is a LatentModel."""


def official_space(model: OfficialModel) -> OfficialModelSpace:
    """Return the latent space of an official network of one role, in NumPy; CheckpointError for a trio."""
    config = model.config
    if config.data is OfficialData.TRIO:
        raise CheckpointError(f"{model.name} plays three parts at once and has no latent space of one role.")
    network = NumpyMusicVae(model.weights, config)
    if config.data is OfficialData.MELODY:
        return OfficialLines(network, config)
    return OfficialGroove(network, config) if config.data is OfficialData.GROOVE else OfficialDrums(network, config)
