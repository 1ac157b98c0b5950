"""One redactor for log, exchange recorder, tracebacks and command line.

Four passes, the surest first: secrets of the open sessions (as they are, URL-encoded, base64), header
names, body and query keys, token shapes of the vendors. What is taken out leaves
`‹redacted:8 hex digits›` of a keyed digest, so that two sightings of one secret can be matched.
It never raises and never decides what is logged; it only takes secrets out. Every pattern takes time in
proportion to the text, whatever the text holds: bodies are hostile.
"""

import base64
import hashlib
import hmac
import logging
import re
import secrets as entropy
import threading
from collections import abc
from typing import Final
from urllib.parse import quote, quote_plus

SHORTEST: Final = 6
"""Shorter words are not secrets; taking them out would blank ordinary text."""
_MARK = "‹redacted:"
_HEADERS = r"(?:proxy-)?authorization|(?:set-)?cookie|x-sfdc-session|x-api-key|x-[a-z0-9-]{0,40}token"
_KEYS = (
    r"access_token|refresh_token|id_token|client_secret|code_verifier|assertion|device_code|password"
    r"|passphrase|session_?id|signature|api_key|securitytoken"
)
_QUERY_ONLY = (
    r"code|state|sig|sid|token|x-amz-[a-z-]+|x-goog-[a-z-]+|googleaccessid|awsaccesskeyid|oauth_token"
)
_SHAPES = (
    ("00d", r"00D[A-Za-z0-9]{12,15}![A-Za-z0-9._]{20,}"),  # Salesforce session
    ("5aep", r"5Aep[A-Za-z0-9._]{30,}"),  # Salesforce refresh token
    ("pat-", r"pat-(?:na|eu|ap)\d-[0-9a-fA-F-]{36}"),  # HubSpot private app
    ("eyj", r"(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*"),  # a JWT
    ("0.a", r"0\.A[A-Za-z0-9_-]{60,}(?:\.[A-Za-z0-9_-]+)*"),  # Microsoft refresh token
    ("1.a", r"1\.A[A-Za-z0-9_-]{60,}(?:\.[A-Za-z0-9_-]+)*"),
    ("1000.", r"1000\.[0-9a-f]{32}\.[0-9a-f]{32}"),  # Zoho
)
"""By a word, in small letters, that stands in all they find. Each begins with letters of its own, by which a
long text is looked through at once; as one pattern they take ten times as long."""
_HEADER_LINE = re.compile(
    rf"(?P<name>(?:\b|(?<=\\[nr]))(?:{_HEADERS})\b[\"']?\s*[:=]\s*b?[\"']?)"
    r"(?P<value>(?:[A-Za-z-]+ )?[^\r\n\"'\\,}]+)",
    re.IGNORECASE,
)
_JSON_KEY = re.compile(
    rf"(?P<name>[\"'](?:{_KEYS})[\"']\s*:\s*b?[\"'])(?P<value>(?:[^\"'\\]|\\.)+)", re.IGNORECASE
)
_FORM_KEY = re.compile(rf"(?P<name>(?<![\w-])(?:{_KEYS})=[\"']?)(?P<value>[^&\s\"'<>]+)", re.IGNORECASE)
_QUERY_KEY = re.compile(
    rf"(?P<name>(?:^|(?<=[?&;]))(?:{_QUERY_ONLY})=)(?P<value>[^&\s\"'<>#]+)", re.IGNORECASE
)
_TAG = re.compile(rf"(?P<name><(?:\w+:)?(?:{_KEYS})>)(?P<value>[^<]+)", re.IGNORECASE)
_USERINFO = re.compile(
    r"(?P<name>\b[a-z][a-z0-9+.-]{0,20}://)(?P<value>[^/?#\s@]{1,500})(?=@)", re.IGNORECASE
)
_AFTER_SCHEME = re.compile(r"://[^/?#\s@]{1,500}@")
"""Stands in all that `_USERINFO` finds, and is found much faster: bodies are full of addresses."""
_KEY_WORDS = (*_KEYS.replace("_?", "").split("|"), "session_id")
_PASSES: Final[tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]] = (
    (_HEADER_LINE, ("authorization", "cookie", "token", "x-sfdc-session", "x-api-key")),
    (_JSON_KEY, _KEY_WORDS),
    (_FORM_KEY, _KEY_WORDS),
    (
        _QUERY_KEY,
        ("code=", "state=", "sig=", "sid=", "token=", "x-amz-", "x-goog-", "accessid=", "accesskeyid="),
    ),
    (_TAG, _KEY_WORDS),
    (_USERINFO, ("://",)),
    *((re.compile(rf"(?P<name>)(?P<value>{shape})"), (word,)) for word, shape in _SHAPES),
)
"""Each with words, in small letters, without one of which it finds nothing: most bodies hold none."""
_WORDS: Final = frozenset(word for _, words in _PASSES for word in words)
_SECRET_HEADER = re.compile(rf"(?:{_HEADERS})", re.IGNORECASE)


class Redactor:
    """Takes secrets out of text. One per process; safe to share between threads."""

    def __init__(self, *, key: bytes | None = None) -> None:
        self._key = key or entropy.token_bytes(32)
        self._lock = threading.Lock()
        self._forms: dict[str, str] = {}
        self._known: tuple[re.Pattern[str], tuple[str, ...]] | None = None
        """What finds the secrets, and their forms: most texts hold none, and to look for each is faster."""

    def __repr__(self) -> str:
        return "Redactor()"

    def learn(self, secret: str) -> None:
        """Take this secret out from now on, in all its forms."""
        if len(secret) < SHORTEST:
            return
        with self._lock:
            mark = self._mark(secret)
            self._forms.update(dict.fromkeys(_forms(secret), mark))
            self._rebuild()

    def forget(self, secret: str) -> None:
        """Stop looking for a secret that is no longer in force."""
        with self._lock:
            for form in _forms(secret):
                self._forms.pop(form, None)
            self._rebuild()

    def text(self, text: str) -> str:
        """Give the text without secrets."""
        known, forms = self._known, self._forms
        if known is not None and any(form in text for form in known[1]):
            text = known[0].sub(lambda found: forms.get(found[0], f"{_MARK}00000000›"), text)
        small = text.lower()
        there = {word for word in _WORDS if word in small}
        for pattern, words in _PASSES if there else ():
            if there.isdisjoint(words) or (pattern is _USERINFO and not _AFTER_SCHEME.search(text)):
                continue
            text = pattern.sub(self._replace, text)
        return text

    def headers(
        self, headers: abc.Mapping[str, str] | abc.Mapping[str, str | bytes]
    ) -> tuple[tuple[str, str], ...]:
        """Give header lines without secrets."""
        return tuple((name, self._header(name, _as_text(value))) for name, value in headers.items())

    def _header(self, name: str, value: str) -> str:
        if not _SECRET_HEADER.fullmatch(name):
            return self.text(value)
        scheme, space, credential = value.partition(" ")
        if space and scheme.isascii() and scheme.replace("-", "").isalpha():
            return f"{scheme} {self._mark(credential)}"
        return self._mark(value)

    def _replace(self, found: re.Match[str]) -> str:
        value = found["value"]
        if _MARK in value:
            return found[0]
        return found["name"] + self._mark(value)

    def _mark(self, secret: str) -> str:
        digest = hmac.new(self._key, secret.encode("utf-8", "surrogatepass"), hashlib.sha256)
        return f"{_MARK}{digest.hexdigest()[:8]}›"

    def _rebuild(self) -> None:
        forms = dict(self._forms)  # readers hold the old one until both are in place
        longest_first = sorted(forms, key=len, reverse=True)
        pattern = re.compile("|".join(map(re.escape, longest_first)))
        self._known = (pattern, tuple(longest_first)) if forms else None
        self._forms = forms


class RedactingFormatter(logging.Formatter):
    """Formats by another formatter, then takes secrets out: message, arguments and traceback alike.

    It sits on handlers, so records of requests, urllib3 or Authlib pass it like our own.
    """

    def __init__(self, inner: logging.Formatter, redactor: Redactor) -> None:
        super().__init__()
        self._inner = inner
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        """Give the line without secrets."""
        return self._redactor.text(self._inner.format(record))


def redact_handlers(logger: logging.Logger, redactor: Redactor) -> None:
    """Put the redactor on every handler of `logger`; asked twice, it does it once."""
    for handler in logger.handlers:
        inner = handler.formatter or logging.Formatter()
        if not isinstance(inner, RedactingFormatter):
            handler.setFormatter(RedactingFormatter(inner, redactor))


def _as_text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("latin-1")


def _forms(secret: str) -> abc.Set[str]:
    """Give the ways a secret may be written: plain, URL-encoded, JSON, base64 at each of three offsets."""
    raw = secret.encode("utf-8", "surrogatepass")
    forms = {secret, quote(raw, safe=""), quote(raw), quote_plus(raw), secret.replace("/", r"\/")}
    for lead in range(3):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            text = encode(b"\0" * lead + raw).decode()
            first = (0, 2, 3)[lead]  # characters that depend on what stands before the secret
            last = len(text.rstrip("=")) - (1 if (lead + len(raw)) % 3 else 0)  # … and on what follows
            forms.add(text[first:last])
    return {form for form in forms if len(form) >= SHORTEST}
