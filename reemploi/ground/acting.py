"""Who acts, in what quality, from which desk, and when: handed to every action."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from reemploi.errors import NotAllowed
from reemploi.roles import Role
from reemploi.sentences import N_

PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True)
class Acting:
    """The hand behind an action; `now` is an aware instant in UTC, `member_id` is None for the service itself."""

    association_id: int
    now: datetime
    member_id: int | None = None
    roles: frozenset[Role] = field(default_factory=frozenset)
    desk: str | None = None
    zone: ZoneInfo = PARIS

    @property
    def is_service(self) -> bool:
        """True when no person acts: a job, the worker, an import of the demonstration."""
        return self.member_id is None

    def has_one_of(self, roles: frozenset[Role] | tuple[Role, ...]) -> bool:
        """True when one of the roles is held; the service itself holds all of them."""
        return self.is_service or not self.roles.isdisjoint(roles)

    def require(self, *roles: Role) -> None:
        """Raise NotAllowed unless one of the roles is held."""
        if not self.has_one_of(roles):
            raise NotAllowed(N_("Votre rôle ne permet pas ce geste. Demandez à votre coordinateur."), code="role")

    def at(self, now: datetime) -> "Acting":
        """The same hand at another instant."""
        return replace(self, now=now)
