"""Test connectors installed for real, once a session, in a folder of their own."""

import importlib.metadata
import subprocess
import sys
from collections import abc
from pathlib import Path

import pytest

TEST_PACKAGES = {"writeback_minimal", "writeback_broken", "writeback_from_the_future", "writeback_hostile"}
CONNECTORS = Path(__file__).resolve().parents[1] / "connectors"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder into which pip installed every test connector."""
    target = tmp_path_factory.mktemp("site")
    projects = [str(path.parent) for path in sorted(CONNECTORS.glob("*/pyproject.toml"))]
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index"]
    options = ["--no-deps", "--no-build-isolation", "--target", str(target)]
    done = subprocess.run(
        [*command, *options, *projects], capture_output=True, encoding="utf-8", check=False, timeout=110
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return target


@pytest.fixture
def third_party(site: Path, monkeypatch: pytest.MonkeyPatch) -> abc.Iterator[importlib.metadata.EntryPoints]:
    """Put the installed test connectors on the path, and give their entry points."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(site))
    yield entry_points_of(site)
    for name in set(sys.modules) - before:
        if name.partition(".")[0] in TEST_PACKAGES:
            del sys.modules[name]


def entry_points_of(site: Path) -> importlib.metadata.EntryPoints:
    """Give our group's entry points of the distributions in one folder."""
    distributions = importlib.metadata.distributions(path=[str(site)])
    points = [point for each in distributions for point in each.entry_points]
    return importlib.metadata.EntryPoints(points).select(group="writeback.connectors")
