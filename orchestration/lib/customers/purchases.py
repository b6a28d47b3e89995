"""Repeat purchases by the BG/NBD model: each customer buys at a rate of their own, and may leave after any purchase.

Belongs here: the likelihood of Fader, Hardie and Lee (2005), its maximum, and what follows for a new customer. Counting
is SQL (fct_customers, fct_buyer_value): of each customer the repeat purchases, the time of the last one since the
first, and the time since the first until now, in weeks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import betaln, gammaln, hyp2f1

# Of fewer that came back, four parameters are not measured.
LEAST_REPEATING = 30
SEARCH = {"maxiter": 4_000, "maxfev": 4_000, "xatol": 1e-7, "fatol": 1e-12}


@dataclass(frozen=True)
class Rates:
    """Rates of purchase are gamma (r, alpha) among customers, and the chance to leave after one is beta (a, b)."""

    r: float
    alpha: float
    a: float
    b: float

    def expected(self, weeks: float) -> float:
        """Repeat purchases of a new customer within that time after the first."""
        share = weeks / (self.alpha + weeks)
        still = (self.alpha / (self.alpha + weeks)) ** self.r
        return float(
            (self.a + self.b - 1) / (self.a - 1) * (1 - still * hyp2f1(self.r, self.b, self.a + self.b - 1, share))
        )


def fit(repeats: Sequence[float], last: Sequence[float], observed: Sequence[float]) -> Rates | None:
    """The parameters that make the purchases most likely, without a penalty; None where too few customers came back.

    The times are scaled so that the longest is 1, and the optimum is looked for over logarithms.
    """
    x = np.array(repeats, dtype=float)
    if np.count_nonzero(x) < LEAST_REPEATING:
        return None
    until = np.array(observed, dtype=float)
    scale = float(until.max())
    # Customers of one history count once, with their number.
    histories = np.column_stack([x, np.array(last, dtype=float) / scale, until / scale])
    rows, counts = np.unique(histories, axis=0, return_counts=True)

    def loss(logs: np.ndarray) -> float:
        return -float(counts @ _log_likelihood(np.exp(logs), *rows.T)) / len(x)

    best = minimize(loss, np.zeros(4), method="Nelder-Mead", options=SEARCH)
    r, alpha, a, b = (float(value) for value in np.exp(best.x))
    return Rates(r, alpha * scale, a, b) if best.success and max(r, a, b) < 1e4 else None


def _log_likelihood(rates: np.ndarray, x: np.ndarray, last: np.ndarray, until: np.ndarray) -> np.ndarray:
    r, alpha, a, b = rates
    common = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    alive = betaln(a, b + x) - betaln(a, b) - (r + x) * np.log(alpha + until)
    left = np.where(x > 0, betaln(a + 1, b + np.maximum(x, 1) - 1) - betaln(a, b), -np.inf)
    return common + np.logaddexp(alive, left - (r + x) * np.log(alpha + last))
