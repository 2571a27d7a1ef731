"""How far a share measured on a few questions may be from the true one."""

from math import sqrt

Z = 1.96  # 95 %


def interval(hits: int, total: int) -> tuple[float, float]:
    """Return the 95 % interval of a share, after Wilson (1927); all of 0 to 1 for no question.

    https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval#Wilson_score_interval
    """
    if not total:
        return 0.0, 1.0
    share = hits / total
    middle = share + Z * Z / (2 * total)
    spread = Z * sqrt(share * (1 - share) / total + Z * Z / (4 * total * total))
    scale = 1 + Z * Z / total
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)
