"""What nobody outside HubSpot knows for sure, as settings (wire contract, section 17).

The first value of each is what we assume; a few conveniences stand beside them. A name or value that is
not listed is refused.
"""

from collections import abc

from writeback.sdk import simulator

CHOICES: dict[str, tuple[str, ...]] = {
    "null_in_write": ("clears", "ignored", "refused"),  # 1
    "mixed_status_2026_09": ("200", "207"),  # 2
    "invalid_in_batch": ("row", "whole"),  # 3
    "unknown_read_property": ("ignored", "refused"),  # 4
    "cleared_value": ("null", "empty"),  # 5
    "duplicate_ids": ("refused", "last_wins"),  # 6
    "json_types": ("accepted", "refused"),  # 7
    "rotate_refresh_tokens": ("off", "on"),  # 8
    "pkce_without_secret": ("refused", "accepted"),  # 9
    "token_errors": ("status", "oauth"),  # 10: 400 status+message, or 401 with `error`
    "expired_category": ("expired", "invalid"),  # 11
    "missing_scopes_context": ("on", "off"),  # 12
    "search_filters": ("5x6", "5x10"),  # 14
    "association_batch": ("100", "2000"),  # 15
    "retry_after": ("absent", "present"),  # 16
    "upsert_by_email": ("partial", "refused"),  # 17
    "batch_update_id_property": ("refused", "unique"),  # 21
    "error_words": ("named", "other"),  # 22
    "to_object_id": ("number", "string"),  # section 9 says number, the published documents say string
    "validation_errors": ("both", "embedded", "details"),  # section 11, "newer answers also carry"
    "limits": ("off", "on"),  # the limits of section 12 are enforced
    "write_validation": ("on", "off"),  # on 2026-09: a won deal needs its reason
    "automation": ("on", "off"),  # a domain is normalised as it is written
    "workflow": ("off", "on"),  # after the answer: a company's city in capitals, and its country set
    "result_order": ("shuffled", "as_sent"),
    "account_type": (
        "SANDBOX",
        "STANDARD",
        "DEVELOPER_TEST",
        "APP_DEVELOPER",
    ),  # a simulator is no production
}
NUMBERS: dict[str, float] = {
    "calls_per_day": 650_000,  # 13
    "calls_per_10_s": 190,
    "searches_per_s": 5,
    "text_length": 65_536,  # 18
    "search_lag_s": 0,  # how long a write stays invisible to search
    "token_s": 1800,  # how long an OAuth access token lives
    "code_s": 300,
    "custom_objects": 0,  # 1 adds the custom object `service_plan`
    "job_s": 0.05,  # how long an import or export is PROCESSING
}
TEXTS: dict[str, str] = {
    "scopes": "",  # what the service key may, blank-separated; empty is everything
    "redirect_uris": "",  # the registered callbacks, blank-separated; empty allows all
    "time_zone": "Europe/Berlin",  # of the account: its midnight resets the daily limit
}


class Switches(simulator.Switches):
    """The settings of one simulator."""

    def __init__(self, given: abc.Mapping[str, str] | None = None) -> None:
        super().__init__(given, choices=CHOICES, numbers=NUMBERS, texts=TEXTS)
