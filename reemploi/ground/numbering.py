"""Numbers people read aloud: ten-digit tags with a Damm check digit, and papers' numbers without a gap.

Why ten digits and nothing else: digits survive every French keyboard a scanner may type through, and no eye confuses
them. The last digit (Damm) refuses every single wrong digit and every swap of neighbours.
"""

import secrets
from enum import IntEnum

from sqlalchemy import insert, select
from stdnum import damm

from reemploi.extensions import db
from reemploi.ground.acting import Acting
from reemploi.ground.columns import upsert
from reemploi.ground.models import IssuedTag, NumberSeries

LENGTH = 10


class Family(IntEnum):
    """First digits of a tag, by what it names; never 0 (telephone numbers) nor 9 (lost by a barcode library)."""

    DEVICE = 1
    PLACE = 5
    AGREEMENT = 6
    BADGE = 7
    COMMAND = 8


DEVICE_DIGITS = "1234"


def is_tag(text: str) -> bool:
    """True for ten digits of a known family whose check digit is right."""
    return (
        len(text) == LENGTH
        and text.isascii()
        and text.isdigit()
        and text[0] in "12345678"
        and bool(damm.is_valid(text))
    )


def is_device_tag(text: str) -> bool:
    """True for a well-formed device tag; whether it was issued, the stock knows."""
    return is_tag(text) and text[0] in DEVICE_DIGITS


def in_groups(tag: str) -> str:
    """The tag for the eye: `1 4072 8815 8` → first digit, two groups of four, check digit."""
    return f"{tag[0]} {tag[1:5]} {tag[5:9]} {tag[9]}"


# On BÉPO the signs  "  (  -  are the digits 1, 4 and 8 of AZERTY's 3, 5 and 6: a tag made only of these could be read
# as another valid one. Such tags are never issued.
_BEPO_SIGNS = {"3": "1", "5": "4", "6": "8"}


def reads_two_ways(tag: str) -> bool:
    """True when the tag, typed through AZERTY, is also a valid tag read through BÉPO."""
    if not set(tag) <= set(_BEPO_SIGNS):
        return False
    return is_tag("".join(_BEPO_SIGNS[digit] for digit in tag))


def draw_tag(family: Family) -> str:
    """A tag never issued before, recorded as issued in the open transaction."""
    while True:
        body = f"{family:d}{secrets.randbelow(10**8):08d}"
        tag = body + damm.calc_check_digit(body)
        if reads_two_ways(tag):
            continue
        taken = db.session.execute(select(IssuedTag.tag).where(IssuedTag.tag == tag)).first()
        if taken is None:
            db.session.execute(insert(IssuedTag).values(tag=tag))
            return tag


def next_number(series: str, *, acting: Acting) -> str:
    """The next number of a series of papers, like `ARR-2026-0007`; gapless because it lives in the same transaction."""
    year = acting.now.astimezone(acting.zone).year
    given = db.session.execute(
        upsert(db.session(), NumberSeries)
        .values(association_id=acting.association_id, series=series, year=year, last=1)
        .on_conflict_do_update(
            index_elements=["association_id", "series", "year"], set_={"last": NumberSeries.last + 1}
        )
        .returning(NumberSeries.last)
    ).scalar_one()
    return f"{series}-{year}-{given:04d}"
