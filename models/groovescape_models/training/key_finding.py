"""Keys out of the pitch classes that sound: key profiles, with the inertia of a key that lasts (Temperley 2001).

Profiles: Krumhansl and Kessler's as revised by Temperley ("What's Key for Key?", Music Perception 17, 1999); a bar's
key is the one of the best path through all bars, changes paid for, as in his "The Cognition of Basic Musical
Structures", chapter 7.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.music.key import SCALES, SEMITONES, Key

MAJOR: Final = (5.0, 2.0, 3.5, 2.0, 4.5, 4.0, 2.0, 4.5, 2.0, 3.5, 1.5, 4.0)
MINOR: Final = (5.0, 2.0, 3.5, 4.5, 2.0, 4.0, 2.0, 4.5, 3.5, 2.0, 1.5, 4.0)
CHANGE_COST: Final = 1.0
"""What a change of key costs, in bars of perfect correlation."""
_LEADING_TONE, _FLAT_SEVENTH = 11, 10


def keys_of_bars(weights: NDArray[np.float64]) -> tuple[Key, ...]:
    """Return a key a bar: major, minor, or harmonic minor where the seventh is mostly raised.

    weights (bars, 12) says how long each pitch class sounds in each bar.
    """
    if not len(weights):
        return ()
    path = _best_path(_correlations(weights))
    keys = [Key(state % SEMITONES, "major" if state < SEMITONES else "minor") for state in path.tolist()]
    return tuple(with_minor_kind(key, weights[path == state]) for key, state in zip(keys, path.tolist(), strict=True))


def with_minor_kind(key: Key, weights: NDArray[np.float64]) -> Key:
    """Return a minor key as the kind whose seventh sounds longer in weights (bars, 12); others as they are."""
    if key.scale not in ("minor", "harmonic minor"):
        return key
    total = np.roll(weights.sum(0), -key.tonic)
    return Key(key.tonic, "harmonic minor" if total[_LEADING_TONE] > total[_FLAT_SEVENTH] else "minor")


def share_in_key(key: Key, weights: NDArray[np.float64]) -> float:
    """Return how much of weights (bars, 12) is in the scale of a key, 0..1; 1 where nothing sounds."""
    total = weights.sum()
    steps = [(key.tonic + step) % SEMITONES for step in SCALES[key.scale]]
    return float(weights[:, steps].sum() / total) if total else 1.0


def _correlations(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the correlation of each bar with the 24 keys (major 0..11, minor 12..23), (bars, 24); 0 if silent."""
    profiles = np.array([np.roll(profile, tonic) for profile in (MAJOR, MINOR) for tonic in range(SEMITONES)])
    profiles -= profiles.mean(1, keepdims=True)
    profiles /= np.linalg.norm(profiles, axis=1, keepdims=True)
    centred = weights - weights.mean(1, keepdims=True)
    norms = np.maximum(1e-9, np.linalg.norm(centred, axis=1, keepdims=True))
    return np.asarray((centred / norms) @ profiles.T, np.float64)


def _best_path(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the states (bars,) with the highest sum of scores (bars, states) less the cost of the changes."""
    total, came_from = scores[0].copy(), np.zeros(scores.shape, np.int64)
    for bar in range(1, len(scores)):
        best = int(total.argmax())
        changed = total[best] - CHANGE_COST > total
        came_from[bar] = np.where(changed, best, np.arange(scores.shape[1]))
        total = np.where(changed, total[best] - CHANGE_COST, total) + scores[bar]
    path = np.zeros(len(scores), np.int64)
    path[-1] = total.argmax()
    for bar in range(len(scores) - 1, 0, -1):
        path[bar - 1] = came_from[bar, path[bar]]
    return path
