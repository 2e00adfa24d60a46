#!/usr/bin/env python3
"""1,000 labels against the same modules drawn bare by the same engine; prints both times and the ratio."""

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from reemploi.labels.codes import code128_modules, path  # noqa: E402
from reemploi.labels.content import LabelContent  # noqa: E402
from reemploi.labels.drawing import draw  # noqa: E402
from reemploi.labels.formats import format_named  # noqa: E402
from reemploi.labels.qr import qr_modules  # noqa: E402
from reemploi.papers.rendering import compile_pdf  # noqa: E402

COUNT, ROUNDS = 1000, 5
CREATED = datetime(2026, 3, 14, tzinfo=UTC)
BARE = ROOT / "scripts" / "bench" / "labels_bare.typ"


def contents(number: int) -> list[LabelContent]:
    """Labels that differ in tag, name and address, and from those of every other round: the engine remembers."""
    return [
        LabelContent(
            tag=str(1_407_288_158 + 7919 * (index + COUNT * number)),
            device_name=f"Portable Dell Latitude E{number}{index:03}",
            serial_tail="DP01",
            association="La Passerelle numérique",
            telephone="04 78 00 11 22",
            page_url=f"https://parc.passerelle.example/a/Zk{number}{index:05}qWnTfXy8",
        )
        for index in range(COUNT)
    ]


def bare(labels: list[LabelContent]) -> bytes:
    """Both codes of each label and nothing else, 21 to a page."""
    codes = []
    for label in labels:
        bars = path((code128_modules(label.tag),), left=30, top=60, width=3, height=130)
        codes.append(bars + path(qr_modules(label.page_url), left=450, top=60, width=6, height=6))
    pages = [codes[first : first + 21] for first in range(0, len(codes), 21)]
    return compile_pdf(BARE, {"pages": json.dumps(pages)}, created=CREATED)


def best(work: Callable[[list[LabelContent]], bytes], first: int) -> float:
    """Least processor time of a few rounds, in seconds, after one that warms up."""
    times = []
    for number in range(first, first + 1 + ROUNDS):
        labels = contents(number)
        started = time.process_time()
        work(labels)
        times.append(time.process_time() - started)
    return min(times[1:])


def main() -> None:
    """Measure and print."""
    sheet = format_named("L7160")
    complete = best(lambda labels: draw(labels, sheet, created=CREATED), 0)
    alone = best(bare, 100)
    print(f"{COUNT} labels: {complete:.2f} s, same modules bare: {alone:.2f} s, ratio {complete / alone:.2f}")


if __name__ == "__main__":
    main()
