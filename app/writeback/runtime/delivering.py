"""Deliver notices off this machine: look, put into messages, send, settle; each step a commit of its own.

Workers of one workspace may all do this at once: one of them looks (`store.notices.take_watch`), and each
message is claimed by one process for one try (`store.messages.claim`). What was so at the last look stands in
the workspace, so that a change is told once however often programs start. A message goes on until it is sent,
is refused or was tried for a day; then people are told of that, and it can be sent again.

Must not: keep a job waiting, run on the window's thread.
"""

import logging
import threading
from collections import abc
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final

from writeback.errors import (
    ConfigurationError,
    GuardError,
    RefusedError,
    RetryableError,
    ServerBusyError,
    SignInRequiredError,
    WritebackError,
)
from writeback.host.hosting import Host
from writeback.model.events import EventKind
from writeback.model.notices import Message, MessageState, Notice
from writeback.planning.digesting import Rhythm, Waiting, messages_of, next_try
from writeback.preferences import Preferences
from writeback.runtime.carrying import DEADLINE_S, GRACE_S, Carrying
from writeback.runtime.channels import ChannelView, choices_of, views
from writeback.runtime.notice_words import words_of
from writeback.runtime.noticing import changes, is_muted, is_quiet, states_of
from writeback.runtime.reading import Reading
from writeback.runtime.sentences import sentence_of
from writeback.runtime.wording import say
from writeback.sdk.channels import NoticeEvent, NoticeLine
from writeback.store import journal, messages, notices
from writeback.store.glances import Glances
from writeback.store.notices import Part
from writeback.store.workspace import Workspace

WATCH_FOR: Final = timedelta(seconds=90)
CLAIM_FOR: Final = timedelta(seconds=DEADLINE_S + GRACE_S + 120)
"""After this another process may take over a message whose sender was not heard of."""
LOOK_AFTER: Final = timedelta(minutes=1)
"""So long after a look the next one comes although nothing happened: a day's quota begins anew by itself."""
KEPT_FOR: Final = timedelta(days=90)
MOST_AT_ONCE: Final = 50
"""Messages that one pass sends; the rest goes with the next."""
_FOR_GOOD: Final = (RefusedError, SignInRequiredError, GuardError)
_log = logging.getLogger(__name__)

Local = abc.Callable[[datetime], datetime]
"""Gives the local time of a moment."""


def as_local(moment: datetime) -> datetime:
    """Give the local time where this program runs."""
    return moment.astimezone()


class Delivering:
    """Delivers the notices of one workspace for the person whose settings are read."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        host: Host,
        carrying: Carrying,
        preferences: abc.Callable[[], Preferences],
        local: Local = as_local,
        is_held: abc.Callable[[], bool] = lambda: False,
    ) -> None:
        """Wire it; while `is_held` says so nothing leaves, and nothing is looked at."""
        self._workspace = workspace
        self._host = host
        self._carrying = carrying
        self._preferences = preferences
        self._local = local
        self._is_held = is_held
        self._me = workspace.new_id()
        self._turn = threading.Lock()
        self._is_stopping = False
        self._fence: int | None = None
        self._seen: tuple[int, frozenset[str]] | None = None
        self._look_at = workspace.now()

    def run(self) -> int:
        """Do all that is to be done now; gives how many messages were sent. One thread at a time."""
        with self._turn:
            return 0 if self._is_held() else self._run()

    def _run(self) -> int:
        preferences, now = self._preferences(), self._workspace.now()
        on = frozenset(name for name, one in choices_of(preferences).items() if one.is_on)
        self._drop_others(on, now)
        if not on:
            return 0
        channels = tuple(one for one in views(self._host, preferences) if one.id in on)
        self._look_if_due(preferences, channels, now)
        self._gather(preferences, channels, now)
        return self._send(preferences, channels)

    def stop(self) -> None:
        """Begin no further message."""
        self._is_stopping = True

    def close(self) -> None:
        """Let another process look at once."""
        with self._workspace.writing(durable=False) as db:
            notices.leave_watch(db, self._me)

    # looking

    def _look_if_due(
        self, preferences: Preferences, channels: abc.Sequence[ChannelView], now: datetime
    ) -> None:
        """Look where something happened, or nobody looked for a while, and no other process does."""
        with self._workspace.reading() as db:
            head = journal.head(db)
        if (head, frozenset(one.id for one in channels)) == self._seen and now < self._look_at:
            return
        with self._workspace.writing(durable=False) as db:
            self._fence = notices.take_watch(db, self._me, now=now, until=now + WATCH_FOR)
        if self._fence is not None:
            self._look(preferences, channels, now)
            self._seen, self._look_at = (head, frozenset(one.id for one in channels)), now + LOOK_AFTER

    def _look(self, preferences: Preferences, channels: abc.Sequence[ChannelView], now: datetime) -> None:
        """Compare with the last look; what changed is kept, with the channels that it goes by."""
        found = states_of(Reading(Glances(self._workspace), host=self._host), preferences, now=now)
        with self._workspace.reading() as db:
            is_same = notices.is_watching(db) and set(notices.states(db)) == set(found)
        if is_same:
            return
        with self._workspace.writing() as db:
            if self._fence is None or not notices.is_current(db, self._fence):
                return  # somebody looked later
            if notices.is_watching(db):
                for change in changes(notices.states(db), found):
                    goes = [one.id for one in channels if _goes(preferences, one, change)]
                    if goes:
                        notices.note(db, change, at=now, channels=goes)
            else:
                notices.set_watching(db, is_on=True)
            notices.put_states(db, found, at=now)
            notices.forget(db, before=now - KEPT_FOR)
            messages.forget(db, before=now - KEPT_FOR)

    def _drop_others(self, on: abc.Set[str], now: datetime) -> None:
        """Forget what waits for channels that are off; with none on, also what was seen."""
        with self._workspace.reading() as db:
            waiting = notices.channels_waiting(db) | messages.channels_waiting(db, now=now)
            is_watching = notices.is_watching(db)
        if not waiting - on and (on or not is_watching):
            return
        with self._workspace.writing() as db:
            for channel in waiting - on:
                notices.drop_waiting(db, channel)
                messages.drop(db, channel, now=now)
            if not on:
                notices.set_watching(db, is_on=False)

    # gathering

    def _gather(self, preferences: Preferences, channels: abc.Sequence[ChannelView], now: datetime) -> None:
        with self._workspace.reading() as db:
            if not any(notices.waiting(db, one.id) for one in channels):
                return
        is_silent = is_quiet(preferences, now=self._local(now))
        with self._workspace.writing() as db:
            for channel in channels:
                if is_silent:
                    notices.hold(db, channel.id)
                    continue
                parts = {one.seq: one for one in notices.waiting(db, channel.id)}
                for seqs in self._messages(preferences, parts, now):
                    lines = [parts[seq] for seq in seqs]
                    message = Message(
                        id=self._workspace.new_id(),
                        channel=channel.id,
                        state=MessageState.WAITING,
                        title=_title(preferences, lines),
                        made_at=now,
                        due_at=now,
                        is_digest=len(lines) > 1,
                    )
                    messages.add(db, message)
                    notices.put_into(db, channel.id, message.id, seqs)

    def _messages(
        self, preferences: Preferences, parts: abc.Mapping[int, Part], now: datetime
    ) -> tuple[tuple[int, ...], ...]:
        waiting = [
            Waiting(one.seq, self._wall(one.at), one.notice.is_urgent, one.is_held) for one in parts.values()
        ]
        return messages_of(
            waiting,
            now=self._wall(now),
            rhythm=Rhythm(preferences.text("notifications.digest")),
            at=time.fromisoformat(preferences.text("notifications.digest_at")),
        )

    def _wall(self, moment: datetime) -> datetime:
        return self._local(moment).replace(tzinfo=None)

    # sending

    def _send(self, preferences: Preferences, channels: abc.Sequence[ChannelView]) -> int:
        by_id, sent = {one.id: one for one in channels}, 0
        for _ in range(MOST_AT_ONCE):
            now = self._workspace.now()
            if self._is_stopping or is_quiet(preferences, now=self._local(now)):
                break
            with self._workspace.reading() as db:
                if not messages.is_due(db, by_id, now=now):
                    break
            with self._workspace.writing() as db:
                message = messages.claim(db, by_id, now=now, until=now + CLAIM_FOR)
                parts = notices.lines(db, message.channel, message.id) if message is not None else ()
            if message is None:
                break
            verdict = self._try(by_id[message.channel], message, event_of(preferences, message, parts))
            self._settle(message, verdict)
            sent += verdict.state is MessageState.SENT
        return sent

    def _settle(self, message: Message, verdict: messages.Verdict) -> None:
        with self._workspace.writing() as db:
            messages.settle(db, message, verdict)
            if verdict.state is MessageState.WAITING:  # the others would fare alike
                messages.put_off(db, message.channel, until=verdict.due_at)
            journal.note(db, at=verdict.at, kind=EventKind.NOTICE_SENT, subject=message.channel)

    def _try(self, channel: ChannelView, message: Message, event: NoticeEvent) -> messages.Verdict:
        try:
            told = self._carrying.carry(channel, event)
        except WritebackError as error:
            return self._failed(message, error)
        message = replace(
            message,
            reached=tuple(dict.fromkeys((*message.reached, *told.reached))),
            refused=tuple(dict.fromkeys((*message.refused, *told.refused))),
        )
        if told.later:
            return self._failed(message, ServerBusyError("notice.later_to_some", who=names_of(told.later)))
        if told.refused:
            return self._failed(message, RefusedError("notice.not_to_all", who=names_of(told.refused)))
        if message.refused:  # at an earlier try
            return self._failed(message, RefusedError("notice.not_to_all", who=", ".join(message.refused)))
        now = self._workspace.now()
        done = MessageState.SENT
        return messages.Verdict(done, now, now, answer=told.answer, reached=message.reached)

    def _failed(self, message: Message, error: WritebackError) -> messages.Verdict:
        now = self._workspace.now()
        words = str(sentence_of(error.code, error.facts).happened)
        wait = next_try(message.tries, after=error.after if isinstance(error, RetryableError) else None)
        if wait is None or is_final(error):
            _log.warning("%s: a message was given up: %s (%s)", message.channel, words, error.code)
            state, due = MessageState.GIVEN_UP, now
        else:
            state, due = MessageState.WAITING, now + wait
        return messages.Verdict(state, now, due, error.code, words, message.reached, message.refused)


def is_final(error: WritebackError) -> bool:
    """Say whether trying again cannot help until somebody changes something."""
    if isinstance(error, ConfigurationError):
        return not error.code.startswith(("vault.", "token_file.", "notice.no_plugin"))
    return isinstance(error, _FOR_GOOD)


def event_of(preferences: Preferences, message: Message, parts: abc.Sequence[Part]) -> NoticeEvent:
    """Make what a channel is handed of a message."""
    is_private = not preferences.is_on("notifications.names")
    return NoticeEvent(
        id=message.id,
        title=_title(preferences, parts) if parts else message.title,  # names only where they are wanted now
        lines=tuple(_line(one, is_private=is_private) for one in parts),
        at=message.made_at,
        is_digest=message.is_digest,
        is_test=message.is_test,
        attempt=max(message.tries, 1),
        settled=(*message.reached, *message.refused),
    )


def names_of(recipients: abc.Mapping[str, str]) -> str:
    """Name recipients that were not reached, each with the receiver's answer."""
    return "; ".join(f"{one}: {words}" for one, words in recipients.items())


def line_words(notice: Notice, *, is_private: bool) -> str:
    """Say a notice in one line, whatever stands in a name."""
    told = words_of(notice, is_private=is_private)
    return " ".join("".join(sign if sign.isprintable() else " " for sign in told).split())


def _line(part: Part, *, is_private: bool) -> NoticeLine:
    one = part.notice
    return NoticeLine(
        kind=one.kind.value,
        words=line_words(one, is_private=is_private),
        at=part.at,
        connection="" if is_private or one.channel else one.connection,
        job=one.number,
        rows=one.rows,
        not_written=one.not_written,
        unknown=one.unknown,
        percent=one.percent,
        was="" if one.was is None else one.was.value,
    )


def _title(preferences: Preferences, parts: abc.Sequence[Part]) -> str:
    if len(parts) == 1:
        return line_words(parts[0].notice, is_private=not preferences.is_on("notifications.names"))
    return say("%n notices", len(parts))


def _goes(preferences: Preferences, channel: ChannelView, change: Notice) -> bool:
    """Say whether a change goes by a channel; none tells of its own trouble."""
    is_own = change.channel == channel.id
    return not is_own and not is_muted(preferences, change) and channel.choices.wants(change)
