"""lshw: who the machine is, what it stores, and never a disk forgotten."""

import json
from typing import Any

import pytest

from reemploi.bench import lshw
from reemploi.bench.capture import Battery, SeenMedium
from reemploi.bench.documents import Unreadable, open_content
from tests.bench.trees import Node, fixture, machine, node, read_lshw, said

SSD = node("disk", "disk", description="ATA Disk", product="SAMSUNG MZNLN256", serial="S3TWNX0K412876",
           logicalname="/dev/sda", size=256060514304, units="bytes", businfo="scsi@0:0.0.0")  # fmt: skip


def nvme(*namespaces: Node, **values: Any) -> Node:
    """A controller as lshw describes it since 2020."""
    named = {"product": "KBG30ZMV256G", "serial": "88APC1QQP", "logicalname": "/dev/nvme0", **values}
    return node("nvme", "storage", *namespaces, description="NVMe device", businfo="pci@0000:01:00.0", **named)


def namespace(number: int, size: int) -> Node:
    name = f"/dev/nvme0n{number}"
    return node(f"namespace:{number}", "disk", description="NVMe disk", logicalname=name, size=size)


def test_a_laptop_with_its_disk() -> None:
    (content,) = json.loads(fixture("dell-latitude-5490.lshw.json"))
    capture = read_lshw([content])
    assert (capture.maker, capture.product, capture.serial, capture.kind) == (
        "Dell",
        "Latitude 5490",
        "7QK4MN2",
        "laptop",
    )
    assert (capture.board_product, capture.sku, capture.version) == ("0F1T2M", "0816", None)
    assert capture.memory_bytes == 8 * 2**30
    assert capture.processor == "Intel(R) Core(TM) i5-8350U CPU @ 1.70GHz"
    assert capture.batteries == (Battery("DELL GJKNX85", "SMP", 68000),)
    assert capture.identity == "DELL|7QK4MN2"
    assert capture.media == (SeenMedium("ssd", "sata", "SAMSUNG MZNLN256", "S3TWNX0K412876", 256060514304, "/dev/sda"),)
    assert [medium.model for medium in capture.removable_media] == ["Cruzer Blade"]
    assert capture.complete and not capture.warnings


def test_a_desktop_with_two_disks_and_a_french_keyboard() -> None:
    capture = lshw.read(open_content(fixture("hp-elitedesk-800-g3.lshw.json")))
    assert (capture.maker, capture.product, capture.kind) == ("HP", "HP EliteDesk 800 G3 SFF", "desktop")
    assert (capture.sku, capture.keyboard) == ("1HK28ET#ABF", "fr")
    assert [(medium.kind, medium.serial) for medium in capture.media] == [
        ("hdd", "Z9AXK3M7"),
        ("ssd", "50026B7684D1C3F2"),
    ]
    assert capture.memory_bytes == 16 * 2**30 and not capture.warnings


def test_lenovo_writes_its_commercial_name_in_the_version() -> None:
    capture = lshw.read(open_content(fixture("lenovo-thinkpad-t470.lshw.json")))
    assert (capture.maker, capture.product, capture.sku) == ("Lenovo", "ThinkPad T470", "20HES3UC00")
    assert [battery.design_mwh for battery in capture.batteries] == [24050, 24080]
    (medium,) = capture.media
    assert (medium.kind, medium.bus, medium.serial, medium.bytes) == ("nvme", "nvme", "S35ENX1J904417", 256060514304)
    assert (medium.model, medium.device_path) == ("SAMSUNG MZVLW256HEHP-000L7", "/dev/nvme0n1")


@pytest.mark.parametrize("version", ["NONE", "SDK0J40697 WIN", "1.0", "Lenovo", "", "Not Specified"])
def test_a_lenovo_version_that_names_nothing_leaves_the_product(version: str) -> None:
    capture = read_lshw(machine(vendor="LENOVO", product="10B4A04DAC", version=version))
    assert capture.product == "10B4A04DAC"


def test_a_machine_without_storage_says_so() -> None:
    capture = lshw.read(open_content(fixture("fujitsu-futro-s740.lshw.json")))
    assert (capture.maker, capture.product, capture.media) == ("Fujitsu", "FUTRO S740", ())
    assert [medium.model for medium in capture.removable_media] == ["Cruzer Blade"]
    assert "Aucun support de stockage" in said(capture)


def test_placeholders_give_way_to_the_board() -> None:
    board = {"vendor": "ASUSTeK COMPUTER INC.", "product": "P8H61-M LE", "serial": "109192430003459"}
    capture = read_lshw(
        machine(
            SSD,
            board=board,
            vendor="System manufacturer",
            product="System Product Name (To be filled by O.E.M.)",
            version="System Version",
            serial="System Serial Number",
        )  # fmt: skip
    )
    assert (capture.maker, capture.product, capture.version, capture.serial) == ("ASUS", "P8H61-M LE", None, None)
    assert capture.identity == "ASUS|BOARD|109192430003459"
    assert "carte mère" in said(capture)


def test_two_machines_with_placeholders_are_never_one() -> None:
    anonymous = machine(SSD, vendor="System manufacturer", product="System Product Name", serial="System Serial Number")
    capture = read_lshw(anonymous)
    assert capture.identity is None and capture.product is None
    assert "ni la marque ni le modèle" in said(capture) and "Aucun numéro de série" in said(capture)


def test_the_reference_behind_the_product_is_not_its_name() -> None:
    sku = {"configuration": {"sku": "W6P93AV"}}
    assert read_lshw(machine(vendor="HP", product="HP ProBook 430 G4 (W6P93AV)", **sku)).product == "HP ProBook 430 G4"
    kept = "Standard PC (i440FX + PIIX, 1996)"
    assert read_lshw(machine(vendor="QEMU", product=kept)).product == kept


@pytest.mark.parametrize(
    ("chassis", "kind"),
    {"notebook": "laptop", "convertible": "laptop", "all-in-one": "all_in_one", "tablet": "tablet", "tower": "desktop",
     "mini": "desktop", "rackmount": "server", "blade": "server", "spaceship": None}.items(),
)  # fmt: skip
def test_kinds_by_chassis(chassis: str, kind: str | None) -> None:
    assert read_lshw(machine(SSD, configuration={"chassis": chassis})).kind == kind


def test_a_kind_without_chassis_is_read_from_the_description() -> None:
    assert read_lshw(machine(SSD, description="Mini Tower Computer")).kind == "desktop"
    assert read_lshw(machine(SSD, description="All In One")).kind == "all_in_one"


def test_namespaces_of_one_controller_are_one_medium() -> None:
    capture = read_lshw(machine(nvme(namespace(1, 100), namespace(2, 50))))
    assert [(medium.bytes, medium.serial, medium.device_path) for medium in capture.media] == [
        (150, "88APC1QQP", "/dev/nvme0n1")
    ]


def test_a_controller_without_disk_is_a_medium_to_find() -> None:
    old = node("storage", "storage", description="Non-Volatile memory controller", product="NVMe SSD Controller SM981")
    capture = read_lshw(machine(old, SSD))
    assert [(medium.kind, medium.serial) for medium in capture.media] == [("ssd", "S3TWNX0K412876"), ("nvme", None)]
    assert "smartctl -x --json" in said(capture) and "pas de numéro de série lisible" in said(capture)


def emmc(*children: Node, **values: Any) -> Node:
    card = {
        "product": "DF4032",
        "serial": "305419896",
        "businfo": "mmc@0:0001",
        "capabilities": {"mmc": True},
        **values,
    }
    return node("mmc0", "bus", node("device", "generic", *children, description="SD/MMC Device", **card))


def test_soldered_flash_is_the_machine_s_own() -> None:
    expected = SeenMedium("emmc", "mmc", "DF4032", "0x12345678", 31268536320, "/dev/mmcblk0")
    alone = emmc(logicalname="/dev/mmcblk0", size=31268536320)
    sizes = {"/dev/mmcblk0rpmb": 4194304, "/dev/mmcblk0": 31268536320, "/dev/mmcblk0boot0": 4194304}
    parts = [node("interface", "generic", logicalname=name, size=size) for name, size in sizes.items()]
    assert read_lshw(machine(alone)).media == (expected,)
    assert read_lshw(machine(emmc(*parts))).media == (expected,)


def test_a_memory_card_is_listed_apart() -> None:
    card = emmc(logicalname="/dev/mmcblk1", size=7948206080, capabilities={"sd": True})
    capture = read_lshw(machine(card, SSD))
    assert [medium.kind for medium in capture.media] == ["ssd"]
    assert [medium.kind for medium in capture.removable_media] == ["sd"]


def test_a_server_disk_over_scsi() -> None:
    rotating = {"7200rpm": "7200 rotations per minute"}
    sas = node("disk", "disk", description="SCSI Disk", product="ST4000NM0043", serial="Z1Z5DWJK0000",
               logicalname="/dev/sdg", size=4000787030016, capabilities=rotating)  # fmt: skip
    (medium,) = read_lshw(machine(node("sas", "storage", sas, configuration={"driver": "mpt3sas"}))).media
    assert (medium.kind, medium.bus, medium.removable) == ("hdd", "scsi", False)


def test_a_disk_of_no_known_kind_is_still_the_machine_s_own() -> None:
    strange = node("disk", "disk", product="ACME 9000", serial="AC-9000-17", size="480 103 981 056")
    (medium,) = read_lshw(machine(strange)).media
    assert (medium.kind, medium.bus, medium.bytes, medium.device_path) == (None, None, 480103981056, None)


@pytest.mark.parametrize(
    "above",
    [{"businfo": "usb@2:1"}, {"configuration": {"driver": "uas"}}, {"configuration": {"driver": "usb-storage"}}],
)
def test_what_is_plugged_is_not_the_machine_s_own(above: Node) -> None:
    capture = read_lshw(machine(node("usb", "storage", {**SSD, "logicalname": "/dev/sdb"}, **above)))
    assert capture.media == () and [medium.bus for medium in capture.removable_media] == ["usb"]


def test_optical_drives_floppies_and_empty_readers_store_nothing() -> None:
    none_of_them = [
        node("cdrom", "disk", logicalname=["/dev/cdrom", "/dev/sr0"], serial="K1234567"),
        node("disk:3", "disk", logicalname="/dev/sr1", size=734003200),
        node("disk:4", "disk", logicalname="/dev/fd0", size=1474560),
        node(
            "usb",
            "storage",
            node("disk", "disk", node("medium", "disk", logicalname="/dev/sdc"), serial="3", logicalname="/dev/sdc"),
            businfo="usb@1:4",
        ),  # fmt: skip
        node("volume", "volume", logicalname="/dev/sda1", size=1000),
        node("disk:9", "disk"),
    ]
    capture = read_lshw(machine(*none_of_them))
    assert capture.media == () and capture.removable_media == ()


def test_a_removable_flag_on_an_internal_disk_does_not_hide_it() -> None:
    capture = read_lshw(machine({**SSD, "capabilities": {"removable": "support is removable"}}))
    assert [medium.serial for medium in capture.media] == ["S3TWNX0K412876"]


def test_a_disk_without_size_or_usable_serial_is_kept_and_told() -> None:
    dead = {**SSD, "size": None, "serial": "Default string"}
    capture = read_lshw(machine(dead))
    assert [(medium.serial, medium.bytes) for medium in capture.media] == [(None, None)]
    assert "SAMSUNG MZNLN256 n'a pas de numéro de série" in said(capture)


def test_a_raid_controller_that_shows_no_disk_is_told() -> None:
    raid = node("storage", "storage", description="RAID bus controller", product="SATA Controller [RAID mode]")
    assert "AHCI" in said(read_lshw(machine(raid)))


def test_memory_by_its_banks_in_any_language() -> None:
    banks = [node(f"bank:{n}", "memory", size=4 * 2**30) for n in range(2)]
    flash = node("memory:1", "memory", size=2 * 2**20)
    capture = read_lshw(machine(node("memory:0", "memory", *banks, description="Mémoire Système"), flash))
    assert capture.memory_bytes == 8 * 2**30


def test_one_machine_written_twice_is_one() -> None:
    once = machine(SSD)
    assert read_lshw(once, once) == read_lshw(once) == read_lshw([once])


def test_two_machines_in_a_file_are_refused() -> None:
    with pytest.raises(Unreadable, match="plusieurs machines"):
        read_lshw(machine(SSD), machine(SSD, serial="8TK2QN3"))


def test_a_list_of_disks_alone_is_read() -> None:
    capture = read_lshw([SSD, nvme(namespace(1, 100))])
    assert [medium.kind for medium in capture.media] == ["ssd", "nvme"]
    assert capture.maker is None and "ni la marque ni le modèle" in said(capture)


def test_a_file_cut_short_is_read_and_said_incomplete() -> None:
    data = fixture("hp-elitedesk-800-g3.lshw.json")
    capture = lshw.read(open_content(data[: data.index(b"KINGSTON")]))
    assert not capture.complete and "des disques peuvent manquer" in said(capture)
    assert (capture.maker, [medium.serial for medium in capture.media]) == ("HP", ["Z9AXK3M7"])


@pytest.mark.parametrize(
    "text",
    [
        "pc-de-claire\n    description: Notebook\n  *-core\n       description: Motherboard\n",
        '<?xml version="1.0"?>\n<!-- generated by lshw-B.02.19 -->\n<list><node id="pc" class="system"/></list>',
    ],
)
def test_other_formats_are_recognised_and_refused_with_the_remedy(text: str) -> None:
    content = open_content(text.encode())
    assert lshw.looks_like(content)
    with pytest.raises(Unreadable, match=r"sudo lshw -json"):
        lshw.read(content)


@pytest.mark.parametrize("wrong", [None, 7, -1, 1.5, "x", "", True, [], {}, [[]], {"a": {}}, "9" * 400, "\x00"])
def test_wrong_types_anywhere_never_raise(wrong: Any) -> None:
    keys = "vendor product version serial configuration children logicalname businfo capabilities size description id"
    for key in keys.split():
        for broken in (machine({**SSD, key: wrong}), {**machine(SSD), key: wrong}, machine(SSD, board={key: wrong})):
            content = open_content(json.dumps([node("x", "generic"), broken]).encode())
            try:
                capture = lshw.read(content)
            except Unreadable as unreadable:
                assert str(unreadable)
            else:
                assert all(map(str, capture.warnings))
