"""The difference of two rates within strata, by another way than the project's macros: for the tests of what reads it.

Belongs here: Mantel and Haenszel's difference, and its bounds as the differences that are 1.96 of Sato's variances away
(Klingenberg 2014), found as the roots of that equation.
"""

from collections.abc import Iterable

import numpy as np

Stratum = tuple[int, int, int, int]
Z = 1.959963984540054


def difference(strata: Iterable[Stratum]) -> tuple[float, float, float]:
    """How much higher the first rate is, and its bounds; a stratum is members and reached of both groups."""
    compared = [stratum for stratum in strata if stratum[0] and stratum[2]]
    n, x, m, y = np.array(compared, dtype=float).T
    weight = n * m / (n + m)
    estimate = float(np.sum(weight * (x / n - y / m)) / weight.sum())
    p = np.sum((n**2 * y - m**2 * x + n * m * (m - n) / 2) / (n + m) ** 2)
    q = np.sum((x * (m - y) + y * (n - x)) / (n + m)) / 2
    factor = Z**2 / weight.sum() ** 2
    low, high = sorted(np.roots([1, -2 * estimate - factor * p, estimate**2 - factor * q]))
    return estimate, float(low), float(high)
