"""Makes a whole run fail when it ran no test, or when a test was passed over.

The one skip allowed: the real sample files (`corpus`), which a fresh clone does not have.
"""

import pytest
from _pytest.reports import BaseReport
from _pytest.terminal import TerminalReporter


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Turn a hollow success into a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not isinstance(reporter, TerminalReporter) or session.exitstatus != pytest.ExitCode.OK:
        return
    if not reporter.stats.get("passed"):
        session.exitstatus = pytest.ExitCode.NO_TESTS_COLLECTED
    elif passed_over(reporter):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Name the tests that should have run."""
    for report in passed_over(terminalreporter):
        terminalreporter.write_line(f"PASSED OVER {report.nodeid}: every part must run", red=True)


def passed_over(reporter: TerminalReporter) -> list[BaseReport]:
    """Reports of tests that were skipped or expected to fail without being of the corpus."""
    reports = [*reporter.stats.get("skipped", []), *reporter.stats.get("xfailed", [])]
    return [report for report in reports if "corpus" not in report.keywords and "/corpus/" not in report.nodeid]
