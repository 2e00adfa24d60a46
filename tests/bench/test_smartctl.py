"""smartctl: ATA, NVMe, SCSI and USB bridges; the exit status is a mask and no failure."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from reemploi.bench import smartctl
from reemploi.bench.capture import Health
from reemploi.bench.documents import Unreadable, open_content
from tests.bench.trees import Node, fixture, read_smartctl, said

ATA = json.loads(fixture("dell-latitude-5490.smartctl.json"))
NVME: Node = {
    "json_format_version": [1, 0],
    "smartctl": {"version": [7, 4], "exit_status": 0},
    "local_time": {"time_t": 1794906300},
    "device": {"name": "/dev/nvme0", "info_name": "/dev/nvme0", "type": "nvme", "protocol": "NVMe"},
    "model_name": "KBG40ZNV256G KIOXIA",
    "serial_number": "70SPC1QQP8Z1",
    "nvme_total_capacity": 256060514304,
    "nvme_namespaces": [{"id": 1, "size": {"blocks": 500118192, "bytes": 256060514304}}],
    "smart_status": {"passed": True, "nvme": {"value": 0}},
    "nvme_smart_health_information_log": {"percentage_used": 7, "power_on_hours": 2115, "media_errors": 0},
}
SCSI: Node = {
    "smartctl": {"version": [7, 3], "exit_status": 0},
    "device": {"name": "/dev/sdg", "info_name": "/dev/sdg", "type": "scsi", "protocol": "SCSI"},
    "scsi_vendor": "SEAGATE",
    "scsi_product": "ST4000NM0043",
    "serial_number": "Z1Z5DWJK0000C441",
    "rotation_rate": 7200,
    "user_capacity": {"blocks": 7814037168, "bytes": 4000787030016},
    "smart_status": {"passed": True},
    "power_on_time": {"hours": 43549, "minutes": 33},
    "scsi_grown_defect_list": 56,
}


def with_status(status: int, **values: Any) -> Node:
    return {**ATA, "smartctl": {**ATA["smartctl"], "exit_status": status}, **values}


def test_an_ata_disk() -> None:
    capture = smartctl.read(open_content(fixture("dell-latitude-5490.smartctl.json")))
    (medium,) = capture.media
    assert (capture.tool, capture.tool_version) == ("smartctl", "7.4")
    assert capture.captured_at == datetime.fromtimestamp(1794906300, UTC)
    assert (medium.kind, medium.bus, medium.model) == ("ssd", "sata", "SAMSUNG MZNLN256HAJQ-000D1")
    assert (medium.serial, medium.bytes, medium.device_path) == ("S3TWNX0K412876", 256060514304, "/dev/sda")
    assert medium.health == Health(passed=True, power_on_hours=6421, reallocated_sectors=0)
    assert capture.maker is None and capture.identity is None and not capture.warnings


def test_an_nvme_disk() -> None:
    (medium,) = read_smartctl(NVME).media
    assert (medium.kind, medium.bus, medium.serial, medium.bytes) == ("nvme", "nvme", "70SPC1QQP8Z1", 256060514304)
    assert medium.health == Health(passed=True, power_on_hours=2115, wear_percent=7)


def test_namespaces_add_up() -> None:
    sizes = [{"id": n, "size": {"bytes": n * 10**9}} for n in (1, 2)]
    (medium,) = read_smartctl({**NVME, "nvme_namespaces": sizes, "user_capacity": {"bytes": 10**9}}).media
    assert medium.bytes == 3 * 10**9
    (medium,) = read_smartctl({**NVME, "nvme_namespaces": None}).media
    assert medium.bytes == 256060514304


def test_a_scsi_disk() -> None:
    (medium,) = read_smartctl(SCSI).media
    assert (medium.kind, medium.bus, medium.model) == ("hdd", "scsi", "SEAGATE ST4000NM0043")
    assert medium.health == Health(passed=True, power_on_hours=43549, reallocated_sectors=56)


@pytest.mark.parametrize(("driver", "info"), [("usbjmicron", "/dev/sdb [USB JMicron]"), ("sntrealtek", "/dev/sdb")])
def test_a_disk_behind_a_usb_bridge_keeps_its_own_identity(driver: str, info: str) -> None:
    device = {"name": "/dev/sdb", "type": driver, "info_name": info, "protocol": "ATA"}
    (medium,) = read_smartctl({**ATA, "device": device}).media
    assert (medium.bus, medium.kind, medium.serial, medium.removable) == ("usb", "ssd", "S3TWNX0K412876", False)


def test_several_disks_in_one_file() -> None:
    assert len(read_smartctl(ATA, NVME, SCSI).media) == 3
    assert len(read_smartctl([ATA, NVME]).media) == 2


@pytest.mark.parametrize(
    ("status", "passed", "word"),
    [(0, True, None), (4, True, None), (8, False, "annonce sa panne"), (16, True, "sous son seuil"),
     (64, True, "dans son journal"), (255, False, "annonce sa panne"), (128, True, None)],
)  # fmt: skip
def test_the_exit_status_is_a_mask(status: int, passed: bool, word: str | None) -> None:
    capture = read_smartctl(with_status(status))
    assert capture.media[0].health.passed is passed
    assert (word in said(capture)) if word else not capture.warnings


def test_a_failing_disk_is_told() -> None:
    assert "annonce sa panne" in said(read_smartctl({**ATA, "smart_status": {"passed": False}}))


def test_counters_packed_in_high_bits_are_read_from_their_text() -> None:
    table = [
        {"id": 5, "raw": {"value": 115594749838557, "string": "29 (105 34 0)"}},
        {"id": "197", "raw": {"value": 3}},
    ]
    health = read_smartctl({**ATA, "ata_smart_attributes": {"table": table}}).media[0].health
    assert (health.reallocated_sectors, health.pending_sectors) == (29, 3)


@pytest.mark.parametrize(("rotation", "kind"), [(0, "ssd"), ("0", "ssd"), (5400, "hdd"), (None, "ssd")])
def test_kind_by_rotation_then_by_model(rotation: Any, kind: str) -> None:
    assert read_smartctl({**ATA, "rotation_rate": rotation}).media[0].kind == kind


def test_numbers_written_as_texts() -> None:
    capacity = {"bytes_s": "256060514304"}
    assert read_smartctl({**ATA, "user_capacity": capacity}).media[0].bytes == 256060514304


@pytest.mark.parametrize("serial", ["REDACTED", "9RK1XXXX", "0000000000", "", None])
def test_a_masked_serial_is_none_and_told(serial: str | None) -> None:
    capture = read_smartctl({**ATA, "serial_number": serial})
    assert capture.media[0].serial is None and "ne donne pas de numéro de série" in said(capture)


def test_a_drive_that_does_not_answer_is_told_beside_those_that_do() -> None:
    messages = [{"string": "Unknown USB bridge [0x0951:0x1666 (0x110)]", "severity": "error"}]
    silent = {"smartctl": {"exit_status": 1, "messages": messages}, "device": {"name": "/dev/sdc"}}
    assert "/dev/sdc (Unknown USB bridge [0x0951:0x1666 (0x110)])" in said(read_smartctl(ATA, silent))
    with pytest.raises(Unreadable, match="administrateur"):
        read_smartctl(silent)


def test_a_list_of_drives_is_refused_with_the_remedy() -> None:
    scan = {"smartctl": {"exit_status": 0}, "devices": [{"name": "/dev/sda", "type": "scsi", "protocol": "SCSI"}]}
    with pytest.raises(Unreadable, match="sur chacun"):
        read_smartctl(scan)


def test_an_optical_drive_is_no_disk() -> None:
    optical = {**SCSI, "device_type": {"scsi_terminology": "CD/DVD", "scsi_value": 5}}
    assert len(read_smartctl(ATA, optical).media) == 1


@pytest.mark.parametrize(
    "text",
    [
        "smartctl 7.3 2022-02-28 r5338 [x86_64-linux-6.1.0] (local build)\nModel Number: X\n",
        "json.smartctl.version[0] = 7;\n",
        "---\njson_format_version:\n- 1\n- 0\nsmartctl:\n  version:\n  - 7\n",
    ],
)
def test_other_formats_are_recognised_and_refused_with_the_remedy(text: str) -> None:
    content = open_content(text.encode())
    assert smartctl.looks_like(content)
    with pytest.raises(Unreadable, match=r"smartctl -x --json"):
        smartctl.read(content)


@pytest.mark.parametrize("wrong", [None, 7, -1, 1.5, "x", "", True, [], {}, [[]], {"a": {}}, "9" * 400, 10**30])
def test_wrong_types_anywhere_never_raise(wrong: Any) -> None:
    for report in (ATA, NVME, SCSI):
        for key in report:
            inner = dict.fromkeys(report[key], wrong) if isinstance(report[key], dict) else wrong
            for broken in (wrong, inner):
                content = open_content(json.dumps({**report, key: broken}).encode())
                if smartctl.looks_like(content):
                    try:
                        assert all(map(str, smartctl.read(content).warnings))
                    except Unreadable as unreadable:
                        assert str(unreadable)
