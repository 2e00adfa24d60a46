#!/usr/bin/env python3
"""Build `reemploi/static/icons.svg` from an unpacked npm package `bootstrap-icons` (MIT).

    npm pack bootstrap-icons@1.13.2 && tar xzf bootstrap-icons-1.13.2.tgz
    scripts/icons.py package

Only the icons named here are kept: add a name, run the script, commit what changed. The macro `icon` carries the
sheet's digest in its address, so that browsers may keep the sheet for a year.
"""

import hashlib
import re
import sys
from pathlib import Path

VERSION = "1.13.2"
PACKAGE = Path(__file__).parent.parent / "reemploi"
SPRITE = PACKAGE / "static" / "icons.svg"
MACRO = PACKAGE / "templates" / "components" / "icons.html"

NAMES = """
alarm archive arrow-clockwise arrow-counterclockwise arrow-down arrow-left arrow-left-right arrow-repeat
arrow-return-left arrow-right arrow-up arrows-move award bag-check bandaid bar-chart battery-half bell bookmark
box-arrow-down box-arrow-in-down box-arrow-right box-arrow-up box-seam boxes briefcase bug building buildings
calculator calendar-check calendar-event calendar-week calendar-x camera card-checklist cash-coin chat-left-text
check-circle check-circle-fill check-lg check2-square chevron-down chevron-left chevron-right chevron-up circle
circle-half clipboard-check clipboard-data clock clock-history cloud-check cloud-slash copy cpu currency-euro
dash-circle dash-lg database device-ssd display door-open download envelope eraser exclamation-triangle
exclamation-triangle-fill eye eye-slash file-earmark-arrow-down file-earmark-arrow-up file-earmark-pdf
file-earmark-spreadsheet file-earmark-text flag funnel gear geo-alt gift globe graph-up grid hand-index hammer
hand-thumbs-up hdd heart hourglass-split house-door house-heart image inbox inboxes info-circle info-circle-fill
journal-check journal-text key keyboard laptop layers life-preserver lightbulb lightning-charge link-45deg list
list-check list-ol lock map megaphone memory moon mortarboard motherboard mouse nut paperclip patch-check pause-circle
pc-display pc-display-horizontal pen pencil pencil-square people percent person person-badge person-check person-plus
person-x phone pie-chart play-circle plug plus-lg printer qr-code qr-code-scan question-circle receipt recycle reply
router save send share shield-check shield-exclamation shield-lock shop signpost-2 sim slash-circle sliders sort-down
sort-up star stop-circle stopwatch sun table tablet tag tags telephone three-dots tools translate trash truck
universal-access unlock upc upc-scan upload usb-drive usb-plug volume-mute volume-up wallet2 webcam wifi wifi-off
wrench wrench-adjustable x-circle x-lg x-octagon x-octagon-fill search
""".split()


def symbol(name: str, source: str) -> str:
    """Turn one icon file into a `<symbol>` of the sprite."""
    drawing = re.search(r"<svg[^>]*>(.*)</svg>", source, re.DOTALL)
    if drawing is None:
        raise SystemExit(f"{name}: not an SVG file")
    shapes = re.sub(r"\s*\n\s*", "", drawing[1])
    return f'<symbol id="{name}" viewBox="0 0 16 16">{shapes}</symbol>'


def sprite(package: Path) -> str:
    """Gather all icons named above, in alphabetical order, in one SVG document."""
    symbols = [symbol(name, (package / "icons" / f"{name}.svg").read_text()) for name in sorted(set(NAMES))]
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def write(document: str) -> None:
    """Write the sheet, and its digest in the macro that links it."""
    SPRITE.write_text(document)
    digest = hashlib.sha256(document.encode()).hexdigest()[:10]
    MACRO.write_text(re.sub(r'v="\w*"', f'v="{digest}"', MACRO.read_text(), count=1))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    write(sprite(Path(sys.argv[1])))
    print(f"{SPRITE.name}: {len(set(NAMES))} icons, {SPRITE.stat().st_size} bytes")
