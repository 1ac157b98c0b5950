"""A workspace whose clock moves when told, with channels to servers on loopback."""

import ssl
from collections import abc
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
import trustme

from tests.integration.notices.mailing import MailServer
from tests.unit.store.making import FakeClock, Ids, connect
from tests.unit.vault.backends import Native
from writeback.host import Host
from writeback.model.connections import SignInState
from writeback.preferences import write
from writeback.runtime.delivering import Delivering
from writeback.runtime.facade import ChannelWish
from writeback.runtime.runtime import Runtime
from writeback.settings import Settings
from writeback.store import connections, sqlite
from writeback.store.workspace import Workspace
from writeback.vault.keychains import Keychain


@dataclass
class Room:
    """One workspace, one person's settings, a clock."""

    path: Path
    settings: Settings
    clock: FakeClock
    keyring: Native
    runtime: Runtime
    delivering: Delivering
    acts: Ids

    def prefer(self, **wished: object) -> None:
        write(self.settings, {f"notifications.{name}": value for name, value in wished.items()})

    def set_up_mail(self, server: MailServer, *, security: str = "none", **more: str) -> None:
        host = "localhost" if security != "none" else "127.0.0.1"
        secrets = {"password": more.pop("password")} if "password" in more else {}
        form = {"server": host, "port": str(server.port), "security": security, **more}
        form |= {"sender": "writeback@example.com", "recipients": more.get("recipients", "ada@example.com")}
        self.set_up("email", form, host, **secrets)

    def set_up_webhook(self, url: str, **secrets: str) -> None:
        host = url.partition("://")[2].partition(":")[0].partition("/")[0]
        self.set_up("webhook", {"url": url}, host, **secrets)

    def set_up(self, channel: str, form: abc.Mapping[str, str], host: str, **secrets: str) -> None:
        wish = ChannelWish(
            channel,
            is_on=True,
            form=tuple(form.items()),
            secrets=tuple(secrets.items()),
            allow_host=host,
        )
        self.runtime.set_channel(wish, act=self.acts())

    def sign_in(self, connection: str, *, is_needed: bool) -> None:
        state = SignInState.NEEDED if is_needed else SignInState.READY
        with self.runtime.workspace.writing() as db:
            connections.set_sign_in(db, connection, state, at=self.clock())  # type: ignore[arg-type]

    def use_calls(self, connection: str, percent: int) -> None:
        usage = f'[{{"kind": "calls", "used": {percent}, "most": 100, "is_daily": true}}]'
        with self.runtime.workspace.writing() as db:
            sqlite.run(db, "update connections set usage = ? where id = ?", (usage, connection))

    def look(self, *, after: float = 90) -> int:
        """Let time go by, and do what a worker does; gives how many messages were sent."""
        self.clock.move(after)
        return self.delivering.run()


def runtime_over(path: Path, settings: Settings, clock: FakeClock, *, keyring: Native, ids: Ids) -> Runtime:
    kind = type(keyring)
    natives = frozenset({f"{kind.__module__}.{kind.__qualname__}"})
    workspace = Workspace.open(path, now=clock, new_id=ids)
    keychain = Keychain(lambda: keyring, natives=natives)
    return Runtime(workspace, settings=settings, host=Host(), keychain=keychain)


def at_greenwich(moment: datetime) -> datetime:
    return moment


@pytest.fixture(scope="session")
def ca() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="session")
def ca_file(ca: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    ca.cert_pem.write_to_path(str(path))
    return path


@pytest.fixture(scope="session")
def server_tls(ca: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    return context


@pytest.fixture
def room(tmp_path: Path, ca_file: Path) -> abc.Iterator[Room]:
    clock, ids, keyring = FakeClock(), Ids(), Native()
    path = tmp_path / "ws" / "w.writeback"
    Workspace.create(path, now=clock, new_id=ids).close()
    settings = Settings(tmp_path / "data", tmp_path / "config", tmp_path / "log", ca_file=ca_file)
    runtime = runtime_over(path, settings, clock, keyring=keyring, ids=ids)
    runtime.restriction.begin()
    connect(runtime.workspace, "Acme EU")
    connect(runtime.workspace, "Bolt")
    delivering = runtime.delivering(local=at_greenwich)
    yield Room(path, settings, clock, keyring, runtime, delivering, ids)
    runtime.close()


@pytest.fixture
def acme(room: Room) -> str:
    with room.runtime.workspace.reading() as db:
        return str(next(one.id for one in connections.every(db) if one.name == "Acme EU"))


@pytest.fixture
def bolt(room: Room) -> str:
    with room.runtime.workspace.reading() as db:
        return str(next(one.id for one in connections.every(db) if one.name == "Bolt"))


@pytest.fixture
def mail() -> abc.Iterator[MailServer]:
    with MailServer() as server:
        yield server
