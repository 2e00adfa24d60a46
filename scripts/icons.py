#!/usr/bin/env python3
"""Build the two sheets of icons from an unpacked npm package `bootstrap-icons` (MIT).

    npm pack bootstrap-icons@1.13.2 && tar xzf bootstrap-icons-1.13.2.tgz
    scripts/icons.py package

`icons-open.svg` holds the few that pages without account show, so that those stay light; `icons.svg` the others. To
add one: name it here, run the script, commit what changed. The macro `icon` knows which sheet holds a name, and
carries the sheets' digests in its addresses, so that browsers may keep them for a year.
"""

import hashlib
import re
import sys
from pathlib import Path

VERSION = "1.13.2"
PACKAGE = Path(__file__).parent.parent / "reemploi"
MACRO = PACKAGE / "templates" / "components" / "icons.html"

OPEN = """
arrow-left arrow-right battery-half bug calendar-check camera check-circle check-circle-fill check-lg chat-left-text
display exclamation-triangle exclamation-triangle-fill eye file-earmark-arrow-down file-earmark-arrow-up
file-earmark-text geo-alt gift hourglass-split house-door info-circle-fill keyboard laptop life-preserver lock
patch-check phone plug printer question-circle send shield-check telephone tools volume-mute wifi-off x-lg
x-octagon-fill clock
"""
REST = """
alarm archive arrow-clockwise arrow-counterclockwise arrow-down arrow-left-right arrow-repeat arrow-return-left
arrow-up arrows-move award bag-check bandaid bar-chart bell bookmark box-arrow-down box-arrow-in-down box-arrow-right
box-arrow-up box-seam boxes briefcase building buildings calculator calendar-event calendar-week calendar-x
card-checklist cash-coin check2-square chevron-down chevron-left chevron-right chevron-up circle circle-half
clipboard-check clipboard-data clock-history cloud-check cloud-slash copy cpu currency-euro dash-circle dash-lg
database device-ssd door-open download envelope eraser eye-slash file-earmark-pdf file-earmark-spreadsheet flag funnel
gear globe graph-up grid hammer hand-index hand-thumbs-up hdd heart house-heart image inbox inboxes info-circle
journal-check journal-text key layers lightbulb lightning-charge link-45deg list list-check list-ol map megaphone
memory moon mortarboard motherboard mouse nut paperclip pause-circle pc-display pc-display-horizontal pen pencil
pencil-square people percent person person-badge person-check person-plus person-x pie-chart play-circle plus-lg
qr-code qr-code-scan receipt recycle reply router save search share shield-exclamation shield-lock shop signpost-2 sim
slash-circle sliders sort-down sort-up star stop-circle stopwatch sun table tablet tag tags three-dots translate trash
truck universal-access unlock upc upc-scan upload usb-drive usb-plug volume-up wallet2 webcam wifi wrench
wrench-adjustable x-circle x-octagon
"""


def symbol(name: str, source: str) -> str:
    """Turn one icon file into a `<symbol>` of a sheet."""
    drawing = re.search(r"<svg[^>]*>(.*)</svg>", source, re.DOTALL)
    if drawing is None:
        raise SystemExit(f"{name}: not an SVG file")
    shapes = re.sub(r"\s*\n\s*", "", drawing[1])
    return f'<symbol id="{name}" viewBox="0 0 16 16">{shapes}</symbol>'


def sheet(package: Path, names: str) -> str:
    """Gather icons, in alphabetical order, in one SVG document."""
    symbols = [symbol(name, (package / "icons" / f"{name}.svg").read_text()) for name in sorted(set(names.split()))]
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def write(file: str, document: str) -> None:
    """Write a sheet, and its digest in the macro that links it."""
    (PACKAGE / "static" / file).write_text(document)
    digest = hashlib.sha256(document.encode()).hexdigest()[:10]
    macro = re.sub(rf'(filename="{re.escape(file)}", v=)"\w*"', rf'\1"{digest}"', MACRO.read_text())
    MACRO.write_text(macro)
    print(f"{file}: {document.count('<symbol')} icons, {len(document)} bytes")


def main(package: Path) -> None:
    """Write both sheets, and the list of the light one in the macro."""
    listed = " ".join(sorted(OPEN.split()))
    MACRO.write_text(re.sub(r'set OPEN = "[^"]*"', f'set OPEN = "{listed}"', MACRO.read_text()))
    write("icons-open.svg", sheet(package, OPEN))
    write("icons.svg", sheet(package, REST))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
