"""What a tool saw of one machine: the form every reader fills, whatever the tool.

It holds no personal data: no host name, no network address, no name of a wireless network.
"""

from dataclasses import dataclass, field
from datetime import datetime

from reemploi.journey.identity import identity_of
from reemploi.sentences import Sentence


@dataclass(frozen=True)
class Health:
    """What a drive says of itself; None for what it does not say."""

    passed: bool | None = None
    power_on_hours: int | None = None
    reallocated_sectors: int | None = None
    pending_sectors: int | None = None
    wear_percent: int | None = None


@dataclass(frozen=True)
class SeenMedium:
    """A storage medium as a tool saw it.

    `kind`: hdd, ssd, nvme, emmc, usb, sd, or None when the tool cannot tell. `bus`: sata, ide, scsi, nvme, mmc, usb,
    virtio, ieee1394, or None. `bytes`: its exact size. `removable`: plugged from outside, no part of the machine.
    """

    kind: str | None = None
    bus: str | None = None
    model: str | None = None
    serial: str | None = None
    bytes: int | None = None
    device_path: str | None = None
    removable: bool = False
    health: Health = Health()


@dataclass(frozen=True)
class Battery:
    """A battery: its model, its maker, its capacity when new in milliwatt-hours."""

    model: str | None = None
    maker: str | None = None
    design_mwh: int | None = None


@dataclass(frozen=True)
class Capture:
    """One machine, or one drive, as one tool saw it at one moment.

    `kind`: laptop, desktop, all_in_one, tablet, server or None. `keyboard`: language of the keyboard where the maker's
    reference tells it. `media` are the machine's own, `removable_media` what was plugged into it. `complete` is false
    when the file was cut short: what it does not show may exist.
    """

    tool: str
    tool_version: str | None = None
    maker: str | None = None
    product: str | None = None
    version: str | None = None
    sku: str | None = None
    serial: str | None = None
    board_maker: str | None = None
    board_product: str | None = None
    board_serial: str | None = None
    kind: str | None = None
    keyboard: str | None = None
    memory_bytes: int | None = None
    processor: str | None = None
    batteries: tuple[Battery, ...] = ()
    captured_at: datetime | None = None
    media: tuple[SeenMedium, ...] = ()
    removable_media: tuple[SeenMedium, ...] = ()
    complete: bool = True
    warnings: tuple[Sentence, ...] = field(default=())

    @property
    def identity(self) -> str | None:
        """The key equal for two captures of one machine (`journey.identity.identity_of`), or None."""
        return identity_of(self.maker, self.serial, self.board_serial)
