"""The wizard of Dynamics and of Zoho, by keyboard from its first page to a tested connection (S4, R21)."""

import json
import stat
from collections import abc
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.conftest import choose_product
from tests.gui.test_browser_sign_in_by_wizard import (  # noqa: F401  fixtures
    PATIENCE,
    Browser,
    browser,
    window,
)
from writeback.gui.dialogs.connecting import ConnectDialog
from writeback.gui.windows.main import MainWindow
from writeback.model.connections import SignInState
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.sdk.simulator import Fault, Running

pytestmark = [pytest.mark.gui, pytest.mark.timeout(120)]


@dataclass(frozen=True)
class Way:
    """One way of signing in to one CRM; texts in braces are facts of the simulator."""

    connector: str
    product: str
    method: str
    typed: abc.Mapping[str, str]
    secrets: tuple[str, ...] = ()
    opens: bool = False
    """A page opens in the browser."""

    @property
    def title(self) -> str:
        return f"{self.connector}-{self.method}"


DYNAMICS, ZOHO = "Microsoft Dynamics 365", "Zoho CRM"
WAYS = (
    Way(
        "dynamics",
        DYNAMICS,
        "oauth",
        {"form.origin": "{url}", "form.client_id": "{client_id}", "form.tenant": "{tenant_id}"},
        opens=True,
    ),
    Way(
        "dynamics",
        DYNAMICS,
        "device_code",
        {"form.origin": "{url}", "form.client_id": "{client_id}", "form.tenant": "{tenant_id}"},
        opens=True,
    ),
    Way(
        "dynamics",
        DYNAMICS,
        "typed",
        {"form.origin": "{url}", "form.client_id": "{client_id}", "form.tenant": "{tenant_id}"},
        ("client_secret",),
    ),
    Way(
        "zoho",
        ZOHO,
        "oauth",
        {"endpoint": "{url}", "form.client_id": "{client_id}", "form.port": "{port}"},
        ("client_secret",),
        opens=True,
    ),
    Way("zoho", ZOHO, "credentials_file", {"endpoint": "{url}", "credentials_file": "{file}"}),
)


@contextmanager
def simulated(way: Way, **options: str) -> abc.Iterator[Running]:
    with start_simulator(SimulatorWish(way.connector, rows=10, options=options)) as running:
        yield running


def facts_of(running: Running, folder: Path) -> dict[str, str]:
    """Give what a person has in hand: the CRM's own facts, and a file of theirs."""
    from plugins.zoho.tests.test_browser_sign_in import free_port

    known = dict(running.credentials)
    file = folder / "credentials.json"
    told = {**known, "tenant": known.get("tenant_id", "")}
    file.write_text(json.dumps(told))
    file.chmod(stat.S_IRUSR | stat.S_IWUSR)
    return {**known, "url": running.url, "file": str(file), "port": str(free_port())}


@dataclass(frozen=True)
class Seat:
    """A person at the window."""

    window: MainWindow
    browser: Browser
    qtbot: QtBot
    folder: Path


@pytest.fixture
def seat(
    window: MainWindow,  # noqa: F811  a fixture
    browser: Browser,  # noqa: F811  the same
    qtbot: QtBot,
    tmp_path: Path,
) -> Seat:
    return Seat(window, browser, qtbot, tmp_path)


def walk(seat: Seat, running: Running, way: Way) -> ConnectDialog:
    """Walk the wizard by keyboard until the CRM has answered, or refused."""
    shown, qtbot = seat.window, seat.qtbot
    shown.do("connect")
    qtbot.waitUntil(
        lambda: any(one.isVisible() for one in shown.findChildren(ConnectDialog)), timeout=PATIENCE
    )
    dialog = next(one for one in shown.findChildren(ConnectDialog) if one.isVisible())
    choose_product(dialog, way.product)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    (wanted,) = [one for one in dialog.ways.buttons.buttons() if one.property("way") == way.method]
    wanted.setFocus()
    qtbot.keyClick(wanted, Qt.Key.Key_Space)
    assert dialog.ways.way == way.method
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    facts = facts_of(running, seat.folder)
    form = dialog.details.form
    for place, text in {"name": "Mine", **way.typed}.items():
        form.fields[place].show_value("")
        qtbot.keyClicks(form.fields[place], text.format(**facts))
    for place in way.secrets:
        qtbot.keyClicks(form.secrets[place], facts[place])
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.step == 4 or dialog._banner.isVisible(), timeout=PATIENCE)
    return dialog


EVERY_RUN = ("oauth", "typed")


@pytest.mark.parametrize(
    "way",
    [
        pytest.param(way, id=way.title, marks=[] if way.method in EVERY_RUN else [pytest.mark.nightly])
        for way in WAYS
    ],
)
def test_each_way_ends_in_a_tested_connection_and_keeps_no_secret_in_sight(seat: Seat, way: Way) -> None:
    with simulated(way) as running:
        dialog = walk(seat, running, way)
        assert not dialog._banner.isVisible(), dialog._banner.words
        desk = seat.window.panels["connections"].desk
        seat.qtbot.waitUntil(lambda: not desk.tasks.running, timeout=PATIENCE)
        assert bool(seat.browser.opened) is way.opens
        (made,) = [one.connection for one in desk.reads.connections()]
        assert (made.connector, made.name, made.sign_in) == (way.connector, "Mine", SignInState.READY)
        assert made.org is not None
        assert made.org.name
        assert all(line.is_good for line in desk.facade.test_connection("Mine").lines)
        for place in way.secrets:
            secret = running.credentials[place]
            assert secret not in str(desk.reads.form_draft("connect"))
            assert secret not in str(made)
            for path in seat.window.workspace.parent.glob(f"{seat.window.workspace.name}*"):
                assert secret.encode() not in path.read_bytes(), path
        seat.qtbot.keyClick(dialog, Qt.Key.Key_Return)
        seat.qtbot.waitUntil(lambda: not dialog.isVisible())


BY_BROWSER = tuple(way for way in WAYS if way.method == "oauth")


@pytest.mark.nightly
@pytest.mark.parametrize("way", BY_BROWSER, ids=lambda way: way.title)
def test_a_refusal_in_the_browser_is_told_and_what_was_typed_stays(seat: Seat, way: Way) -> None:
    with simulated(way) as running:
        running.crm.faults.arm(Fault.read({"kind": "access_denied"}))
        dialog = walk(seat, running, way)
        assert dialog._banner.isVisible()
        assert dialog.step == 2
        typed = dialog.details.form.fields["form.client_id"].text_value()
        assert typed == running.credentials["client_id"]
        assert seat.window.panels["connections"].desk.reads.connections() == ()
        dialog.reject()


@pytest.mark.nightly
@pytest.mark.parametrize("way", [WAYS[2], WAYS[-1]], ids=lambda way: way.title)
def test_another_org_under_the_same_name_is_refused(seat: Seat, way: Way) -> None:
    with simulated(way) as running:
        walk(seat, running, way).accept()
        desk = seat.window.panels["connections"].desk
        seat.qtbot.waitUntil(lambda: not desk.tasks.running, timeout=PATIENCE)
        (mine,) = [one.connection for one in desk.reads.connections()]
        assert mine.org is not None
        with start_simulator(SimulatorWish(way.connector, rows=10, seed=99)) as refreshed:
            dialog = walk(seat, refreshed, way)
            assert dialog._banner.isVisible()
            assert "org.other" in dialog._banner.words
            assert mine.org.id in dialog._banner.words
            dialog.reject()
            seat.qtbot.waitUntil(lambda: not desk.tasks.running, timeout=PATIENCE)
        (still,) = [one.connection for one in desk.reads.connections()]
        assert still == mine


def test_a_peer_that_proves_nothing_is_refused_before_it_is_told_anything(seat: Seat) -> None:
    """S6: the simulator's own certificate authority is nobody's that this computer trusts."""
    way = WAYS[-1]
    with start_simulator(SimulatorWish(way.connector, rows=3, https=True, folder=seat.folder)) as running:
        assert running.url.startswith("https://")
        dialog = walk(seat, running, way)
        assert dialog._banner.isVisible()
        assert "certificate" in dialog._banner.words
        assert dialog.step == 2
        assert running.crm.requests.told()["total"] == 0
        assert seat.window.panels["connections"].desk.reads.connections() == ()
        dialog.reject()
