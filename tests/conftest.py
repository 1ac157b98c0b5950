"""What every test stands on: one hypothesis profile, no plugin of this machine but ours."""

import importlib.metadata
import re
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from writeback.sdk.hookspecs import ENTRY_POINT_GROUP

ROOT = Path(__file__).resolve().parent.parent
OURS = frozenset(path.parent.name for path in (ROOT / "plugins").glob("*/pyproject.toml"))

settings.register_profile("ci", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci")


@pytest.fixture(autouse=True)
def only_our_plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide connectors that happen to be installed beside ours: a test may not depend on them."""
    ask = importlib.metadata.entry_points

    def filtered(**params: str) -> importlib.metadata.EntryPoints:
        found = ask(**params)
        if params.get("group") != ENTRY_POINT_GROUP:
            return found
        return importlib.metadata.EntryPoints(point for point in found if point.name in OURS)

    monkeypatch.setattr(importlib.metadata, "entry_points", filtered)


@pytest.fixture(scope="session")
def root() -> Path:
    """Give the root of the checkout."""
    return ROOT


_numbers = count(1)


def _fresh(factory: pytest.TempPathFactory, kind: str, name: str = "") -> Path:
    """Make a folder nobody had: pytest looks through those of all earlier tests for a free number."""
    made = factory.getbasetemp() / kind / f"{next(_numbers)}{name}"
    made.mkdir(parents=True)
    return made


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a test its own folder."""
    return _fresh(tmp_path_factory, "tests", "-" + re.sub(r"\W", "_", request.node.name)[:30])


@pytest.fixture(autouse=True)
def private_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep tests out of the person's own data, settings and caches."""
    home = _fresh(tmp_path_factory, "homes")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
