"""Answers about channels by which notices leave this machine."""

from dataclasses import replace

from writeback.errors import ConfigurationError, RefusedError, WritebackError
from writeback.model.events import EventKind
from writeback.model.notices import Message, MessageState, NoticeKind
from writeback.preferences import Preferences, read
from writeback.runtime.answering.once import Answering
from writeback.runtime.channels import (
    CHANNELS,
    ChannelView,
    Choices,
    answered,
    find,
    host_of,
    keep,
    missing,
    views,
)
from writeback.runtime.delivering import Delivering, Local, as_local, names_of
from writeback.runtime.facade.notices import ChannelTest, ChannelWish
from writeback.runtime.sentences import sentence_of
from writeback.runtime.wording import say
from writeback.sdk.channels import NoticeEvent, NoticeLine
from writeback.sdk.manifest import ChannelFacts
from writeback.store import acts, journal, messages


class NoticeAnswers(Answering):
    """Answers about channels."""

    def delivering(self, *, local: Local = as_local) -> Delivering:
        """Give what delivers this workspace's notices, for a worker and for the command line."""
        return Delivering(
            self.workspace,
            host=self.host,
            carrying=self._carrying,
            preferences=lambda: read(self.settings),
            local=local,
            is_held=lambda: self.restriction.is_on,
        )

    def channels(self) -> tuple[ChannelView, ...]:
        """Give all channels with what was set up; runs no plugin."""
        return views(self.host, read(self.settings))

    def set_channel(self, wish: ChannelWish, *, act: str) -> str:
        """See `Facade.set_channel`."""
        return self._once(act, "set_channel", lambda: self._set_channel(wish))

    def test_channel(self, channel: str, *, act: str) -> ChannelTest:
        """See `Facade.test_channel`."""
        return self._once(act, "test_channel", lambda: self._test_channel(channel))

    def retry_messages(self, channel: str, *, act: str) -> int:
        """See `Facade.retry_messages`."""

        def again() -> int:
            view = self._channel(channel)
            with self.workspace.writing() as db:
                return messages.requeue(db, view.id, now=self.workspace.now())

        return self._once(act, "retry_messages", again)

    def _set_channel(self, wish: ChannelWish) -> str:
        before = read(self.settings)
        view = self._channel(wish.channel, before)
        choices = _wished(view, wish)
        for name, _secret in wish.secrets:
            if view.facts is None or name not in view.facts.secrets:
                raise ConfigurationError("notice.unknown_secret", name=name[:80])
        if view.locked_by:
            raise ConfigurationError("settings.locked", name=CHANNELS, path=view.locked_by)
        for name, secret in wish.secrets:
            self._carrying.keep_secret(view.id, name, secret)
        keep(self.settings, view.id, choices, before=before)
        now = self.workspace.now()
        with self.workspace.writing() as db:
            if choices.is_on:
                messages.requeue(db, view.id, now=now)
            acts.record(
                db,
                at=now,
                kind=EventKind.NOTICE_SENT,
                subject=view.id,
                act="channel.set",
                body={
                    "by": self._permitting.author,
                    "channel": view.id,
                    "is_on": choices.is_on,
                    "host": choices.host,
                    "secrets": [name for name, _secret in wish.secrets],
                },
            )
        return view.id

    def _test_channel(self, name: str) -> ChannelTest:
        view = self._channel(name)
        now = self.workspace.now()
        words = say("This is a test message of Writeback: notices arrive here.")
        event = NoticeEvent(
            self.workspace.new_id(), words, (NoticeLine("test", words, now),), now, is_test=True
        )
        code, answer, facts = "", "", {}
        try:
            told = self._carrying.carry(view, event)
            answer = told.answer
            if told.later or told.refused:
                who = names_of({**told.later, **told.refused})
                raise RefusedError("notice.not_to_all", who=who, answer=f"{answer}; {who}".lstrip("; "))
        except WritebackError as error:
            code, facts = error.code, error.facts
            answer = str(facts.get("answer") or sentence_of(code, facts).happened)
        done = self.workspace.now()
        kept = Message(
            id=event.id,
            channel=view.id,
            state=MessageState.GIVEN_UP if code else MessageState.SENT,
            title=words,
            made_at=now,
            due_at=done,
            is_test=True,
            tries=1,
            tried_at=now,
            sent_at=None if code else done,
            code=code,
            answer=answer,
        )
        with self.workspace.writing() as db:
            messages.add(db, kept)
            journal.note(db, at=done, kind=EventKind.NOTICE_SENT, subject=view.id)
        return ChannelTest(view.id, not code, answer, code, tuple(facts.items()))

    def _channel(self, name: str, preferences: Preferences | None = None) -> ChannelView:
        return find(views(self.host, preferences or read(self.settings)), name)


def _wished(view: ChannelView, wish: ChannelWish) -> Choices:
    """Lay a wish over what was chosen; refuses to switch on what could not send."""
    if view.facts is None and wish.is_on is not False:
        raise ConfigurationError("notice.no_plugin", channel=view.id)
    chosen = view.choices
    if wish.form is not None and view.facts is not None:
        told = {**chosen.form, **dict(wish.form)}
        chosen = replace(chosen, form=answered(view.facts, told))
    if wish.kinds is not None:
        chosen = replace(chosen, kinds=_kinds(wish.kinds))
    if wish.not_for is not None:
        chosen = replace(chosen, not_for=frozenset(wish.not_for))
    if wish.allow_host and view.facts is not None:
        named = host_of(view.facts, chosen.form)
        if named != wish.allow_host.strip().lower():
            raise ConfigurationError("notice.other_host", host=named or "-", given=wish.allow_host[:200])
        chosen = replace(chosen, host=named)
    if wish.is_on is not None:
        chosen = replace(chosen, is_on=wish.is_on)
    if chosen.is_on and view.facts is not None:
        _check_whole(view, view.facts, chosen)
    return chosen


def _check_whole(view: ChannelView, facts: ChannelFacts, chosen: Choices) -> None:
    if questions := missing(facts, chosen):
        raise ConfigurationError("notice.not_set_up", channel=view.title, missing=", ".join(questions))
    if not replace(view, choices=chosen).is_allowed:
        raise ConfigurationError(
            "notice.host_not_allowed", channel=view.title, host=host_of(facts, chosen.form) or "-"
        )


def _kinds(names: tuple[str, ...]) -> frozenset[NoticeKind]:
    known = {one.value: one for one in NoticeKind}
    for name in names:
        if name not in known:
            raise ConfigurationError("notice.unknown_kind", name=name[:80], known=", ".join(known))
    return frozenset(known[name] for name in names)
