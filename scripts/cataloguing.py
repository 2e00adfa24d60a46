"""Command line of the catalogues.

scripts/catalogue update [STAGE…]   add new texts to the English catalogues, drop those no longer used
scripts/catalogue check             list what is missing, fuzzy or wrong; fails if anything is
scripts/catalogue compile           write the two compiled catalogues
"""

import argparse

from scripts.catalogue_faults import problems
from scripts.catalogue_tools import Source, compile_catalogues, update
from scripts.environment import ROOT, say

SOURCE = Source(ROOT / "reemploi")


def main() -> int:
    """Run one of the three commands."""
    parser = argparse.ArgumentParser(prog="scripts/catalogue", description="Textes français et catalogue anglais.")
    commands = parser.add_subparsers(dest="command", required=True)
    updating = commands.add_parser("update", help="ajouter les nouveaux textes, retirer les anciens")
    updating.add_argument("stages", nargs="*", metavar="ÉTAPE", help="seulement ces étapes")
    commands.add_parser("check", help="lister ce qui manque ou se contredit")
    commands.add_parser("compile", help="compiler les catalogues")
    options = parser.parse_args()
    if options.command == "update":
        changed = update(SOURCE, options.stages)
        say(f"Catalogues modifiés : {', '.join(changed) or 'aucun'}.")
    elif options.command == "check":
        found = problems(SOURCE)
        say("\n".join(found) or "✓ Le catalogue anglais est complet.")
        return 1 if found else 0
    else:
        compile_catalogues(SOURCE)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
