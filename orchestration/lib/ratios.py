"""A ratio of two sums with its interval: the mean of a deal, the margin of invoices; and how it fits an agreed one.

Belongs here: the bootstrap, the test, and the function of SQL around it; lib/warehouse/functions.py registers it. The
model that calls it is fct_review_measures.
"""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

SEED = 20260101
DRAWS = 2000
COVERAGE = 0.9
# Fewer cases have no interval: what the largest ones are like is not known.
FEWEST = 10
# Numbers drawn at once, so that a large stream needs no more memory.
AT_ONCE = 1_000_000
NUMBERS = "DOUBLE[]"


def ratio_figures(parts: list[float], wholes: list[float], agreed: list[float | None]) -> dict[str, float]:
    """The ratio and its 90 % interval, how improbable it is if the agreed one (the same in the whole list) is true, the
    deviation of the parts, the share of the three largest; what there is."""
    part, whole = np.array(parts, dtype=float), np.array(wholes, dtype=float)
    figures: dict[str, float] = {}
    if whole.sum() != 0:
        figures["ratio"] = _rounded(part.sum() / whole.sum())
        interval = ratio_interval(part, whole)
        if interval is not None:
            figures |= {"low": _rounded(interval[0]), "high": _rounded(interval[1])}
    if len(part) >= FEWEST and agreed[0] is not None:
        figures["surprise"] = _rounded(mean_surprise(part - agreed[0] * whole))
    if len(part) > 1:
        figures["deviation"] = _rounded(part.std(ddof=1))
    if part.sum() > 0:
        figures["largest_three"] = _rounded(np.sort(part)[-3:].sum() / part.sum())
    return figures


def ratio_interval(part: Numbers, whole: Numbers) -> tuple[float, float] | None:
    """The bootstrap's interval of a ratio; studentised, since deals are skewed (Efron and Tibshirani 1993)."""
    if len(part) < FEWEST:
        return None
    generator = np.random.default_rng(SEED)
    ratio, error = (float(figure[0]) for figure in _estimates(part[None, :], whole[None, :]))
    at_once = max(1, AT_ONCE // len(part))
    distances = []
    for start in range(0, DRAWS, at_once):
        drawn = generator.integers(0, len(part), (min(at_once, DRAWS - start), len(part)))
        ratios, errors = _estimates(part[drawn], whole[drawn])
        is_varied = errors > 0
        distances.append((ratios[is_varied] - ratio) / errors[is_varied])
    together = np.concatenate(distances)
    if error == 0 or not len(together):
        return ratio, ratio
    low, high = np.quantile(together, [(1 - COVERAGE) / 2, (1 + COVERAGE) / 2])
    return float(ratio - high * error), float(ratio - low * error)


def mean_surprise(distances: Numbers) -> float:
    """How improbable such a mean is if the true one is 0, two-sided: Student's t, corrected for skewness (Hall 1992).

    The correction does what the studentised bootstrap does, and reaches the small probabilities that a review of many
    figures asks for, which 2,000 draws do not.
    """
    from scipy.special import stdtr  # a tenth of a second, which other models do not wait for

    cases = len(distances)
    mean, deviation = distances.mean(), distances.std(ddof=1)
    if deviation <= 1e-12 * max(abs(mean), 1e-300):
        return 0.0 if abs(mean) > 0 else 1.0
    t = mean / deviation * np.sqrt(cases)
    bend = ((distances - mean) ** 3).mean() / distances.std() ** 3 / np.sqrt(cases)
    corrected = t + bend * t**2 / 3 + bend**2 * t**3 / 27 + bend / 6
    return float(2 * stdtr(cases - 1, -abs(corrected)))


def _estimates(parts: Numbers, wholes: Numbers) -> tuple[Numbers, Numbers]:
    """The ratio of each row, and its standard error by the distances from it (Cochran 1977); 0 if there is none."""
    sums = wholes.sum(axis=1)
    ratios = np.divide(parts.sum(axis=1), sums, out=np.zeros(len(sums)), where=sums != 0)
    distances = parts - ratios[:, None] * wholes
    cases = parts.shape[1]
    errors = np.sqrt((distances**2).sum(axis=1) * cases / (cases - 1))
    return ratios, np.divide(errors, np.abs(sums), out=np.zeros(len(sums)), where=sums != 0)


def _rounded(number: float) -> float:
    return round(float(number), 9)


FUNCTIONS = ((ratio_figures, [NUMBERS, NUMBERS, NUMBERS], "MAP(VARCHAR, DOUBLE)"),)
