"""Links that carry a secret: sent by mail, or kept by the browser between two pages; each serves once, for a time."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from reemploi.extensions import db
from reemploi.ground.columns import Facts
from reemploi.ground.crypto import new_secret, secret_digest
from reemploi.people.models import SignedLink


def make_link(
    purpose: str,
    account_id: int,
    *,
    now: datetime,
    lasts: timedelta,
    member_id: int | None = None,
    facts: Facts | None = None,
) -> str:
    """Make a link in the open transaction and return its secret, which is stored nowhere."""
    secret = new_secret()
    db.session.add(
        SignedLink(
            digest=secret_digest(secret),
            purpose=purpose,
            account_id=account_id,
            member_id=member_id,
            facts=facts or {},
            made_at=now,
            expires_at=now + lasts,
        )
    )
    db.session.flush()
    return secret


def live_link(secret: str, *purposes: str, now: datetime) -> SignedLink | None:
    """The link behind a secret while it may still serve; any purpose when none is named."""
    link = db.session.scalars(
        select(SignedLink).where(
            SignedLink.digest == secret_digest(secret), SignedLink.used_at.is_(None), SignedLink.expires_at > now
        )
    ).first()
    return link if link and (not purposes or link.purpose in purposes) else None


def use_link(link: SignedLink, *, now: datetime) -> bool:
    """Use a link up; False when somebody else just did, so that two presses open one session."""
    return _used(now, SignedLink.id == link.id, SignedLink.expires_at > now) == 1


def void_links(account_id: int, *purposes: str, now: datetime) -> int:
    """End the links of these purposes that wait for an account; returns how many."""
    return _used(now, SignedLink.account_id == account_id, SignedLink.purpose.in_(purposes))


def void_links_of_member(member_id: int, *, now: datetime) -> int:
    """End every link made for a member who leaves; returns how many."""
    return _used(now, SignedLink.member_id == member_id)


def _used(now: datetime, *which: Any) -> int:
    ended = db.session.execute(
        update(SignedLink)
        .where(*which, SignedLink.used_at.is_(None))
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )
    return int(ended.rowcount)  # type: ignore[attr-defined]
