"""E-mail by SMTP: encrypted, its server's certificate checked, one message to all recipients.

A server answers for each recipient: who is put off is tried again alone, who is refused is told by name, and
who has the message does not get it twice.

The line is the host's (`channel.dial`), so that it is cut when the time is over. The server's last answer is
what a person is shown. Whatever was said before the message's text was handed over changed nothing; a line
that is lost after it leaves open whether the message went, and the next try carries the same Message-ID.
"""

import smtplib
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime
from typing import Any, Final

from writeback.errors import (
    ConnectorError,
    InvalidRequestError,
    LinkLostError,
    OutcomeUnknownError,
    RefusedError,
    ServerBusyError,
    SignInRequiredError,
)
from writeback.sdk.channels import Channel, Delivered, NoticeEvent
from writeback_notify.texts import body_of

PORTS: Final = {"starttls": 587, "tls": 465, "none": 25}
MOST_SUBJECT: Final = 150
"""Characters; a longer one would be folded, and clients put it together again in ways of their own."""
OURSELVES: Final = "[127.0.0.1]"
"""What we call ourselves to the server: this computer's name is nobody's business."""


def send_mail(event: NoticeEvent, channel: Channel) -> Delivered:
    """Send a message to all recipients that are not settled; gives the server's answer, and who has it.

    Raises:
        InvalidRequestError: An address is none, or the line would not be encrypted.
        SignInRequiredError: The server does not take the sign-in.
        RefusedError: It does not take the message, or no recipient does.
        RetryableError: It could not be reached, or cannot just now, for any recipient.
        OutcomeUnknownError: The line was lost while the message was handed over.
    """
    security = channel.form.get("security") or "starttls"
    host = channel.form["server"]
    if security not in PORTS or (security == "none" and not channel.is_loopback):
        raise InvalidRequestError("notify.not_encrypted", host=host)
    sender = _address(channel.form["sender"])
    recipients = tuple(_address(one) for one in channel.form["recipients"].split(",") if one.strip())
    asked = tuple(one for one in recipients if one.addr_spec not in event.settled)
    if not asked:  # those that were missing are no recipients any more
        return Delivered("")
    message = message_of(event, channel, sender=sender, recipients=recipients)
    line = _Line(channel, is_encrypted=security == "tls")
    try:
        _greet(line, channel, host=host, port=_port(channel, security), upgrades=security == "starttls")
        return _hand_over(line, message, host=host, sender=sender, recipients=asked)
    except smtplib.SMTPResponseException as error:
        raise _refusal(error.smtp_code, error.smtp_error, host) from None
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        raise LinkLostError("notify.link_lost", host=host, kind=type(error).__name__) from None
    finally:
        line.leave()


def message_of(
    event: NoticeEvent, channel: Channel, *, sender: Address, recipients: tuple[Address, ...]
) -> bytes:
    """Give the bytes of a message. A line break in a title is none in its header."""
    message = EmailMessage(policy=SMTP_POLICY.clone(max_line_length=MOST_SUBJECT + 50))
    message["From"] = sender
    message["To"] = recipients
    message["Subject"] = " ".join(f"Writeback: {event.title}".split())[:MOST_SUBJECT]
    message["Date"] = format_datetime(channel.now())
    message["Message-ID"] = f"<{event.id}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message["X-Writeback-Delivery"] = event.id
    message.set_content(f"{body_of(event)}\n\n-- \nWriteback\n")
    return message.as_bytes()


class _Line(smtplib.SMTP):
    """SMTP over a line that the host opens."""

    def __init__(self, channel: Channel, *, is_encrypted: bool) -> None:
        super().__init__(local_hostname=OURSELVES)
        self._channel = channel
        self._is_encrypted = is_encrypted

    def _get_socket(self, host: str, port: int, timeout: float) -> Any:  # noqa: ANN401  smtplib's own hook; a socket
        del host, timeout  # the host's own line goes to the allowed host, and has its own time limit
        return self._channel.dial(port, is_encrypted=self._is_encrypted)

    def leave(self) -> None:
        """Say goodbye where there is somebody to say it to; the line is closed either way."""
        try:
            if self.sock is not None:
                self.quit()
        except (smtplib.SMTPException, OSError):
            pass  # what was handed over is handed over
        finally:
            self.close()


def _greet(line: _Line, channel: Channel, *, host: str, port: int, upgrades: bool) -> None:
    """Open the line, encrypt it and sign in."""
    code, answer = line.connect(host, port)
    if code != 220:
        raise _refusal(code, answer, host)
    line.ehlo_or_helo_if_needed()
    if upgrades:
        try:
            code, answer = line.starttls(context=channel.tls)
        except smtplib.SMTPNotSupportedError:
            raise RefusedError("notify.no_starttls", host=host) from None
        if code != 220:
            raise RefusedError("notify.no_starttls", host=host)
        line.ehlo_or_helo_if_needed()
    user = channel.form.get("user", "")
    if user:
        try:
            line.login(user, channel.secret("password"))
        except smtplib.SMTPNotSupportedError:
            raise RefusedError("notify.no_sign_in", host=host) from None
        except smtplib.SMTPAuthenticationError as error:
            told = _words(error.smtp_code, error.smtp_error)
            if error.smtp_code < 500:
                raise ServerBusyError("notify.busy", host=host, answer=told) from None
            raise SignInRequiredError("notify.sign_in_refused", host=host, answer=told) from None


def _hand_over(
    line: _Line, message: bytes, *, host: str, sender: Address, recipients: tuple[Address, ...]
) -> Delivered:
    code, answer = line.mail(sender.addr_spec)
    if code != 250:
        raise _refusal(code, answer, host)
    reached, later, refused = [], dict[str, str](), dict[str, str]()
    for one in recipients:
        code, answer = line.rcpt(one.addr_spec)
        if code in (250, 251):
            reached.append(one.addr_spec)
        elif 400 <= code < 500:
            later[one.addr_spec] = _words(code, answer)
        else:
            refused[one.addr_spec] = _words(code, answer)
    if not reached and not (later and refused):
        raise _refusal(code, answer, host)
    if not reached:
        return Delivered("", (), later, refused)
    try:
        code, answer = line.data(message)
    except smtplib.SMTPDataError:
        raise  # the server said no before it took the text
    except (smtplib.SMTPException, OSError) as error:
        raise OutcomeUnknownError("notify.no_answer", host=host, kind=type(error).__name__) from None
    if code != 250:
        raise _refusal(code, answer, host)
    return Delivered(_words(code, answer), tuple(reached), later, refused)


def _address(text: str) -> Address:
    try:
        found = Address(addr_spec=text.strip())
        found.addr_spec.encode("ascii")
    except (MessageError, ValueError, IndexError):  # the parser of addresses raises all three
        raise InvalidRequestError("notify.bad_address", address=text.strip()[:100]) from None
    if not found.username or not found.domain:
        raise InvalidRequestError("notify.bad_address", address=text.strip()[:100])
    return found


def _port(channel: Channel, security: str) -> int:
    text = channel.form.get("port", "")
    if not text:
        return PORTS[security]
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise InvalidRequestError("notify.bad_port", port=text[:20])
    return int(text)


def _refusal(code: int, answer: bytes | str, host: str) -> ConnectorError:
    told = _words(code, answer)
    if 400 <= code < 500:
        return ServerBusyError("notify.busy", host=host, answer=told)
    if code < 0:
        return LinkLostError("notify.link_lost", host=host, kind=told)
    return RefusedError("notify.refused", host=host, answer=told)


def _words(code: int, answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(f"{code} {text}".split())[:300]
