"""What a message looks like on the wire, without a wire."""

import hashlib
import hmac
import json
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.headerregistry import Address

import pytest

from writeback.errors import InvalidRequestError
from writeback.sdk.channels import Channel, NoticeEvent, NoticeLine
from writeback_notify.mail import MOST_SUBJECT, message_of
from writeback_notify.texts import MOST_LINES, body_of
from writeback_notify.webhook import document_of, headers_of

AT = datetime(2026, 11, 27, 14, 3, tzinfo=UTC)
LINE = NoticeLine(
    "partial", "Job 7 is done; 3 of its 20 rows were not written.", AT, job=7, rows=20, not_written=3
)
EVENT = NoticeEvent("m1", LINE.words, (LINE,), AT)
ADA, WE = Address(addr_spec="ada@example.com"), Address(addr_spec="writeback@example.com")


def _channel(form: dict[str, str] | None = None, **secrets: str) -> Channel:
    return Channel(
        name="webhook",
        form={"url": "https://hooks.example.com/a", **(form or {})},
        secret=lambda name: secrets.get(name, ""),
        http=None,  # type: ignore[arg-type]  nothing is sent here
        dial=None,  # type: ignore[arg-type]  nothing here connects to a server
        tls=None,
        is_loopback=False,
        seconds=30,
        now=lambda: AT,
    )


def test_a_mail_says_who_what_and_when_and_asks_for_no_answer() -> None:
    raw = message_of(EVENT, _channel(), sender=WE, recipients=(ADA,))
    told = message_from_bytes(raw, policy=policy.default)
    assert (told["From"], told["To"]) == ("writeback@example.com", "ada@example.com")
    assert told["Subject"] == f"Writeback: {LINE.words}"
    assert (told["Message-ID"], told["X-Writeback-Delivery"]) == ("<m1@example.com>", "m1")
    assert told["Date"].datetime == AT
    assert told.get_content_type() == "text/plain"
    assert "2026-11-27 14:03 UTC  Job 7 is done" in told.get_content()


@pytest.mark.parametrize(
    "title", ["a\r\nBcc: x@y.example", "a\nb", "a\r\n\r\nbody", "\u2028Bcc: x@y.example", "ö" * 400]
)
def test_no_title_makes_a_header_or_a_fold(title: str) -> None:
    raw = message_of(replace(EVENT, title=title), _channel(), sender=WE, recipients=(ADA,))
    told = message_from_bytes(raw, policy=policy.default)
    assert told["Bcc"] is None
    assert len(str(told["Subject"])) <= MOST_SUBJECT
    assert {name.lower() for name in told} == {
        *("from", "to", "subject", "date", "message-id", "auto-submitted", "x-auto-response-suppress"),
        *("x-writeback-delivery", "content-type", "content-transfer-encoding", "mime-version"),
    }


def test_a_line_of_one_dot_does_not_end_a_mail() -> None:
    event = replace(EVENT, lines=(replace(LINE, words="."),))
    assert b"\r\n.\r\n" not in message_of(event, _channel(), sender=WE, recipients=(ADA,))


def test_a_digest_of_very_many_says_how_many_it_leaves_out() -> None:
    event = replace(EVENT, lines=(LINE,) * (MOST_LINES + 7), is_digest=True)
    assert body_of(event).splitlines()[-1] == "… +7"
    told = document_of(event)
    assert (len(told["notices"]), told["count"]) == (MOST_LINES, MOST_LINES + 7)


def test_a_document_holds_words_numbers_and_nothing_that_is_nothing() -> None:
    told = json.loads(json.dumps(document_of(EVENT)))
    assert told["notices"] == [
        {
            "kind": "partial",
            "words": LINE.words,
            "at": "2026-11-27T14:03:00+00:00",
            "job": 7,
            "rows": 20,
            "not_written": 3,
        }
    ]


def test_a_signature_is_bound_to_body_and_time() -> None:
    headers = headers_of(EVENT, _channel(signing_key="k"), b"{}")
    seconds = str(int(AT.timestamp()))
    digest = hmac.new(b"k", f"{seconds}.{{}}".encode(), hashlib.sha256).hexdigest()
    assert headers["X-Writeback-Signature"] == f"t={seconds},v1={digest}"
    assert headers_of(EVENT, _channel(signing_key="k"), b"{ }") != headers
    assert "X-Writeback-Signature" not in headers_of(EVENT, _channel(), b"{}")


@pytest.mark.parametrize("name", ["Host", "content-length", "a:b", "a b", "naïve"])
def test_a_secret_takes_the_place_of_no_header_of_ours(name: str) -> None:
    with pytest.raises(InvalidRequestError, match=r"notify\.bad_header"):
        headers_of(EVENT, _channel({"header": name}, token="s3cret"), b"{}")
    with pytest.raises(InvalidRequestError, match=r"notify\.bad_header"):
        headers_of(EVENT, _channel(token="s3\r\nX: y"), b"{}")
