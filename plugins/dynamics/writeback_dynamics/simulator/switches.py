"""What nobody outside Microsoft knows for sure, as settings (wire contract, section 20).

The first value of each is what we assume; a few conveniences stand beside them. A name or value that is
not listed is refused.
"""

from collections import abc

from writeback.sdk import simulator

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
    "second_field": ("off", "on"),  # a plug-in: an account's tier sets its description as well
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


class Switches(simulator.Switches):
    """The settings of one simulator."""

    def __init__(self, given: abc.Mapping[str, str] | None = None) -> None:
        super().__init__(given, choices=CHOICES, numbers=NUMBERS, texts=TEXTS)
