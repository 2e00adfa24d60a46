"""Documents of an invented association (folder `samples`), complete enough to be judged on paper."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from reemploi.papers.signatures import read_signature

SAMPLES = Path(__file__).parent / "samples"
CREATED = datetime(2026, 3, 14, 15, 9, 26, tzinfo=UTC)
SIGNATURE = (SAMPLES / "signature.svg").read_text()
NAMES = ("reception_slip", "erasure_certificate", "loan_agreement", "gift_certificate")


def document(name: str, **changes: Any) -> dict[str, Any]:
    """A sample with some values changed; the people marked as having signed get the sample signature."""
    data: dict[str, Any] = json.loads((SAMPLES / f"{name}.json").read_text())
    for signer in data["signers"]:
        signer["drawing"] = read_signature(SIGNATURE) if signer["drawing"] else None
    return {**data, **changes}


def certificate_of(count: int) -> dict[str, Any]:
    """A certificate of erasure for `count` erased media."""
    data = document("erasure_certificate")
    first = data["media"][0]
    return {**data, "media": [{**first, "medium_serial": f"S21PNXAG{index:06}K"} for index in range(count)]}


def filled(value: Any, text: str) -> Any:
    """The data with every text a person may type replaced by `text`."""
    if isinstance(value, dict):
        kept = {"language", "result", "drawing"}
        return {key: inner if key in kept else filled(inner, text) for key, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, text) for inner in value]
    return text if isinstance(value, str) else value
