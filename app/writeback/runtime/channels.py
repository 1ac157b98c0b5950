"""Channels: the ways by which notices leave this machine, as plugins offer them and the person set them up.

What there is can be told without running a plugin: its manifest says so. What the person answered, which
kinds of notices go and of which connections lies in their settings file; secrets lie sealed in the workspace,
or in a file of their own whose path stands in the form (`password_file` for the secret `password`).

Must not: run a plugin; `runtime.carrying` does.
"""

import re
from collections import abc
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from writeback.errors import ConfigurationError
from writeback.host.hosting import Host
from writeback.model.notices import Notice, NoticeKind
from writeback.preferences import Preferences, write
from writeback.preferences.files import locked_by
from writeback.preferences.keys import named
from writeback.sdk.manifest import ChannelFacts, FormField
from writeback.settings import Settings

CHANNELS: Final = "notifications.channels"
FILE: Final = "_file"
"""Behind a secret's name: the answer that names a file which holds it."""
USUAL: Final = frozenset(NoticeKind)
"""This machine."""
_LONGEST: Final = 1_000


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person set up for one channel."""

    is_on: bool = False
    form: abc.Mapping[str, str] = field(default_factory=dict)
    kinds: abc.Set[NoticeKind] = USUAL
    not_for: abc.Set[str] = frozenset()
    """Connections of which this channel tells nothing."""
    host: str = ""
    """The host that the person saw and allowed."""

    def wants(self, notice: Notice) -> bool:
        """Say whether a change goes by this channel; the end of what it does not tell is not told either."""
        is_kind = notice.kind in self.kinds and (notice.was is None or notice.was in self.kinds)
        return is_kind and notice.connection_id not in self.not_for


@dataclass(frozen=True, slots=True)
class ChannelView:
    """One channel with what was set up for it."""

    id: str
    """The plugin's id, a dot, the channel's name: `acme.chat`."""
    facts: ChannelFacts | None
    """None: its plugin is not there, or may not run."""
    plugin: str
    choices: Choices
    locked_by: str = ""
    """The administrator's file that fixes all channels; '' when none does."""

    @property
    def title(self) -> str:
        """What people call it."""
        return self.facts.title if self.facts is not None else self.id

    @property
    def host(self) -> str:
        """Where its messages would go by the answers of its form; '' where they name no host."""
        return "" if self.facts is None else host_of(self.facts, self.choices.form)

    @property
    def is_ready(self) -> bool:
        """Say whether everything was answered that it asks for, and its host allowed."""
        return self.facts is not None and not missing(self.facts, self.choices) and self.is_allowed

    @property
    def is_allowed(self) -> bool:
        """Say whether the person allowed the host that the form names."""
        return self.facts is not None and (not self.facts.host or self.host == self.choices.host != "")


def offered(host: Host) -> tuple[tuple[str, str, ChannelFacts], ...]:
    """Give all channels there are as (id, the plugin's title, facts), running no plugin."""
    return tuple(
        (f"{record.id}.{one.name}", record.title, one)
        for record in host.plugins()
        if record.is_usable and record.manifest is not None
        for one in record.manifest.channels
    )


def titles(host: Host) -> abc.Mapping[str, str]:
    """Give the titles of all channels by their ids."""
    return {name: facts.title for name, _plugin, facts in offered(host)}


def views(host: Host, preferences: Preferences) -> tuple[ChannelView, ...]:
    """Give all channels with what was set up; those of a plugin that is gone come last."""
    chosen = choices_of(preferences)
    lock = locked_by(preferences, named(CHANNELS))
    found = [
        ChannelView(name, facts, plugin, chosen.get(name, Choices()), lock)
        for name, plugin, facts in offered(host)
    ]
    known = {one.id for one in found}
    gone = [ChannelView(name, None, "", one, lock) for name, one in chosen.items() if name not in known]
    return (*found, *gone)


def choices_of(preferences: Preferences) -> dict[str, Choices]:
    """Give what was set up by channel; what is no setting of a channel is passed over."""
    table = preferences.table(CHANNELS)
    return {name: _choices(one) for name, one in table.items() if isinstance(one, abc.Mapping)}


def keep(settings: Settings, channel: str, choices: Choices, *, before: Preferences) -> Preferences:
    """Write what a person set up for a channel.

    Raises:
        ConfigurationError: `settings.locked`, `settings.file`.
    """
    table = dict(before.table(CHANNELS))
    table[channel] = {
        "is_on": choices.is_on,
        "form": dict(choices.form),
        "kinds": sorted(choices.kinds),
        "not_for": sorted(choices.not_for),
        "host": choices.host,
    }
    return write(settings, {CHANNELS: table})


def find(known: abc.Sequence[ChannelView], name: str) -> ChannelView:
    """Give a channel by its id, or by its own name where only one is called so.

    Raises:
        ConfigurationError: `notice.no_channel`.
    """
    fits = [one for one in known if name in (one.id, one.id.partition(".")[2])]
    exact = [one for one in fits if one.id == name] or fits
    if len(exact) != 1:
        raise ConfigurationError(
            "notice.no_channel", name=name[:80], known=", ".join(one.id for one in known) or "none"
        )
    return exact[0]


def host_of(facts: ChannelFacts, form: abc.Mapping[str, str]) -> str:
    """Give the host that a form's answers name; '' when they name none."""
    told = form.get(facts.host, "").strip() if facts.host else ""
    if "://" not in told:
        return told.lower()
    try:
        return (urlsplit(told).hostname or "").lower()
    except ValueError:
        return ""


def missing(facts: ChannelFacts, choices: Choices) -> tuple[str, ...]:
    """Give the titles of the questions that have to be answered and are not."""
    return tuple(
        question.title
        for name, question in facts.form.properties.items()
        if name in facts.form.required and not choices.form.get(name, "").strip()
    )


def answered(facts: ChannelFacts, told: abc.Mapping[str, str]) -> dict[str, str]:
    """Give the answers as they are kept: those that the form asks for, one line each.

    Raises:
        ConfigurationError: `notice.unknown_answer`, `notice.bad_answer`, `notice.bad_url`,
            `notice.password_in_address`.
    """
    asked = facts.form.properties
    known = {*asked, *(f"{name}{FILE}" for name in facts.secrets)}
    for name, value in told.items():
        if name not in known:
            raise ConfigurationError("notice.unknown_answer", name=name[:80], known=", ".join(sorted(known)))
        if value.strip():
            _check_answer(name, value.strip(), asked.get(name))
    return {name: value.strip() for name, value in told.items() if value.strip()}


def _check_answer(name: str, value: str, question: FormField | None) -> None:
    """Refuse what a question does not take, the same for window and command line."""
    if not value.isprintable() or len(value) > _LONGEST:
        raise ConfigurationError("notice.bad_answer", name=name, allowed="one line of text")
    if question is None:
        return
    if question.enum and value not in question.enum:
        raise ConfigurationError("notice.bad_answer", name=name, allowed=", ".join(question.enum))
    if question.pattern and not re.search(question.pattern, value):
        allowed = ", ".join(question.examples) or question.pattern
        raise ConfigurationError("notice.bad_answer", name=name, allowed=allowed)
    if question.format == "uri":
        _check_address(name, value)


def _check_address(name: str, value: str) -> None:
    """Take https at its usual port, and this machine at any; no password, for settings are kept in clear."""
    from writeback.transport.policies import LOOPBACK  # noqa: PLC0415  the HTTP stack: a window has no use for it

    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise ConfigurationError("notice.bad_url", name=name) from None
    if "@" in parts.netloc:
        raise ConfigurationError("notice.password_in_address", name=name)  # never the value
    is_here = parts.scheme in ("http", "https") and parts.hostname in LOOPBACK and port is not None
    if not is_here and not (parts.scheme == "https" and parts.hostname and port in (None, 443)):
        raise ConfigurationError("notice.bad_url", name=name)


def _choices(plain: abc.Mapping[object, object]) -> Choices:
    form, kinds, not_for = plain.get("form"), plain.get("kinds"), plain.get("not_for")
    known = {one.value for one in NoticeKind}
    return Choices(
        is_on=plain.get("is_on") is True,
        form={str(name): str(value) for name, value in form.items()} if isinstance(form, abc.Mapping) else {},
        kinds=frozenset(NoticeKind(str(one)) for one in kinds if str(one) in known)
        if isinstance(kinds, list)
        else USUAL,
        not_for=frozenset(str(one) for one in not_for) if isinstance(not_for, list) else frozenset(),
        host=str(plain.get("host") or ""),
    )
