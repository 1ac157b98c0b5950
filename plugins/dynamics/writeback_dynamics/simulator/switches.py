"""What nobody outside Microsoft knows for sure, as settings (wire contract, section 20).

The first value of each is what we assume; a few conveniences stand beside them. A name or value that is
not listed is refused.
"""

from collections import abc

from writeback.errors import ConfigurationError

CHOICES: dict[str, tuple[str, ...]] = {
    "stale_code": ("0x80060882", "empty"),  # 1
    "missing_code": ("0x80040217", "empty"),  # 2
    "missing_with_etag": ("404", "412"),  # 3
    "unknown_in_body": ("0x80048d19", "0x0", "0x80090801"),  # 4
    "unknown_in_query": ("0x80060888", "0x0"),  # 4
    "duplicate_status": ("412", "500"),  # 5
    "duplicate_code": ("0x80040333", "0x80040237"),  # 5
    "key_duplicate_status": ("412", "400"),  # 6
    "status_text": ("seen", "listed"),  # 7
    "patch_entity_id": ("on", "off"),  # 9
    "batch_lines": ("tolerant", "strict"),  # 10
    "failed_change_set": ("one_part", "multipart"),  # 11
    "challenge": ("full", "bare", "none"),  # 12
    "payload_name": ("entity_set", "logical_name"),  # 13
    "payload_link": ("on", "off"),  # 13
    "upsert_multiple": ("on", "off"),  # 16
    "affinity_cookie": ("on", "off"),  # 17
    "automation": ("on", "off"),  # websiteurl is normalised as it is written
    "duplicate_rule": ("on", "off"),  # two accounts of one name, when detection is asked for
    "bypass_privilege": ("on", "off"),  # prvBypassCustomBusinessLogic and prvBypassCustomPlugins
    "impersonation_privilege": ("on", "off"),  # prvActOnBehalfOfAnotherUser
    "rotate_refresh_tokens": ("on", "off"),
}
NUMBERS: dict[str, float] = {
    "limit_requests": 6000,  # 14
    "limit_time_ms": 1_200_000,  # 14
    "limit_concurrent": 52,  # 14
    "limit_window_s": 300,
    "dop_hint": 8,
    "page_size": 5000,
    "delta_days": 7,
    "token_seconds": 3600,
    "code_seconds": 600,
    "device_seconds": 900,
    "device_polls": 1,  # how often a device code is still pending
    "extra_tables": 0,  # custom tables beside our own
}
TEXTS: dict[str, str] = {
    "client_id": "",  # the registration that is known; empty makes one of the seed
    "client_secret": "",
    "tenant_id": "",
    "redirect_uris": "",  # blank-separated; empty allows http://localhost with any port
}


class Switches:
    """The settings of one simulator."""

    def __init__(self, given: abc.Mapping[str, str] | None = None) -> None:
        self._choices = {name: values[0] for name, values in CHOICES.items()}
        self._numbers = dict(NUMBERS)
        self._texts = dict(TEXTS)
        for name, value in (given or {}).items():
            self._set(name, str(value))

    def __getitem__(self, name: str) -> str:
        return self._choices[name]

    def is_on(self, name: str) -> bool:
        """Say whether a switch is on."""
        return self._choices[name] == "on"

    def number(self, name: str) -> float:
        """Give a number."""
        return self._numbers[name]

    def text(self, name: str) -> str:
        """Give a text."""
        return self._texts[name]

    def _set(self, name: str, value: str) -> None:
        if name in self._choices and value in CHOICES[name]:
            self._choices[name] = value
        elif name in self._texts:
            self._texts[name] = value
        elif name in self._numbers:
            try:
                self._numbers[name] = float(value)
            except ValueError:
                raise ConfigurationError("simulator.bad_option", option=name, value=value) from None
        elif name in self._choices:
            choices = ", ".join(CHOICES[name])
            raise ConfigurationError("simulator.bad_option", option=name, value=value, choices=choices)
        else:
            known = ", ".join(sorted([*CHOICES, *NUMBERS, *TEXTS]))
            raise ConfigurationError("simulator.unknown_option", option=name, known=known)
