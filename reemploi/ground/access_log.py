"""The access log of households' data: written and committed before the answer. No log, no data."""

from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.database import aside, mode
from reemploi.ground.models import AccessLog


def log_reading(household_ids: list[int], purpose: str, *, acting: Acting) -> None:
    """Record that a member is about to read these households' data, for one purpose.

    In a writing request the rows join its transaction (which commits before the answer is built); in a reading one
    they are committed at once in a transaction of their own.
    """
    if acting.member_id is None:
        raise RuntimeError("only a person reads a household's data")
    rows = [
        AccessLog(
            association_id=acting.association_id,
            member_id=acting.member_id,
            household_id=household,
            purpose=purpose,
            at=acting.now,
        )
        for household in household_ids
    ]
    if mode() == "write":
        db.session.add_all(rows)
        db.session.flush()
        return
    with aside() as session:
        session.add_all(rows)
