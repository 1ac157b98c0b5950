"""What every test stands on: one hypothesis profile, no plugin of this machine but ours."""

import importlib.metadata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.homes import private_folders, private_home, tmp_path  # noqa: F401  fixtures of every test
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
