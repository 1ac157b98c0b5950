"""One message for each change and one for its end; none lost, none twice; quiet hours, digests, retries."""

import json
import threading
from datetime import datetime, timedelta, timezone

import pytest

from tests.integration.notices.conftest import Room, at_greenwich, runtime_over
from tests.integration.notices.mailing import MailServer
from tests.integration.transport.peers import Peer, answering
from tests.unit.store.making import Ids, connect
from writeback.model.integrations import Integration
from writeback.model.notices import MessageState, Notice, NoticeKind
from writeback.model.plays import Play, PlayMode, PlayRun, PlayTrigger, RunState, TriggerKind
from writeback.model.schedules import Cadence, Schedule
from writeback.model.types import IntegrationId
from writeback.preferences import Preferences, read
from writeback.preferences.muting import mute_connection
from writeback.runtime import delivering
from writeback.runtime.facade import ChannelWish
from writeback.runtime.noticing import notices_of
from writeback.runtime.reading import Reading
from writeback.runtime.telling_notices import sent_messages
from writeback.store import (
    connections,
    integrations,
    messages,
    moments,
    play_runs,
    plays,
    schedules,
    sqlite,
)
from writeback.store import notices as store_notices
from writeback.store.glances import Glances


def _subjects(mail: MailServer) -> list[str]:
    return [str(one.message["Subject"]).removeprefix("Writeback: ") for one in mail.received]


def test_a_change_is_told_once_and_its_end_once(room: Room, mail: MailServer, acme: str) -> None:
    room.sign_in(acme, is_needed=True)
    room.set_up_mail(mail)
    assert [room.look(), room.look()] == [0, 0], "what was so when it began is no change"
    room.sign_in(acme, is_needed=False)
    assert [room.look(), room.look()] == [1, 0]
    room.sign_in(acme, is_needed=True)
    assert [room.look(), room.look()] == [1, 0]
    assert _subjects(mail) == [
        "A connection is signed in again.",
        "A connection: its sign-in has ended. Its jobs wait for a new one.",
    ]
    assert "Acme" not in str(mail.received[1].message)
    told = sent_messages(room.runtime.workspace)
    assert {(one.state, one.answer, one.tries) for one in told} == {
        (MessageState.SENT, "250 2.0.0 Ok: queued as 4711", 1)
    }


def test_names_go_out_where_the_person_wants_them(room: Room, acme: str) -> None:
    with Peer(answering((204, b""))) as peer:
        room.set_up_webhook(peer.origin)
        room.look()
        room.use_calls(acme, 91)
        room.look()
        room.prefer(names=True)
        room.use_calls(acme, 3)
        room.look()
    first, second = (json.loads(heard.body) for heard in peer.heard)
    assert "Acme" not in json.dumps(first)
    assert (first["notices"][0]["kind"], first["notices"][0]["percent"]) == ("quota", 91)
    assert second["notices"][0]["connection"] == "Acme EU"
    assert second["title"] == "Acme EU: there are calls again today."


def test_no_name_goes_out_of_a_message_made_before_the_person_said_so(room: Room, acme: str) -> None:
    with Peer(answering((500, b"oops"), (200, b"ok"))) as peer:
        room.set_up_webhook(peer.origin)
        room.look()
        room.prefer(names=True)
        room.sign_in(acme, is_needed=True)
        assert room.look() == 0
        room.prefer(names=False)
        assert room.look(after=90) == 1
    assert "Acme" not in json.dumps(json.loads(peer.heard[1].body))


def test_kinds_and_connections_are_chosen_for_each_channel(
    room: Room, mail: MailServer, acme: str, bolt: str
) -> None:
    room.set_up_mail(mail)
    wish = ChannelWish("email", kinds=("sign_in", "recovered"), not_for=(acme,))
    room.runtime.set_channel(wish, act=room.acts())
    room.look()
    for one in (acme, bolt):
        room.sign_in(one, is_needed=True)
        room.use_calls(one, 95)
    room.prefer(names=True)
    room.look()
    for one in (acme, bolt):
        room.sign_in(one, is_needed=False)
        room.use_calls(one, 1)
    room.look()
    assert _subjects(mail) == [
        "Bolt: its sign-in has ended. Its jobs wait for a new one.",
        "Bolt is signed in again.",
    ], "the end of what was not told is not told either"


def test_a_held_play_and_a_failed_pull_go_out_once_each_and_without_their_names(
    room: Room, mail: MailServer
) -> None:
    workspace = room.runtime.workspace
    with workspace.writing() as db:
        place = next(one.id for one in connections.every(db) if one.name == "Bolt")
        made = Integration(IntegrationId(""), place, "Account", "account", "Id")
        made = integrations.add(db, made, at=room.clock())
        schedules.put(db, made.id, Schedule(Cadence.HOURLY), author="ana", at=room.clock())
        plays.save(db, Play("Secret plan", "account", PlayTrigger(), ()), at=room.clock())
    room.set_up_mail(mail)
    room.look()
    run = PlayRun(0, "Secret plan", TriggerKind.BY_HAND, RunState.HELD, PlayMode.DRAFTS, "ana", room.clock())
    with workspace.writing() as db:
        number = play_runs.begin(db, run, entity="account")
        play_runs.put_state(db, number, RunState.HELD, was=(play_runs.PREPARING,))
        sqlite.run(db, "update pull_schedules set failed_at = ?", (moments.to_text(room.clock()),))
    assert [room.look(), room.look()] == [2, 0]
    with workspace.writing() as db:
        plays.remove(db, "secret plan", at=room.clock())
        play_runs.dismiss_held(db, "Secret plan", at=room.clock())
        sqlite.run(db, "update integrations set last_pull_at = ?", (moments.to_text(room.clock()),))
    assert [room.look(), room.look()] == [2, 0]
    assert _subjects(mail) == [
        "A SuccessPlay: a run that would change 0 records is held until somebody has looked.",
        "A connection: a scheduled pull failed.",
        "A SuccessPlay: somebody decided about the run that was held.",
        "A connection: the scheduled pull succeeded again.",
    ]


def test_a_muted_connection_is_told_of_nowhere_and_muting_is_no_recovery(
    room: Room, mail: MailServer, acme: str
) -> None:
    room.set_up_mail(mail)
    room.look()
    room.sign_in(acme, is_needed=True)
    assert room.look() == 1
    mute_connection(room.settings, acme, is_muted=True)
    assert room.look() == 0
    room.sign_in(acme, is_needed=False)
    assert room.look() == 0


def test_quiet_hours_hold_everything_back_and_it_goes_as_one(
    room: Room, mail: MailServer, acme: str, bolt: str
) -> None:
    berlin = timezone(timedelta(hours=1))
    room.delivering = room.runtime.delivering(local=lambda moment: moment.astimezone(berlin))
    room.prefer(quiet_hours=True, quiet_from="20:00", quiet_until="07:00")
    room.clock.at = datetime(2026, 11, 24, 18, 50, tzinfo=room.clock.at.tzinfo)  # 19:50 there
    room.set_up_mail(mail)
    room.look()
    room.clock.at += timedelta(minutes=20)
    room.sign_in(acme, is_needed=True)
    assert room.look() == 0
    room.sign_in(bolt, is_needed=True)
    room.clock.at += timedelta(hours=10)  # 06:14
    assert room.look() == 0
    room.clock.at = datetime(2026, 11, 25, 6, 0, tzinfo=room.clock.at.tzinfo)  # 07:00 there
    assert room.look() == 1
    assert _subjects(mail) == ["2 notices"]
    assert str(mail.received[0].message.get_content()).count("its sign-in has ended") == 2


def test_muted_until_a_moment_holds_back_too(room: Room, mail: MailServer, acme: str) -> None:
    room.set_up_mail(mail)
    room.look()
    room.prefer(muted_until=(room.clock() + timedelta(hours=1)).isoformat())
    room.sign_in(acme, is_needed=True)
    assert [room.look(), room.look(after=600)] == [0, 0]
    assert [room.look(after=3600), room.look()] == [1, 0]


def test_a_daily_digest_gathers_over_midnight_what_is_not_urgent(
    room: Room, mail: MailServer, acme: str, bolt: str
) -> None:
    room.prefer(digest="daily", digest_at="08:00", names=True)
    room.set_up_mail(mail)
    room.clock.at = datetime(2026, 11, 24, 22, 0, tzinfo=room.clock.at.tzinfo)
    room.look()
    room.use_calls(acme, 90)
    assert room.look() == 0
    room.clock.at = datetime(2026, 11, 25, 0, 30, tzinfo=room.clock.at.tzinfo)
    room.use_calls(acme, 1)
    room.use_calls(bolt, 85)
    assert room.look() == 0
    room.sign_in(bolt, is_needed=True)
    assert room.look() == 1, "what is urgent waits for no digest"
    room.clock.at = datetime(2026, 11, 25, 7, 50, tzinfo=room.clock.at.tzinfo)
    assert room.look() == 0
    assert [room.look(after=600), room.look(), room.look(after=86400)] == [1, 0, 0]
    assert _subjects(mail)[1] == "3 notices"
    text = str(mail.received[1].message.get_content())
    assert text.index("Acme EU: 90 %") < text.index("Bolt: 85 %") < text.index("Acme EU: there are calls")
    assert "2026-11-24" in text
    assert "2026-11-25 00:3" in text


def test_an_hourly_digest_goes_with_the_full_hour(room: Room, mail: MailServer, acme: str) -> None:
    room.prefer(digest="hourly")
    room.set_up_mail(mail)
    room.look()
    room.clock.at = room.clock.at.replace(minute=20, second=0)
    room.use_calls(acme, 90)
    assert [room.look(), room.look(after=1800), room.look(after=600)] == [0, 0, 1]


def test_many_changes_at_once_are_no_flood(room: Room, mail: MailServer) -> None:
    made = [str(connect(room.runtime.workspace, f"Org {number}").id) for number in range(6)]
    room.set_up_mail(mail)
    room.look()
    for one in made:
        room.sign_in(one, is_needed=True)
    assert room.look() == 1
    assert _subjects(mail) == ["6 notices"]


def test_a_failed_delivery_is_tried_again_with_the_same_id_and_told_in_the_list(
    room: Room, acme: str
) -> None:
    with Peer(answering((500, b"oops"), (500, b"oops"), (200, b"ok"))) as peer:
        room.set_up_webhook(peer.origin)
        room.look()
        room.sign_in(acme, is_needed=True)
        assert room.look() == 0
        assert _told(room) == {NoticeKind.SIGN_IN, NoticeKind.DELIVERY}
        room.prefer(delivery="off")
        assert _told(room) == {NoticeKind.SIGN_IN}
        room.prefer(delivery="window")
        assert [room.look(after=30), len(peer.heard)] == [0, 1], "not before a minute is over"
        assert [room.look(after=60), len(peer.heard)] == [0, 2]
        assert [room.look(after=200), len(peer.heard)] == [0, 2], "then not before five"
        assert room.look(after=200) == 1
    assert len({json.loads(heard.body)["id"] for heard in peer.heard}) == 1
    assert [json.loads(heard.body)["attempt"] for heard in peer.heard] == [1, 2, 3]
    assert _told(room) == {NoticeKind.SIGN_IN}


def test_one_channels_trouble_is_told_by_the_other_and_its_end_too(
    room: Room, mail: MailServer, acme: str
) -> None:
    room.set_up_mail(mail)
    with Peer(answering((503, b""), (200, b""))) as peer:
        room.set_up_webhook(peer.origin)
        room.look()
        room.sign_in(acme, is_needed=True)
        room.look(), room.look(after=30), room.look(), room.look()
    assert len(peer.heard) == 2
    assert _subjects(mail) == [
        "A connection: its sign-in has ended. Its jobs wait for a new one.",
        "Webhook: a message could not be delivered.",
        "Webhook: messages are delivered again.",
    ]


def test_a_message_is_given_up_after_a_day_and_can_be_sent_again(
    room: Room, mail: MailServer, acme: str
) -> None:
    mail.answers["MAIL"] = "451 4.3.0 later"
    room.set_up_mail(mail)
    room.look()
    room.sign_in(acme, is_needed=True)
    for _ in range(8):
        room.look(after=13 * 3600)
    (message,) = sent_messages(room.runtime.workspace)
    assert (message.state, message.tries, message.code) == (MessageState.GIVEN_UP, 8, "notify.busy")
    tried = mail.verbs.count("MAIL")
    room.look(after=86400)
    assert mail.verbs.count("MAIL") == tried
    mail.answers.clear()
    assert room.runtime.retry_messages("email", act=room.acts()) == 1
    assert [room.look(), room.look()] == [1, 0]


def test_what_is_refused_is_not_tried_again_until_the_channel_is_set_up_anew(
    room: Room, mail: MailServer, acme: str
) -> None:
    mail.answers["RCPT"] = "550 5.1.1 No such user"
    room.set_up_mail(mail)
    room.look()
    room.sign_in(acme, is_needed=True)
    room.look(), room.look(after=3600), room.look(after=3600)
    assert mail.verbs.count("RCPT") == 1
    (message,) = sent_messages(room.runtime.workspace)
    assert (message.state, message.answer.endswith("550 5.1.1 No such user")) == (MessageState.GIVEN_UP, True)
    mail.answers.clear()
    room.set_up_mail(mail)
    assert room.look() == 1


def test_a_receiver_that_asks_to_wait_is_left_alone_so_long(room: Room, acme: str) -> None:
    with Peer(answering((429, b"", {"Retry-After": "1000"}), (200, b""))) as peer:
        room.set_up_webhook(peer.origin)
        room.look()
        room.sign_in(acme, is_needed=True)
        room.look()
        assert [room.look(after=900), len(peer.heard)] == [0, 1]
        assert room.look(after=120) == 1


def test_a_channel_that_is_switched_off_sends_nothing_that_waited(
    room: Room, mail: MailServer, acme: str
) -> None:
    mail.answers["MAIL"] = "451 later"
    room.set_up_mail(mail)
    room.look()
    room.sign_in(acme, is_needed=True)
    room.look()
    room.runtime.set_channel(ChannelWish("email", is_on=False), act=room.acts())
    room.look()
    assert [one.state for one in sent_messages(room.runtime.workspace)] == [MessageState.DROPPED]
    mail.answers.clear()
    room.runtime.set_channel(ChannelWish("email", is_on=True), act=room.acts())
    assert [room.look(), room.look()] == [0, 0], "what was so meanwhile is no change"
    assert mail.received == []


def test_what_a_sender_that_died_held_is_dropped_with_its_channel_too(
    room: Room, mail: MailServer, acme: str
) -> None:
    mail.answers["MAIL"] = "451 later"
    room.set_up_mail(mail)
    room.look()
    room.sign_in(acme, is_needed=True)
    room.look()
    workspace, now = room.runtime.workspace, room.clock() + timedelta(hours=1)
    with workspace.writing() as db:
        assert messages.claim(db, ["notify.email"], now=now, until=now + timedelta(minutes=3)) is not None
    room.runtime.set_channel(ChannelWish("email", is_on=False), act=room.acts())
    room.look()
    assert [one.state for one in sent_messages(workspace)] == [MessageState.SENDING], "it may be going now"
    room.look(after=2 * 3600)
    assert [one.state for one in sent_messages(workspace)] == [MessageState.DROPPED]


def test_a_program_that_starts_anew_tells_what_happened_meanwhile_and_nothing_again(
    room: Room, mail: MailServer, acme: str, bolt: str
) -> None:
    room.set_up_mail(mail)
    room.look()
    room.sign_in(acme, is_needed=True)
    room.look()
    room.delivering.close()
    room.sign_in(bolt, is_needed=True)
    later = runtime_over(room.path, room.settings, room.clock, keyring=room.keyring, ids=_other_ids())
    try:
        assert later.delivering(local=at_greenwich).run() == 1
        assert later.delivering(local=at_greenwich).run() == 0
    finally:
        later.close()
    assert len(mail.received) == 2


def test_two_processes_send_each_message_once(room: Room, mail: MailServer) -> None:
    made = [str(connect(room.runtime.workspace, f"Org {number}").id) for number in range(5)]
    room.set_up_mail(mail)
    room.look()
    other = runtime_over(room.path, room.settings, room.clock, keyring=room.keyring, ids=_other_ids())
    try:
        for one in made:
            room.sign_in(one, is_needed=True)
        room.clock.move(90)
        both = [room.delivering, other.delivering(local=at_greenwich)]
        start = threading.Barrier(2)
        counts: list[int] = []

        def run(place: int) -> None:
            start.wait(5)
            counts.append(both[place].run() + both[place].run())

        threads = [threading.Thread(target=run, args=(place,)) for place in (0, 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
    finally:
        other.close()
    assert sum(counts) == len(mail.received) == 5
    assert len({str(one.message["Message-ID"]) for one in mail.received}) == 5


def test_a_late_look_is_not_written_over_a_later_one(room: Room, mail: MailServer) -> None:
    room.set_up_mail(mail)
    workspace = room.runtime.workspace
    now = room.clock()
    with workspace.writing() as db:
        first = store_notices.take_watch(db, "a", now=now, until=now + timedelta(seconds=90))
        assert store_notices.take_watch(db, "b", now=now, until=now + timedelta(seconds=90)) is None
        late = now + timedelta(seconds=91)
        second = store_notices.take_watch(db, "b", now=late, until=late + timedelta(seconds=90))
        assert first is not None
        assert second is not None
        assert not store_notices.is_current(db, first)
        assert store_notices.is_current(db, second)


def test_a_process_that_looked_before_another_one_tells_nothing_of_it(
    room: Room, mail: MailServer, acme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.set_up_mail(mail)
    room.look()
    other = runtime_over(room.path, room.settings, room.clock, keyring=room.keyring, ids=_other_ids())
    look, sent = delivering.states_of, list[int]()

    def slow(reading: Reading, preferences: Preferences, *, now: datetime) -> tuple[Notice, ...]:
        found = look(reading, preferences, now=now)
        monkeypatch.setattr(delivering, "states_of", look)
        room.sign_in(acme, is_needed=True)
        room.clock.move(91)  # so long that the watch is another one's to take
        sent.append(other.delivering(local=at_greenwich).run())
        return found

    monkeypatch.setattr(delivering, "states_of", slow)
    room.sign_in(acme, is_needed=False)
    try:
        assert [room.look(), sent] == [0, [1]]
    finally:
        other.close()
    assert room.look() == 0, "what a late look saw would have made it new again"
    assert len(mail.received) == 1


def test_a_sender_that_died_is_taken_over_and_its_late_word_counts_for_nothing(
    room: Room, mail: MailServer, acme: str
) -> None:
    mail.answers["MAIL"] = "451 later"
    room.set_up_mail(mail)
    room.look()
    room.sign_in(acme, is_needed=True)
    room.look()
    workspace, now = room.runtime.workspace, room.clock() + timedelta(hours=1)
    until = now + timedelta(minutes=3)
    with workspace.writing() as db:
        dead = messages.claim(db, ["notify.email"], now=now, until=until)
        assert dead is not None
        assert messages.claim(db, ["notify.email"], now=now, until=until) is None
        heir = messages.claim(db, ["notify.email"], now=until, until=until + timedelta(minutes=3))
        assert heir is not None
        assert (heir.id, heir.tries) == (dead.id, dead.tries + 1)
        sent = messages.Verdict(MessageState.SENT, until, until)
        assert not messages.settle(db, dead, sent)
        assert messages.settle(db, heir, sent)


def test_a_plugin_that_raises_what_it_may_not_is_blamed_and_the_message_kept(
    room: Room, mail: MailServer, acme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    blamed: list[str] = []
    monkeypatch.setattr(room.runtime._carrying, "_blame", lambda plugin, _error: blamed.append(plugin))  # noqa: SLF001
    room.set_up_mail(mail)
    room.look()
    room.sign_in(acme, is_needed=True)

    def bad(*_given: object) -> str:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr("writeback_notify.mail.message_of", lambda *_a, **_k: bad())
        assert room.look() == 0
    assert blamed == ["notify"]
    (message,) = sent_messages(room.runtime.workspace)
    assert (message.state, message.code) == (MessageState.WAITING, "notice.plugin_raised")
    assert room.look() == 1


def test_nothing_leaves_a_workspace_that_nobody_trusts(room: Room, mail: MailServer, acme: str) -> None:
    room.set_up_mail(mail)
    room.look()
    room.runtime.restriction.decide(is_allowed=False)
    room.sign_in(acme, is_needed=True)
    assert room.look() == 0
    assert room.runtime.test_channel("email", act=room.acts()).code == "workspace.restricted"
    assert mail.verbs == []
    room.runtime.restriction.decide(is_allowed=True)
    assert room.look() == 1


def _other_ids() -> Ids:
    ids = Ids()
    for _ in range(100_000):
        ids()
    return ids


def _told(room: Room) -> set[NoticeKind]:
    reading = Reading(Glances(room.runtime.workspace))
    return {one.kind for one in notices_of(reading, read(room.settings), now=room.clock())}
