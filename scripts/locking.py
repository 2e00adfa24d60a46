"""Write the locks: exact versions with digests, for every system and every Python from the oldest we support on.

Each larger lock is resolved under the smaller one, so that installing it never changes a version of the service.
"""

import subprocess
import sys
from pathlib import Path

from scripts.environment import DEVELOPMENT, ROOT, SERVICE, WITH_POSTGRES

UV = str(Path(sys.executable).with_name("uv"))
OPTIONS = "--universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet".split()
CHAIN: list[tuple[str, list[str], str | None]] = [
    (SERVICE, [], None),
    (WITH_POSTGRES, ["--extra", "postgres"], SERVICE),
    (DEVELOPMENT, ["--extra", "postgres", "--extra", "dev"], WITH_POSTGRES),
]


def main() -> None:
    """Keep the versions of the present locks where they still fit; `scripts/lock --upgrade` takes the newest."""
    for lock, extras, smaller in CHAIN:
        command = [UV, "pip", "compile", "pyproject.toml", *OPTIONS, *extras, "--output-file", lock]
        if smaller:
            command += ["--constraints", smaller]
        subprocess.run([*command, *sys.argv[1:]], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
