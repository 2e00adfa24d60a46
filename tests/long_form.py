"""How much a test does: the regular run is bounded in time, `scripts/test --long PART` is not."""

import os


def amount(part: str, *, regular: int, long: int) -> int:
    """Rounds, steps or kills for a part ("property", "faults", "fuzz" or "labels")."""
    return long if os.environ.get("REEMPLOI_TEST_LONG") == part else regular
