"""What nobody outside Salesforce knows for sure, as settings (wire contract, section 20).

The first value of each is what we assume; a few conveniences stand beside them. A name or value that is
not listed is refused.
"""

from collections import abc

from writeback.sdk import simulator

CHOICES: dict[str, tuple[str, ...]] = {
    "body_412": ("array", "empty", "html"),  # 1
    "composite_conditional": ("works", "ignored"),  # 2
    "nested_polymorphic": ("refused", "accepted"),  # 3: without attributes.type it is refused either way
    "boolean_text": ("accepted", "refused"),  # 4
    "byte_order_mark": ("fails", "stripped"),  # 6
    "second_put": ("400", "409"),  # 7
    "empty_csv": ("complete", "failed"),  # 8
    "crlf_in_cell": ("accepted", "fails"),  # 9
    "composite_queries": ("5", "25"),  # 11
    "malformed_id": ("not_found", "malformed_id"),  # 12
    "deleted_patch": ("entity_is_deleted", "not_found"),  # 13
    "header_case": ("insensitive", "exact"),  # 17
    "automation": ("on", "off"),  # Website is normalised as it is written
    "second_field": ("off", "on"),  # a flow: an account's tier sets its notes as well
    "validation_rule": ("off", "on"),  # a closing date in the past needs a next step
    "duplicate_rule": ("off", "on"),  # two accounts of one name
    "assignment_rule": ("off", "on"),  # an edited lead or case is given to somebody, unless told not to
    "rotate_refresh_tokens": ("off", "on"),
    "result_order": ("shuffled", "as_uploaded"),
}
NUMBERS: dict[str, float] = {
    "job_seconds": 0.05,  # how long a bulk job stays UploadComplete, and again InProgress
    "calls_per_day": 1_000_000,
    "extra_objects": 0,  # custom objects beside our own
    "cursor_seconds": 172_800,  # 10
    "code_seconds": 900,  # 16
    "page_size": 2000,
}
TEXTS: dict[str, str] = {
    "client_id": "",  # the only consumer key that is known; empty knows all
    "redirect_uris": "",  # the registered callbacks, blank-separated; empty allows all
}


class Switches(simulator.Switches):
    """The settings of one simulator."""

    def __init__(self, given: abc.Mapping[str, str] | None = None) -> None:
        super().__init__(given, choices=CHOICES, numbers=NUMBERS, texts=TEXTS)
