"""Two-bar decoders as players of a conductor's phrases: frozen, told the true past, they say what its phrases cost."""

from collections.abc import Mapping

from keras import ops

from groovescape_models.music.pattern import Role
from groovescape_models.training.networks.drum_vae import LANES, STEPS, DrumVae
from groovescape_models.training.networks.line_vae import LineVae, token_logits
from groovescape_models.training.networks.tensors import Tensor


class DrumPlayer:
    """The drum VAE's decoder; a batch has hits (B, 64, 9) and keep (B, 64, 1), 0 where the past is hidden."""

    def __init__(self, network: DrumVae) -> None:
        """Freeze a trained network."""
        network.trainable = False
        self.network = network

    def __call__(self, phrases: Tensor, batch: Mapping[str, Tensor]) -> Tensor:
        """Return the nats (B,) that the hits cost under phrases (B, P, size)."""
        hits, keep = (ops.reshape(batch[name], (-1, STEPS, size)) for name, size in (("hits", LANES), ("keep", 1)))
        previous = ops.pad(hits[:, :-1], ((0, 0), (1, 0), (0, 0))) * keep
        z = ops.reshape(phrases, (-1, phrases.shape[-1]))
        logits = self.network.play(self.network.plan(z), previous)
        nats = ops.sum(ops.softplus(logits) - logits * hits, axis=(1, 2))
        return ops.sum(ops.reshape(nats, (-1, phrases.shape[1])), axis=1)


class LinePlayer:
    """A line VAE's decoder.

    A batch has tokens/ROLE (B, P, S), counted as the vocabulary does, heard/ROLE (B, P, MEMORY - 1 + S), the tokens
    before each step, and sounding/ROLE (B, P, S), the note that lasts as each comes: -1 where hidden; and condition
    (B, 2 P beats, C).
    """

    def __init__(self, network: LineVae, role: Role) -> None:
        """Freeze a trained network."""
        network.trainable = False
        self.network, self.role = network, role

    def __call__(self, phrases: Tensor, batch: Mapping[str, Tensor]) -> Tensor:
        """Return the nats (B,) that the tokens cost under phrases (B, P, size)."""
        net, count = self.network, phrases.shape[1]
        tokens, heard, sounding = (_flat(batch[f"{name}/{self.role}"]) for name in ("tokens", "heard", "sounding"))
        condition = ops.reshape(batch["condition"], (-1, net.config.beats, batch["condition"].shape[-1]))
        plan = net.plan(ops.reshape(phrases, (-1, phrases.shape[-1])), condition)
        logits = token_logits(net.play(plan, condition, net.one_hot(heard), net.one_hot(sounding)))
        right = ops.sum(logits * net.one_hot(tokens), axis=-1)
        nats = ops.sum(ops.logsumexp(logits, axis=-1) - right, axis=1)
        return ops.sum(ops.reshape(nats, (-1, count)), axis=1)


def _flat(rows: Tensor) -> Tensor:
    """Return (B, P, S) as (B P, S)."""
    return ops.reshape(rows, (-1, rows.shape[-1]))
