"""Every test, ours and the plugins', works in a folder and a home of its own: never in the person's."""

import json
import os
import re
import tempfile
from collections import abc
from itertools import count
from pathlib import Path

import pytest

FOLDERS = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")


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


def settle_in(home: Path, *, trusted: Path) -> dict[str, str]:
    """Make a home whose person trusts the workspaces that tests copy about; gives its environment."""
    data = home / "xdg_data_home" / "Writeback"
    data.mkdir(parents=True)
    folders = sorted({str(one.resolve()) for one in (trusted, Path(tempfile.gettempdir()))})
    told = {"version": 1, "files": [], "folders": folders}
    place = data / "trusted-workspaces.json"
    place.write_text(json.dumps(told), "utf-8")
    place.chmod(0o600)
    return {name: str(home / name.lower()) for name in FOLDERS}


@pytest.fixture(scope="session", autouse=True)
def private_home(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[None]:
    """Give what is made once for many tests a home as well."""
    before = {name: os.environ.get(name) for name in FOLDERS}
    base = tmp_path_factory.getbasetemp()
    os.environ.update(settle_in(_fresh(tmp_path_factory, "homes"), trusted=base))
    yield
    for name, value in before.items():
        os.environ.pop(name) if value is None else os.environ.update({name: value})


@pytest.fixture(autouse=True)
def private_folders(
    private_home: None, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keep tests out of the person's own data, settings and caches, and out of each other's."""
    base = tmp_path_factory.getbasetemp()
    for name, place in settle_in(_fresh(tmp_path_factory, "homes"), trusted=base).items():
        monkeypatch.setenv(name, place)
