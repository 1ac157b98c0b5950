"""A healthy connector, rendered from the template, as the subject of examinations."""

import importlib
import sys
from collections import abc
from pathlib import Path

import pytest
import stamina

from writeback.conformance.subjects import Subject, subject_of
from writeback.runtime.rendering import render_plugin


@pytest.fixture(autouse=True)
def no_pauses_between_tries() -> abc.Iterator[None]:
    stamina.set_testing(True, attempts=4, cap=True)
    yield
    stamina.set_testing(False)


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a rendered plugin, `globex`."""
    return render_plugin("globex", into=tmp_path_factory.mktemp("rendered"))


@pytest.fixture(scope="session")
def healthy(rendered: Path) -> abc.Iterator[Subject]:
    """Give the rendered connector as a subject."""
    sys.path.insert(0, str(rendered))
    try:
        connector = importlib.import_module("writeback_globex.connector").GlobexConnector()
        yield subject_of(connector)
    finally:
        sys.path.remove(str(rendered))
        for name in [name for name in sys.modules if name.partition(".")[0] == "writeback_globex"]:
            del sys.modules[name]


@pytest.fixture(scope="session")
def with_bulk() -> Subject:
    """Give a healthy connector that has every ability the template lacks: a bundled one."""
    return subject_of("salesforce")
