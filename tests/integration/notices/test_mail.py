"""E-mail: encrypted and checked, its answer told as it is, no password over an open line."""

import ssl
from datetime import UTC, datetime

import pytest
import trustme

from tests.integration.notices.conftest import Room
from tests.integration.notices.mailing import MailServer
from writeback.errors import ConfigurationError
from writeback.model.notices import MessageState
from writeback.runtime.carrying import Carrying
from writeback.runtime.facade import ChannelTest
from writeback.runtime.telling_notices import sent_messages

PASSWORD = "correct horse battery"


def _test(room: Room) -> ChannelTest:
    return room.runtime.test_channel("email", act=room.acts())


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_message_goes_encrypted_and_signed_in(
    room: Room, server_tls: ssl.SSLContext, security: str
) -> None:
    with MailServer(tls=server_tls, is_tls_at_once=security == "tls", password=PASSWORD) as server:
        room.set_up_mail(server, security=security, user="ada", password=PASSWORD)
        told = _test(room)
    assert (told.is_delivered, told.answer) == (True, "250 2.0.0 Ok: queued as 4711")
    (got,) = server.received
    assert (got.is_encrypted, got.user, got.sender) == (True, "ada", "writeback@example.com")
    assert got.message["To"] == "ada@example.com"
    assert got.message["Subject"] == "Writeback: This is a test message of Writeback: notices arrive here."
    assert got.message["Auto-Submitted"] == "auto-generated"
    assert str(got.message["Message-ID"]).endswith("@example.com>")


def test_a_refused_sign_in_is_told_in_the_servers_words_and_leaks_nothing(
    room: Room, server_tls: ssl.SSLContext, caplog: pytest.LogCaptureFixture
) -> None:
    with MailServer(tls=server_tls, password="another") as server:
        room.set_up_mail(server, security="starttls", user="ada", password=PASSWORD)
        told = _test(room)
    assert (told.is_delivered, told.code) == (False, "notify.sign_in_refused")
    assert told.answer == "535 5.7.8 Error: authentication failed"
    files = [path for path in room.path.parents[1].rglob("*") if path.is_file()]
    assert files
    assert not any(PASSWORD.encode() in path.read_bytes() for path in files)
    assert PASSWORD not in caplog.text + repr(told)


def test_a_certificate_of_somebody_else_stops_everything_before_the_password(
    room: Room, server_tls: ssl.SSLContext
) -> None:
    del server_tls
    stranger = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("localhost").configure_cert(stranger)
    for at_once in (False, True):
        with MailServer(tls=stranger, is_tls_at_once=at_once, password=PASSWORD) as server:
            security = "tls" if at_once else "starttls"
            room.set_up_mail(server, security=security, user="ada", password=PASSWORD)
            told = _test(room)
        assert (told.is_delivered, told.code) == (False, "link.lost")
        assert dict(told.facts)["reason"] == "certificate"
        assert "AUTH" not in server.verbs
        assert server.received == []


def test_a_certificate_of_another_host_is_none(room: Room, ca: trustme.CA) -> None:
    other = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert("mail.example.com").configure_cert(other)
    with MailServer(tls=other) as server:
        room.set_up_mail(server, security="starttls")
        assert dict(_test(room).facts)["reason"] == "certificate"


def test_a_server_that_does_not_encrypt_is_told_no_password(room: Room) -> None:
    with MailServer(password=PASSWORD) as server:
        room.set_up_mail(server, security="starttls", user="ada", password=PASSWORD)
        assert _test(room).code == "notify.no_starttls"
    assert "AUTH" not in server.verbs


def test_without_encryption_mail_goes_to_this_machine_alone(room: Room) -> None:
    form = {
        "server": "mail.example.com",
        "security": "none",
        "sender": "a@b.example",
        "recipients": "c@d.example",
    }
    room.set_up("email", form, "mail.example.com")
    assert _test(room).code == "notify.not_encrypted"


@pytest.mark.parametrize(
    ("verb", "answer", "code"),
    [
        ("MAIL", "451 4.7.1 Greylisted", "notify.busy"),
        ("RCPT", "550 5.1.1 No such user", "notify.refused"),
        ("DATA", "554 5.7.1 Spam", "notify.refused"),
        ("END", "552 5.3.4 Too big", "notify.refused"),
        ("END", "cut", "notify.no_answer"),
        ("MAIL", "cut", "notify.link_lost"),
    ],
)
def test_what_a_server_answers_is_what_is_told(
    room: Room, mail: MailServer, *, verb: str, answer: str, code: str
) -> None:
    mail.answers[verb] = answer
    room.set_up_mail(mail)
    told = _test(room)
    assert (told.is_delivered, told.code) == (False, code)
    if answer != "cut":
        assert told.answer == answer


def test_one_recipient_that_is_refused_is_named_and_the_others_are_written_to(
    room: Room, mail: MailServer
) -> None:
    room.set_up_mail(mail, recipients="ada@example.com, nobody@example.com")
    told = _test(room)
    assert (told.is_delivered, told.code) == (False, "notice.not_to_all")
    assert told.answer == "250 2.0.0 Ok: queued as 4711; nobody@example.com: 550 5.1.1 No such user"
    assert mail.received[0].recipients == ["ada@example.com"]


def test_each_recipient_gets_a_message_once_whoever_is_put_off_or_refused(
    room: Room, mail: MailServer, acme: str
) -> None:
    ada, ben, nobody = "ada@example.com", "ben@example.com", "nobody@example.com"
    room.set_up_mail(mail, recipients=f"{ada}, {ben}, {nobody}")
    room.look()
    room.sign_in(acme, is_needed=True)
    mail.at_rcpt[ben] = "450 4.2.0 Greylisted"
    assert room.look() == 0
    (waiting,) = sent_messages(room.runtime.workspace)
    assert (waiting.state, waiting.code) == (MessageState.WAITING, "notice.later_to_some")
    assert waiting.answer == f"Not everybody has the message yet: {ben}: 450 4.2.0 Greylisted"
    assert (waiting.reached, waiting.refused) == ((ada,), (nobody,))
    mail.answers["MAIL"] = "421 4.3.0 Try later"
    assert room.look(after=600) == 0
    del mail.answers["MAIL"], mail.at_rcpt[ben]
    assert room.look(after=3600) == 0
    (told,) = sent_messages(room.runtime.workspace)
    assert [one.recipients for one in mail.received] == [[ada], [ben]], "nobody gets it twice"
    assert len({str(one.message["Message-ID"]) for one in mail.received}) == 1
    assert (told.state, told.code, told.reached) == (
        MessageState.GIVEN_UP, "notice.not_to_all", (ada, ben),
    )  # fmt: skip
    assert nobody in told.answer
    room.set_up_mail(mail, recipients=f"{ada}, {ben}")
    assert room.look() == 1
    (done,) = sent_messages(room.runtime.workspace)
    assert (done.state, done.code, len(mail.received)) == (MessageState.SENT, "", 2)


def test_a_dead_host_is_told_as_such(room: Room, mail: MailServer) -> None:
    room.set_up_mail(mail)
    mail.__exit__()
    told = _test(room)
    assert (told.code, dict(told.facts)["reason"]) == ("link.lost", "refused")


def test_a_server_that_hangs_is_left_when_the_time_is_over(
    room: Room, mail: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail.answers["MAIL"] = "hang"
    room.set_up_mail(mail)
    monkeypatch.setattr(room.runtime, "_carrying", _hasty(room))
    began = datetime.now(UTC)
    told = _test(room)
    assert told.code == "notice.too_slow"
    assert (datetime.now(UTC) - began).total_seconds() < 3


def _hasty(room: Room) -> Carrying:
    made: Carrying = room.runtime._carrying  # noqa: SLF001
    made._deadline_s = 0.2  # noqa: SLF001
    return made


def test_no_name_becomes_a_header(room: Room, mail: MailServer, acme: str) -> None:
    hostile = "Evil\r\nBcc: victim@example.com\r\n\r\nbody"
    with room.runtime.workspace.writing() as db:
        db.exec_driver_sql("update connections set name = ? where id = ?", (hostile, acme))
    room.prefer(names=True)
    room.set_up_mail(mail)
    room.look()
    room.sign_in(acme, is_needed=True)
    assert room.look() == 1
    message = mail.received[0].message
    assert message["Bcc"] is None
    assert mail.received[0].recipients == ["ada@example.com"]
    assert "Evil Bcc: victim@example.com" in str(message["Subject"])
    assert b"\r\nBcc:" not in mail.received[0].data


def test_an_address_with_a_line_break_or_none_is_refused(room: Room, mail: MailServer) -> None:
    for bad in ("ada", "a b@example.com", "Ada <ada@example.com>", "a@b.example\r\nBcc: c@d.example"):
        with pytest.raises(ConfigurationError, match=r"notice\.bad_answer"):
            room.set_up_mail(mail, recipients=bad)
    room.set_up_mail(mail, recipients="a..b@example.com")
    assert _test(room).code == "notify.bad_address", "what the pattern lets through the plugin refuses"


def test_the_password_may_lie_in_a_file_that_others_cannot_read(
    room: Room, server_tls: ssl.SSLContext
) -> None:
    file = room.path.with_name("password")
    file.write_text(f"{PASSWORD.replace(' ', '-')}\n")
    file.chmod(0o644)
    with MailServer(tls=server_tls, password=PASSWORD.replace(" ", "-")) as server:
        room.set_up_mail(server, security="starttls", user="ada", password_file=str(file))
        room.keyring.kept.clear()
        assert _test(room).code == "token_file.readable_by_others"
        file.chmod(0o600)
        assert _test(room).is_delivered
    assert room.keyring.kept == {}
