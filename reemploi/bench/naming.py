"""The name a person would give a machine, out of what its firmware says.

Measured on 162,852 published DMI dumps: the product is empty or a placeholder in 17.3 % of machines, nearly always with
a usable board; Lenovo writes the commercial name in *version*; HP's reference ends in `#ABF` for French keyboards.
"""

import re
from dataclasses import dataclass

from reemploi.journey.identity import fold_maker, is_placeholder, is_usable_serial, maker_name

GENERIC_PRODUCTS = frozenset({"all series", "all", "desktop", "notebook", "portable pc", "computer", "pc", "laptop"})
GENERIC_SKUS = re.compile(r"(LENOVO_MT_.*|NetTopSku|ASUS-\w+SKU|All|Calpella|.*Sku\d*)", re.IGNORECASE)
FIRMWARE_VERSION = re.compile(r"(v|rev\.?|ver\.?)?\s*[\dx.]+|sdk\w+.*|.*\bwin\b|.*\bdpk\b.*|nok|lenovo", re.IGNORECASE)
KEYBOARDS = {"ABF": "fr"}
"""Language by the localisation code after `#` in an HP reference."""


@dataclass(frozen=True)
class Labels:
    """What one part of the firmware says, as read."""

    maker: str | None = None
    product: str | None = None
    version: str | None = None
    sku: str | None = None
    serial: str | None = None


@dataclass(frozen=True)
class Names:
    """What remains once placeholders are gone; each None when nothing usable was said."""

    maker: str | None
    product: str | None
    version: str | None
    sku: str | None
    serial: str | None
    keyboard: str | None
    board_maker: str | None
    board_product: str | None
    board_serial: str | None


def name_machine(system: Labels, board: Labels) -> Names:
    """Choose the names of a machine from its system's and its board's labels."""
    product, sku = _without_reference(system.product, system.sku), _said(system.sku)
    maker = maker_name(system.maker) or maker_name(board.maker)
    board_product = _said(board.product)
    version = _said(system.version)
    if product is None or product.lower() in GENERIC_PRODUCTS:
        product = board_product or product
    if fold_maker(maker) == "lenovo" and version and not FIRMWARE_VERSION.fullmatch(version):
        product, version, sku = version, None, product
    if sku and (sku == product or GENERIC_SKUS.fullmatch(sku)):
        sku = None
    return Names(
        maker=maker,
        product=product,
        version=version,
        sku=sku,
        serial=system.serial if is_usable_serial(system.serial) else None,
        keyboard=KEYBOARDS.get(sku.rpartition("#")[2].upper()) if sku and "#" in sku else None,
        board_maker=maker_name(board.maker),
        board_product=board_product,
        board_serial=board.serial if is_usable_serial(board.serial) else None,
    )


def _said(text: str | None) -> str | None:
    return None if is_placeholder(text) else text


def _without_reference(product: str | None, sku: str | None) -> str | None:
    """`lshw` prints the reference behind the product: `HP ProBook 430 G4 (W6P93AV)`."""
    if product and product.endswith(")"):
        name, _, reference = product[:-1].rpartition(" (")
        if sku and product.endswith(f" ({sku})"):
            product = product.removesuffix(f" ({sku})")
        elif name and is_placeholder(reference):
            product = name
    return _said(product)
