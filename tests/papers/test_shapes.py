"""The samples, and so the documents they print, have the shapes that the code promises."""

from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints, is_typeddict

import pytest

from reemploi.papers import shapes
from tests.papers.documents import document

SHAPES = {
    "reception_slip": shapes.ReceptionSlip,
    "erasure_certificate": shapes.ErasureCertificate,
    "loan_agreement": shapes.LoanAgreement,
    "gift_certificate": shapes.GiftCertificate,
    "sale_invoice": shapes.GiftCertificate,
}


def faults(value: Any, shape: Any, at: str = "") -> list[str]:
    """Where a value differs from a type made of TypedDicts, lists, unions and literals."""
    if is_typeddict(shape):
        hints = get_type_hints(shape)
        if not isinstance(value, dict):
            return [f"{at}: {value!r}"]
        if set(value) != set(hints):
            return [f"{at}: {sorted(set(value) ^ set(hints))}"]
        return [fault for key, hint in hints.items() for fault in faults(value[key], hint, f"{at}.{key}")]
    if get_origin(shape) is list:
        (inner,) = get_args(shape)
        return [fault for index, item in enumerate(value) for fault in faults(item, inner, f"{at}[{index}]")]
    if get_origin(shape) is Literal:
        return [] if value in get_args(shape) else [f"{at}: {value!r}"]
    if get_args(shape):
        return [] if any(not faults(value, option, at) for option in get_args(shape)) else [f"{at}: {value!r}"]
    return [] if isinstance(value, NoneType if shape is None else shape) else [f"{at}: {value!r}"]


@pytest.mark.parametrize("name", SHAPES)
def test_samples_have_the_shape(name: str) -> None:
    assert faults(document(name), SHAPES[name]) == []


def test_the_check_sees_faults() -> None:
    broken = document("loan_agreement", number=3)
    broken["devices"][0].pop("tag")
    assert faults(broken, shapes.LoanAgreement) == [".number: 3", ".devices[0]: ['tag']"]
