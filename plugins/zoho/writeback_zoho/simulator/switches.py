"""What nobody outside Zoho knows for sure, as settings (wire contract, section 15).

The first value of each is what we assume; a few conveniences stand beside them. A name or value that is
not listed is refused.
"""

from collections import abc

from writeback.sdk import simulator

CHOICES: dict[str, tuple[str, ...]] = {
    "outside_picklist": ("refused", "accepted"),  # 1
    "unknown_id": ("204", "400"),  # 2
    "bulk_created_code": ("SUCCESS", "ADDED"),  # 5
    "in_progress": ("INPROGRESS", "IN PROGRESS"),  # 6
    "dead_token": ("INVALID_TOKEN", "AUTHENTICATION_FAILURE", "INVALID_OAUTHTOKEN"),  # 7
    "owner_by_email": ("refused", "accepted"),  # 8
    "unknown_field": ("refused", "ignored"),  # 8, in a write
    "other_dc_key": ("user_location", "user_dc"),  # 9
    "download_url": ("path", "absolute"),  # 10
    "csv_booleans": ("true_false", "any"),  # 11
    "throttled_token": ("200", "400"),  # 13
    "refresh_scope": ("ignored", "narrows"),  # 14
    "read_only_field": ("refused", "ignored"),  # a write that names a formula or a system field
    "unknown_column": ("ignored", "refused"),  # a list read that names a field nobody knows
    "stale_in_batch": ("row", "request"),  # what 412 is about where several rows were sent
    "coql_lookup": ("id", "name_and_id"),  # how COQL shows a lookup that is selected as a whole
    "dead_id_in_bulk": ("RESOURCE_NOT_FOUND", "INVALID_DATA"),
    "bulk_automation": ("off", "on"),  # whether the workflow fires in a bulk write
    "automation": ("on", "off"),  # the workflow that rewrites Website
    "second_field": ("off", "on"),  # a workflow: an account's tier sets its notes as well
    "org_type": ("sandbox", "production", "developer"),  # a simulator is no production
    "edition": ("enterprise", "free", "standard", "professional", "ultimate"),  # 16: credits, concurrency
}
NUMBERS: dict[str, float] = {
    "job_seconds": 0.05,  # how long a bulk job stays ADDED, and again INPROGRESS
    "credits_per_day": 0,  # 16; 0 is what the edition says
    "concurrency": 0,  # 16; 0 is what the edition says
    "heavy_concurrency": 10,  # 12, 16
    "search_lag_s": 5,  # a search does not see what was written since
    "page_token_hours": 24,
    "token_rows": 100_000,  # how far page tokens reach
    "code_seconds": 180,
    "token_seconds": 3600,
    "extra_objects": 0,  # custom modules beside our own
    "coql_columns": 50,
    "coql_values": 50,  # in one `in (…)`
}
TEXTS: dict[str, str] = {
    "client_id": "",  # the only client that is known beside the one of `credentials`; empty knows all
    "redirect_uris": "",  # the registered callbacks, blank-separated; empty allows all
    "location": "us",  # the data centre named in the redirect
    "accounts_server": "",  # 4; empty is the simulator's own address
    "api_domain": "",  # the same, in the token answer
    "other_dc": "",  # the device flow sends the client to this data centre
    "utc_offset": "+05:30",  # the zone of the signed-in user
}


class Switches(simulator.Switches):
    """The settings of one simulator."""

    def __init__(self, given: abc.Mapping[str, str] | None = None) -> None:
        super().__init__(given, choices=CHOICES, numbers=NUMBERS, texts=TEXTS)
