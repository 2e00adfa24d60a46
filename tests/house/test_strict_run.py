"""A run that tested nothing, or passed over a test, is a failed run."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source_files import ROOT

PASSES = "def test_passes():\n    assert len('ab') == 2\n"
FAILS = "def test_fails():\n    assert len('ab') == 3\n"
SKIPS = "import pytest\n\ndef test_skips():\n    pytest.skip('missing')\n"
CORPUS = "import pytest\n\n@pytest.mark.corpus\ndef test_samples():\n    pytest.skip('missing')\n"


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ([PASSES], 0),
        ([PASSES, CORPUS], 0),
        ([PASSES, SKIPS], 1),
        ([PASSES, FAILS], 1),
        ([SKIPS], 5),
        ([CORPUS], 5),
        ([""], 5),
    ],
)
def test_exit_code_of_a_run(tmp_path: Path, files: list[str], code: int) -> None:
    for number, content in enumerate(files):
        (tmp_path / f"test_{number}.py").write_text(content)
    settings = f"[pytest]\npythonpath = {ROOT}\nmarkers = corpus\n"
    (tmp_path / "pytest.ini").write_text(settings)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "scripts.strict_run", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == code, done.stdout + done.stderr
    assert ("PASSED OVER" in done.stdout) == (SKIPS in files)
