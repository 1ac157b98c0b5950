"""Carry one message by one channel: the plugin is handed its way out, and has so long and no longer.

The call runs in a thread of its own; when its time is over every line it opened is cut, and it is left to
end.
What it answers is somebody else's text: one line, without secrets.

Must not: decide what is sent or when; `runtime.delivering` does.
"""

import contextvars
import threading
from collections import abc
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Final
from urllib.parse import urlsplit

from writeback.errors import ConfigurationError, ConnectorError, GuardError, LinkLostError, PluginError
from writeback.host.hosting import Host
from writeback.runtime.channels import FILE, ChannelView, missing
from writeback.sdk.channels import Channel, Delivered, NoticeEvent
from writeback.sdk.connector import Clock
from writeback.settings import Settings
from writeback.store import channel_secrets
from writeback.store.workspace import Workspace
from writeback.transport import Dialling, HttpPolicy, Redactor, Throttle, keeping_lines, no_record, open_http
from writeback.transport.policies import LOOPBACK
from writeback.vault.tokens import TokenFile
from writeback.vault.vaults import Vault

DEADLINE_S: Final = 30.0
GRACE_S: Final = 2.0
"""A call whose lines were cut has so long to end before it is left behind."""
READ_S: Final = 15.0
MOST_ANSWER: Final = 300
PLACE: Final = "channel "
"""Before a channel's id: where its secrets belong, told apart from every connection's."""

Blame = abc.Callable[[str, BaseException], None]


class Carrying:
    """Carries messages of one workspace."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        host: Host,
        settings: Settings,
        vault: Vault,
        redactor: Redactor,
        blame: Blame,
        deadline_s: float = DEADLINE_S,
    ) -> None:
        self._workspace = workspace
        self._host = host
        self._settings = settings
        self._vault = vault
        self._redactor = redactor
        self._blame = blame
        self._deadline_s = deadline_s
        self.admits: abc.Callable[[], None] = lambda: None
        """Raises while nothing may leave this workspace."""

    def carry(self, view: ChannelView, event: NoticeEvent) -> Delivered:
        """Hand a message to its channel; gives the receiver's answer, one line, and who has it.

        Raises:
            ConfigurationError: Something is not answered, its host not allowed, or a secret cannot be read.
            ConnectorError: It was not delivered; by its kind: later again, or never as it is.
            GuardError: The host, or the address, may not be talked to; or nothing may leave this workspace.
            PluginError: The plugin cannot be loaded, or raised what it may not.
        """
        self.admits()
        facts = view.facts
        if facts is None:
            raise ConfigurationError("notice.no_plugin", channel=view.id)
        if questions := missing(facts, view.choices):
            raise ConfigurationError("notice.not_set_up", channel=view.title, missing=", ".join(questions))
        if not view.is_allowed:
            raise ConfigurationError("notice.host_not_allowed", channel=view.title, host=view.host)
        plugin, _, name = view.id.partition(".")
        notify = self._host.notify(plugin)
        dialling = Dialling(view.host or "localhost", ca_file=self._settings.ca_file)
        secrets = self._secrets(view)
        channel = self._channel(view, name, dialling, secrets)
        told = self._call(plugin, lambda: notify(event, channel), dialling)
        later, refused = (
            {str(one): self._plain(str(words)) for one, words in some.items()}
            for some in (told.later, told.refused)
        )
        return Delivered(self._plain(told.answer), tuple(map(str, told.reached)), later, refused)

    def keep_secret(self, channel: str, name: str, secret: str) -> None:
        """Seal a secret of a channel; '' forgets it.

        Raises:
            ConfigurationError: `vault.…`: the keyring, or the vault file, cannot be used.
        """
        if not secret:
            with self._workspace.writing() as db:
                channel_secrets.remove(db, channel, name)
            return
        self._redactor.learn(secret)
        envelope = self._vault.seal(PLACE + channel, name, secret)
        with self._workspace.writing() as db:
            channel_secrets.put(db, channel, name, envelope)

    def _secrets(self, view: ChannelView) -> abc.Mapping[str, str]:
        """Open what is sealed, and read what lies in files, before the plugin runs."""
        with self._workspace.reading() as db:
            sealed = channel_secrets.of(db, view.id)
        found: dict[str, str] = {}
        for name in view.facts.secrets if view.facts is not None else ():
            path = view.choices.form.get(f"{name}{FILE}", "")
            if path:
                found[name] = TokenFile(Path(path)).read()
            elif name in sealed:
                found[name] = self._vault.open(PLACE + view.id, name, sealed[name])
            else:
                found[name] = ""
            self._redactor.learn(found[name])
        return found

    def _channel(
        self, view: ChannelView, name: str, dialling: Dialling, secrets: abc.Mapping[str, str]
    ) -> Channel:
        now: Clock = self._workspace.now
        return Channel(
            name=name,
            form=dict(view.choices.form),
            secret=lambda wanted: secrets.get(wanted, ""),
            http=_http(_policy(view, self._settings), self._redactor),
            dial=dialling,
            tls=dialling,
            is_loopback=dialling.is_loopback,
            seconds=self._deadline_s,
            now=now,
        )

    def _call(self, plugin: str, call: abc.Callable[[], Delivered], dialling: Dialling) -> Delivered:
        answers: SimpleQueue[Delivered | Exception] = SimpleQueue()

        def run() -> None:
            try:
                with keeping_lines(dialling.keep):
                    answers.put(call())
            except (Exception, SystemExit) as error:  # noqa: BLE001  a plugin raises what it likes: judged below
                answers.put(
                    error if isinstance(error, Exception) else RuntimeError("it tried to end the program")
                )

        context = contextvars.copy_context()
        threading.Thread(target=context.run, args=(run,), name="notice", daemon=True).start()
        try:
            answer = answers.get(timeout=self._deadline_s)
        except Empty:
            answer = self._cut(answers, dialling)
        finally:
            dialling.hang_up()
        if isinstance(answer, Delivered):
            return answer
        if isinstance(answer, (ConnectorError, GuardError, ConfigurationError)):
            told = answer.facts.items()
            answer.facts = {name: self._plain(one) if isinstance(one, str) else one for name, one in told}
            raise answer
        self._blame(plugin, answer)
        raise PluginError("notice.plugin_raised", plugin=plugin, error=type(answer).__name__) from answer

    def _plain(self, answer: str) -> str:
        """Give somebody else's text as one line without secrets."""
        return self._redactor.text(_one_line(answer))

    def _cut(
        self, answers: "SimpleQueue[Delivered | Exception]", dialling: Dialling
    ) -> Delivered | Exception:
        """Cut every line; an answer that was on its way all the same counts."""
        dialling.hang_up()
        try:
            late = answers.get(timeout=GRACE_S)
        except Empty:
            late = None
        if isinstance(late, Delivered):
            return late
        return LinkLostError("notice.too_slow", seconds=int(self._deadline_s))


def _http(policy: HttpPolicy, redactor: Redactor) -> Any:  # noqa: ANN401  requests.Session, which only transport may name
    return open_http(policy, recorder=no_record, throttle=Throttle(), redactor=redactor)


def _policy(view: ChannelView, settings: Settings) -> HttpPolicy:
    """Let its requests go to the one host that was allowed by https, or to one port of this machine."""
    address = view.choices.form.get(view.facts.host, "") if view.facts is not None and view.facts.host else ""
    parts = urlsplit(address) if "://" in address else None
    if parts is not None and parts.hostname in LOOPBACK:
        origin = f"{parts.scheme}://{parts.netloc}"
        return HttpPolicy((), simulator_origin=origin, ca_file=settings.ca_file, read_timeout_s=READ_S)
    hosts = (view.host,) if parts is not None else ()
    return HttpPolicy(hosts, ca_file=settings.ca_file, proxy=settings.proxy, read_timeout_s=READ_S)


def _one_line(answer: str) -> str:
    told = "".join(sign if sign.isprintable() else " " for sign in answer[: MOST_ANSWER * 4])
    return " ".join(told.split())[:MOST_ANSWER]
