"""nwipe's log, release by release: one run per disk, and every way in which a log may contradict itself."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reemploi.bench.documents import Unreadable, open_content
from reemploi.bench.recognise import recognise
from reemploi.wiping import nwipe
from reemploi.wiping.nwipe import read_log
from reemploi.wiping.readers import READERS
from reemploi.wiping.runs import WipeRun
from tests.wiping.log_builder import OPS2, START, Disk, Log, build

LOGS = Path(__file__).parent.parent / "fixtures" / "nwipe"
RELEASES = "0.30 0.31 0.32 0.33 0.34 0.35 0.36 0.37 0.38 0.38.1 0.40 0.41 0.42".split()
TWO = (Disk(), Disk(name="nvme0n1", serial="PHHH123400AB", model="INTEL SSDPEKKW256G8", size=256060514304))


def one(text: str) -> WipeRun:
    (run,) = read_log(text)
    return run


@pytest.mark.parametrize("release", RELEASES)
def test_each_release_is_read(release: str) -> None:
    first, second = read_log(build(Log(version=release, disks=TWO)))
    assert (first.tool, first.tool_version, first.device) == ("nwipe", release, "/dev/sda")
    assert (first.serial, first.model, first.status) == ("S4EVNX0M512347", "Samsung SSD 860 EVO 250GB", "erased")
    assert (first.method, first.rounds, first.passes, first.blanked) == ("PRNG Stream", 1, 1, True)
    assert (first.verification, first.verified, first.finished) == ("last", True, True)
    assert first.device_bytes == first.bytes_total == first.bytes_erased == 250059350016
    assert (first.started_at or START) > START and first.ended_at and first.reported_at
    assert (second.device, second.serial, second.bytes_total) == ("/dev/nvme0n1", "PHHH123400AB", 256060514304)
    assert not first.contradictions and not second.contradictions and first.host_serial == "7TK2QN2"


@pytest.mark.parametrize(("release", "counters"), [("0.30", 0), ("0.31", 2), ("0.32", 3), ("0.42", 3)])
def test_counters_that_a_release_does_not_print_are_unknown(release: str, counters: int) -> None:
    run = one(build(Log(version=release, disks=(Disk(errors=(1, 2, 3)),))))
    assert (run.pass_errors, run.verification_errors, run.sync_errors) == ((1, 2, 3)[:counters] + (None,) * 3)[:3]


@pytest.mark.parametrize("release", ["0.31", "0.33", "0.38", "0.42"])
@pytest.mark.parametrize(
    "log",
    [
        Log(method=OPS2, passes=8, blank=False),
        Log(method="DoD Short", passes=3, rounds=2, verify="VA"),
        Log(method="Gutmann Wipe", passes=35, verify="VA", blank=False),
        Log(method="Fill With Zeros", blank=False),
        Log(method="HMG IS5 Enhanced", passes=3, rounds=2),
    ],
)
def test_every_way_to_end_verified(release: str, log: Log) -> None:
    run = one(build(replace(log, version=release)))
    assert run.verified and run.finished and not run.contradictions
    assert (run.method, run.rounds, run.passes) == (log.method, log.rounds, log.passes)


@pytest.mark.parametrize("blank", [True, False])
def test_without_verification_nothing_is_verified(blank: bool) -> None:
    run = one(build(Log(verify="NV", blank=blank)))
    assert (run.status, run.verification, run.verified) == ("erased", "none", False)


def test_the_reassuring_last_sentence_proves_nothing() -> None:
    assert "Nwipe successfully completed" in build(Log(verify="NV"))


@pytest.mark.parametrize(
    ("status", "read"),
    [(" Erased ", "erased"), ("-FAILED-", "failed"), ("UABORTED", "aborted"), ("INSANITY", "inconsistent")],
)
def test_statuses(status: str, read: str) -> None:
    run = one(build(Log(disks=(Disk(status=status),))))
    assert run.status == read and ("flag" in run.contradictions) == (read != "erased")


def test_a_method_that_only_verifies_says_so() -> None:
    run = one(build(Log(method="Verify Zeros (0x00)", blank=False)))
    assert run.only_verified and run.bytes_erased is None


def test_a_model_with_a_line_break_and_a_serial_with_a_slash() -> None:
    disks = (Disk(model="ACME\n FLASH", serial="AC/ME-0042"), *TWO[1:])
    first, second = read_log(build(Log(disks=disks)))
    assert (first.model, first.serial, first.contradictions) == ("ACME\n FLASH", "AC/ME-0042", frozenset())
    assert second.serial == "PHHH123400AB" and not second.contradictions


def test_a_model_that_pretends_to_be_a_row_fools_nobody() -> None:
    row = "X/S4EVNX0M512347\n       sdb | Erased |  243 MB/s | 00:25:00 | X"
    forged = build(Log(disks=(Disk(status="-FAILED-", model=row[:17]),))).replace(row[:17], row)
    assert all(run.status != "erased" or run.contradictions for run in read_log(forged))


def test_rubbish_behind_twenty_signs_of_a_serial_in_old_releases() -> None:
    serial = "S4EVNX0M512347ABCDEF"
    text = build(Log(version="0.34", disks=(Disk(serial=serial),))).replace(f"/{serial}\n", f"/{serial}\x7f\x01q\n")
    assert one(text).serial == serial and not one(text).contradictions
    assert "serial" in one(text.replace("0.34", "0.40")).contradictions


def test_windows_line_ends_and_encodings() -> None:
    text = build(Log(disks=TWO))
    expected = read_log(text)
    for data in (text.replace("\n", "\r\n").encode(), text.encode("utf-16"), text.encode("utf-8-sig")):
        assert recognise(data, READERS).reading == expected


def test_sessions_appended_to_one_file() -> None:
    later = Log(
        disks=(Disk(name="sdb", serial="WD-WX11A80W7430"),), start=datetime(2026, 9, 15, 8, 0, 0), version="0.38"
    )
    runs = read_log(build(Log(disks=(Disk(status="-FAILED-", errors=(0, 1, 0)),))) + build() + build(later))
    assert [(run.status, run.serial, run.tool_version) for run in runs] == [
        ("failed", "S4EVNX0M512347", "0.42"),
        ("erased", "S4EVNX0M512347", "0.42"),
        ("erased", "WD-WX11A80W7430", "0.38"),
    ]
    assert not runs[1].contradictions and not runs[2].contradictions


def test_a_session_killed_in_the_middle_stays_unfinished() -> None:
    killed = build()[: build().index("Blanking device")].rpartition("\n")[0] + "\n"
    runs = read_log(killed + build())
    assert [(run.status, run.finished, bool(run.contradictions)) for run in runs] == [
        ("unfinished", False, False),
        ("erased", True, False),
    ]


@pytest.mark.parametrize("cut", ["Drive Status", "Total Throughput", "Model/Serial", "Erasure Summary"])
def test_a_log_cut_short_is_never_complete(cut: str) -> None:
    text = build()
    run = one(text[: text.index(cut)])
    assert run.status == "unfinished" or not run.finished


def change(old: str, new: str) -> WipeRun:
    text = build()
    assert old in text
    return one(text.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("S/N=S4EVNX0M512347", "S/N=S4EVNX0M512348", "serial"),
        (" 860 E/S4EVNX0M512347", " 860 E/S4EVNX0M512348", "serial"),
        ("has serial number S4EVNX0M512347", "has serial number S4EVNX0M512340", "serial"),
        ("Samsung SSD 860 E/", "Samsung SSD 870 E/", "serial"),
        ("       sda |           0", "       sdb |           0", "tables"),
        ("Percentage Erased\n", "Percentage Erased\n       sdb |           1 |            1 | 100.00%\n", "tables"),
        ("       sda | Erased", "!      sda | Erased", "flag"),
        ("1R+B+VL", "2R+B+VL", "method"),
        ("Invoking method 'PRNG", "Invoking method 'DRNG", "method"),
        ("Starting round 1 of 1", "Starting round 2 of 2", "order"),
        ("notice: [SUCCESS] Blanked device /dev/sda", "fatal: Unable to write to '/dev/sda'.", "error_line"),
        ("notice: [SUCCESS] Blanked device", "notice: [FAILURE] /dev/sda may not be blanked on", "error_line"),
        ("Total device bytes   = 250059350016", "Total device bytes   = 250059350528", "size"),
        ("Total Throughput", "Total Throughput\n", "tables"),
        ("Model/Serial Number\n", "Model/Serial Number\nstray\n", "tables"),
    ],
)  # fmt: skip
def test_what_disagrees_is_named(old: str, new: str, name: str) -> None:
    assert name in change(old, new).contradictions


@pytest.mark.parametrize("line", ["[SUCCESS] Verified that /dev/sda is empty.", "[SUCCESS] Blanked device /dev/sda"])
def test_a_missing_proof_is_no_verification(line: str) -> None:
    assert not change(line, "nothing").verified


def test_the_proof_of_another_disk_is_no_proof() -> None:
    text = build(Log(disks=TWO)).replace("[SUCCESS] Verified that /dev/sda", "[SUCCESS] Verified that /dev/nvme0n1")
    assert [run.verified for run in read_log(text)] == [False, True]


def test_a_day_that_does_not_exist_is_no_date() -> None:
    assert "date" in one(build().replace("2026/09/14", "2026/09/31")).contradictions


def test_hidden_sectors_are_seen_unless_they_were_freed() -> None:
    warning = "warning:  *** HIDDEN SECTORS DETECTED ! *** on /dev/sda"
    stamp = "[2026/09/14 09:12:05] "
    options = f"{stamp} notice: Program options"
    assert one(build().replace(options, f"{stamp}{warning}\n{options}")).hidden_sectors
    freed = f"{stamp}{warning}\n{stamp}   info: No hidden sectors on /dev/sda\n{options}"
    assert not one(build().replace(options, freed)).hidden_sectors


def test_two_disks_with_one_serial_are_told() -> None:
    runs = read_log(build(Log(disks=(Disk(), Disk(name="sdb")))))
    assert all("shared_serial" in run.contradictions for run in runs)


def test_the_tool_s_own_probing_errors_are_not_the_disk_s() -> None:
    stamp = "[2026/09/14 09:12:05] "
    probing = f"{stamp}  error: SG_IO bad/missing sense data /dev/sda\n{stamp} notice: Program options"
    assert not change(f"{stamp} notice: Program options", probing).contradictions


def test_a_pdf_is_recognised_and_refused() -> None:
    pdf = b"%PDF-1.3\n/Producer (https://github.com/martijnvanbrummelen/nwipe)\n"
    recognised = recognise(pdf, READERS)
    assert recognised.kind == "nwipe" and "journal texte" in str(recognised.problem)


def test_a_log_without_any_erasure_is_refused() -> None:
    content = open_content(b"[2026/09/14 09:12:05]    info: nwipe 0.42\n")
    assert nwipe.looks_like(content)
    with pytest.raises(Unreadable, match="aucun effacement"):
        nwipe.read(content)
    assert not nwipe.looks_like(open_content(b"[2026/09/14 09:12:05] something else\n"))


@pytest.mark.parametrize("name", sorted(path.name for path in LOGS.glob("*.log")))
def test_our_logs_are_recognised(name: str) -> None:
    recognised = recognise((LOGS / name).read_bytes(), READERS)
    assert recognised.kind == "nwipe" and recognised.reading


@given(st.text("[]/0123456789: |!*-sdaErased\n", max_size=400))
def test_no_text_raises(text: str) -> None:
    read_log(text)
    read_log(build() + text)


def test_very_long_numbers_and_lines_are_bounded() -> None:
    digits = "9" * 10_000
    assert "tables" in change(" 250059350016 |     250059350016", f" {digits} | {digits}").contradictions
    read_log("[2026/09/14 09:12:05]  notice: Found /dev/sda, ATA, " + ", 1 GB" * 200_000 + ", S/N=")
    read_log("[2026/09/14 09:12:05]  notice: Found" + "\n" * 500_000)
