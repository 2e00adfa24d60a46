"""Writes nwipe logs in the shape of each release, from its source: what the tests feed to the reader.

Texts and columns are those of `logging.c`, `method.c`, `nwipe.c`, `device.c` and `options.c` at each tag.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

START = datetime(2026, 9, 14, 9, 12, 5)
OPS2 = "RCMP TSSIT OPS-II"


@dataclass
class Disk:
    """One disk as nwipe sees it, and what happens to it."""

    name: str = "sda"
    serial: str = "S4EVNX0M512347"
    model: str = "Samsung SSD 860 EVO 250GB"
    size: int = 250059350016
    bus: str = " ATA-SSD"
    status: str = " Erased "
    errors: tuple[int, int, int] = (0, 0, 0)
    erased: int | None = None
    total: int | None = None
    body: list[str] = field(default_factory=list)
    duration: timedelta = timedelta()


@dataclass
class Log:
    """The options of one start of nwipe."""

    version: str = "0.42"
    disks: tuple[Disk, ...] = (Disk(),)
    method: str = "PRNG Stream"
    passes: int = 1
    rounds: int = 1
    blank: bool = True
    verify: str = "VL"
    start: datetime = START
    quiet: bool = False
    conclusion: str = "Nwipe successfully completed. See summary table for details."
    host_maker: str = "Dell Inc."
    host_serial: str = "7TK2QN2"

    def at_least(self, release: str) -> bool:
        """Whether this log is of a release or of a later one."""
        return tuple(map(int, self.version.split("."))) >= tuple(map(int, release.split(".")))


class Writer:
    """Collects lines while a clock advances."""

    def __init__(self, start: datetime) -> None:
        self.lines: list[str] = []
        self.now = start

    def say(self, label: str, message: str, *, after: int = 0) -> None:
        self.now += timedelta(seconds=after)
        self.lines.append(f"[{self.stamp()}] {label:>7}: {message}")

    def raw(self, *lines: str) -> None:
        self.lines.extend(lines)

    def stamp(self) -> str:
        return self.now.strftime("%Y/%m/%d %H:%M:%S")


def build(log: Log | None = None) -> str:
    """The text of one log."""
    log = log or Log()
    writer = Writer(log.start)
    _preamble(log, writer)
    _options(log, writer)
    for disk in log.disks:
        _device(log, disk, writer)
    for disk in log.disks:
        began = writer.now
        _wipe(log, disk, writer)
        disk.duration = writer.now - began
    _tables(log, writer)
    return "\n".join(writer.lines) + "\n"


def _preamble(log: Log, writer: Writer) -> None:
    if log.at_least("0.34"):
        writer.say("info", f"nwipe {log.version}")
        writer.say("info", "Linux version 6.6.32-live (builder@forge) (gcc version 13")
        writer.raw(" " * 31 + ".2.0) #1 SMP PREEMPT_DYNAMIC")
    for disk in log.disks:
        shown = _shown(log, disk)
        size = f"{disk.size // 10**9:3d} GB"
        bus = disk.bus if log.at_least("0.35") else disk.bus.strip().partition("-")[0]
        writer.say("notice", f"Found /dev/{disk.name}, {bus}, {disk.model}, {size}, S/N={shown}")
        if log.at_least("0.35"):
            writer.say("info", f"/dev/{disk.name}, sector(logical)/block(physical) sizes 512/4096")
            writer.say("info", f"No hidden sectors on /dev/{disk.name}")
            writer.raw("")
    writer.say("info", f"system-manufacturer = {log.host_maker}")
    writer.say("info", f"system-serial-number = {'X' * 15 if log.quiet else log.host_serial}")


def _options(log: Log, writer: Writer) -> None:
    width = 12 if log.at_least("0.41") else 8
    writer.say("notice", "Program options are set as follows...")
    verify = {"NV": "0 (off)", "VL": "1 (last pass)", "VA": "2 (all passes)"}[log.verify]
    if not log.blank:
        writer.say("notice", "  do not perform a final blank pass")
    options = {"banner": f"nwipe {log.version}", "method": log.method, "quiet": str(int(log.quiet))}
    for name, value in {**options, "rounds": str(log.rounds), "verify": verify}.items():
        writer.say("notice", f"  {name:<{width}} = {value}")


def _device(log: Log, disk: Disk, writer: Writer) -> None:
    path = f"/dev/{disk.name}"
    if _shown(log, disk):
        writer.say("notice", f"{path} has serial number {_shown(log, disk)}")
    if log.at_least("0.41"):
        writer.say("notice", f"{path}: Device geometry is as follows...")
        writer.say("notice", "  Logical sector size  = 512")
        writer.say("notice", f"  Total device bytes   = {disk.size}")
    else:
        writer.say("notice", f"{path}, sect/blk/dev 512/4096/{disk.size}")


def _wipe(log: Log, disk: Disk, writer: Writer) -> None:
    path = f"/dev/{disk.name}"
    only_verifies = log.method.startswith("Verify")
    writer.say("notice", f"Invoking method '{log.method}' on {path}", after=1)
    for turn in range(1, log.rounds + 1):
        writer.say("notice", f"Starting round {turn} of {log.rounds} on {path}")
        for number in range(1, 0 if only_verifies else log.passes + 1):
            _pass(log, path, disk.size, number, turn, writer)
        final = "final " if turn == log.rounds else ""
        writer.say("notice", f"Finished {final}round {turn} of {log.rounds} on {path}")
    if log.method == OPS2:
        writer.say("notice", f"Writing final random pattern to '{path}'.")
        _write_and_read(log, path, disk.size, writer, f"Verifying final random pattern FRP on {path}")
        if log.verify != "NV":
            writer.say("notice", f"[SUCCESS] Verified FRP on '{path}' matches")
    elif log.blank and not only_verifies:
        writer.say("notice", f"Blanking device {path}")
        _write_and_read(log, path, disk.size, writer, f"Verifying that {path} is empty.")
        if log.verify != "NV":
            writer.say("notice", f"[SUCCESS] Verified that {path} is empty.")
        writer.say("notice", f"[SUCCESS] Blanked device {path}")
    for line in disk.body:
        label, _, message = line.partition(": ")
        writer.say(label, message)


def _pass(log: Log, path: str, size: int, number: int, turn: int, writer: Writer) -> None:
    where = f"{number}/{log.passes}, round {turn}/{log.rounds}, on {path}"
    writer.say("notice", f"Starting pass {where}")
    writer.say("notice", f"{size} bytes written to {path}", after=600)
    is_last = number == log.passes and turn == log.rounds and not log.blank and log.method != OPS2
    if log.verify == "VA" or (log.verify == "VL" and is_last):
        words = f"pass {number} of {log.passes}, round {turn} of {log.rounds}, on"
        writer.say("notice", f"Verifying {words} {path}")
        writer.say("notice", f"{size} bytes read from {path}", after=400)
        writer.say("notice", f"Verified {words} '{path}'.")
    writer.say("notice", f"Finished pass {where}")


def _write_and_read(log: Log, path: str, size: int, writer: Writer, reading: str) -> None:
    writer.say("notice", f"{size} bytes written to {path}", after=500)
    if log.verify != "NV":
        writer.say("notice", reading)
        writer.say("notice", f"{size} bytes read from {path}", after=400)


def _shown(log: Log, disk: Disk) -> str:
    """nwipe keeps twenty signs, and masks them when asked to be quiet."""
    masked = "X" * 20 if disk.serial else "?" * 20
    return masked if log.quiet else disk.serial[:20]


def _tables(log: Log, writer: Writer) -> None:
    columns = 8 if log.at_least("0.33") else 6
    heading = "!   Device" if columns == 8 else "! Device"
    stars, dashes = "*" * 80, "-" * 80
    writer.say("info", "all threads have ended", after=3)
    if log.at_least("0.31"):
        counters = 3 if log.at_least("0.32") else 2
        titles = ("Pass Errors", "Verifications Errors", r"Fdatasync I\O Errors")[:counters]
        end = "" if counters == 3 else " |"
        writer.raw("", f"{' Error Summary ':*^80}", f"{heading} | {' | '.join(titles)}{end}", dashes)
        for disk in log.disks:
            flag = "!" if any(disk.errors) else " "
            cells = " | ".join(f"{count:>{11 if n == 0 else 20}d}" for n, count in enumerate(disk.errors[:counters]))
            writer.raw(f"{flag} {disk.name[-columns:]:>{columns}} | {cells}{end}")
        writer.raw(stars)
    if log.at_least("0.41") and not log.method.startswith("Verify"):
        titles_of_bytes = "     Bytes Erased |      Bytes Total | Percentage Erased"
        writer.raw("", f"{' Erasure Summary ':*^80}", f"{heading} | {titles_of_bytes}", dashes)
        for disk in log.disks:
            total = disk.size if disk.total is None else disk.total
            erased = total if disk.erased is None else disk.erased
            flag = " " if erased == total else "!"
            writer.raw(f"{flag} {disk.name[-8:]:>8} | {erased:17d} | {total:16d} | {100 * erased / total:16.2f}%")
        writer.raw(stars)
    writer.raw("", f"{' Drive Status ':*^80}" if log.at_least("0.31") else stars)
    writer.raw(f"{heading} | Status | Thru-put | HH:MM:SS | Model/Serial Number", dashes)
    for disk in log.disks:
        flag = " " if disk.status == " Erased " else "!"
        label = f"{disk.model[:17]}/{_shown(log, disk)}"
        took = str(disk.duration).rjust(8, "0")
        writer.raw(f"{flag} {disk.name[-columns:]:>{columns}} |{disk.status}|  243 MB/s | {took} | {label}")
    footer = f"{log.method}, {log.rounds}R+{'B' if log.blank else 'NB'}+{log.verify}"
    writer.raw(dashes, f"[{writer.stamp()}] Total Throughput  243 MB/s, {footer}", stars, "")
    writer.say("info", log.conclusion)
