"""One erasure as its tool's log tells it, whatever the tool."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True)
class WipeRun:
    """What a log says of one medium; None for what it does not say.

    `status`: erased, failed, aborted, inconsistent, or unfinished when the log has no summary.
    `verification`: none, last or all passes, as asked; `verified` when the log tells that reading back succeeded.
    `bytes_total`: the medium with its hidden parts, `device_bytes`: what the system could reach. Times are those of the
    machine that erased, without zone. `contradictions` name what in the log disagrees with itself.
    """

    tool: str
    device: str
    status: str
    tool_version: str | None = None
    model: str | None = None
    serial: str | None = None
    bus: str | None = None
    technique: Literal["overwrite"] = "overwrite"
    method: str | None = None
    rounds: int | None = None
    passes: int | None = None
    blanked: bool | None = None
    verification: str | None = None
    verified: bool = False
    finished: bool = False
    only_verified: bool = False
    pass_errors: int | None = None
    verification_errors: int | None = None
    sync_errors: int | None = None
    bytes_erased: int | None = None
    bytes_total: int | None = None
    device_bytes: int | None = None
    hidden_sectors: bool = False
    started_at: datetime | None = None
    ended_at: datetime | None = None
    reported_at: datetime | None = None
    host_serial: str | None = None
    contradictions: frozenset[str] = frozenset()
