"""Make the records of the simulated portal from a seed and a row number.

Every function here is a function of the row number: nothing is stored. Some records hold hostile text on
purpose (`words`).
"""

import re
from collections import abc
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from writeback.sdk.simulator import mix
from writeback_hubspot.simulator import words
from writeback_hubspot.simulator.tables import Getter, Maker, Seeds

_START = datetime(2025, 1, 1, tzinfo=UTC)
_SPAN_S = 500 * 86_400
_HOSTILE_EVERY = 17


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many records each object starts with."""

    companies: int
    seed: int

    @property
    def contacts(self) -> int:
        """Three contacts to two companies."""
        return self.companies * 3 // 2

    @property
    def deals(self) -> int:
        """One for every second company."""
        return self.companies // 2


def seed_objects(sizes: Sizes, owners: abc.Sequence[str]) -> dict[str, Seeds]:
    """Say how the records of every object are made."""
    return {
        "companies": _companies(sizes, owners),
        "contacts": _contacts(sizes, owners),
        "deals": _deals(sizes, owners),
        "service_plan": _plans(min(50, sizes.companies)),
    }


def moment(at: datetime) -> str:
    """Give a moment the way the API shows it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@lru_cache(maxsize=4096)
def _second(seconds: int) -> str:
    return (_START + timedelta(seconds=seconds)).isoformat()[:19]


def _stamp(rows: int, shift: int) -> Maker:
    """Give rows stamps that grow with their number."""
    step = max(1, min(7200, _SPAN_S // max(rows, 1)))
    return lambda row: f"{_second(row * step + shift)}.{(row * 37) % 1000:03}Z"


def _pick(values: abc.Sequence[str], step: int, shift: int = 0) -> Maker:
    count = len(values)
    return lambda row: values[(row * step + shift) % count]


def _sometimes(make: Maker, every: int, empty: int = 0) -> Maker:
    """Leave every n-th row without a value."""
    return lambda row: None if row % every == empty else make(row)


def _number(seed: int, salt: int, low: int, high: int) -> Maker:
    return lambda row: str(low + mix(seed, salt, row) % (high - low))


def _day(salt: int, span: int = 900) -> Maker:
    return lambda row: (_START + timedelta(days=(row * 7 + salt) % span)).date().isoformat()


def _embedded(pattern: str) -> abc.Callable[[str], int | None]:
    """Find the row number that a seeded unique value carries."""
    compiled = re.compile(pattern)

    def probe(value: str) -> int | None:
        found = compiled.fullmatch(value)
        return int(found[1]) if found else None

    return probe


def _companies(sizes: Sizes, owners: abc.Sequence[str]) -> Seeds:
    rows, seed = sizes.companies, sizes.seed

    def name(row: int) -> str:
        if row % _HOSTILE_EVERY == 3:
            return words.HOSTILE_NAMES[row // _HOSTILE_EVERY % len(words.HOSTILE_NAMES)]
        place = words.PLACES[(row + seed) % len(words.PLACES)]
        trade = words.TRADES[row // len(words.PLACES) % len(words.TRADES)]
        return f"{place} {trade} {words.FORMS[row * 7 % len(words.FORMS)]}"

    makers: dict[str, Maker] = {
        "name": name,
        "domain": lambda row: f"company{row // 2 if row % 50 == 1 else row}.example",  # some share one
        "website": _sometimes(lambda row: f"https://www.company{row}.example/", 6),
        "phone": _sometimes(lambda row: f"+45 33 {row % 100:02} {row // 100 % 100:02} 00", 5),
        "description": _sometimes(_pick(words.NOTES, 1), 3),
        "address": lambda row: f"{row % 90 + 1} Mill Lane",
        "city": _pick(words.CITIES, 3),
        "zip": lambda row: f"{row % 10_000:05}",
        "country": _pick(words.COUNTRIES, 5),
        "industry": _sometimes(
            _pick(("RETAIL", "SOFTWARE", "ENERGY", "LOGISTICS", "BANKING", "FOOD_DRINK"), 5), 9
        ),
        "type": _pick(("PROSPECT", "PARTNER", "RESELLER", "VENDOR", "OTHER"), 3),
        "lifecyclestage": _pick(("lead", "opportunity", "customer", "other"), 3),
        "annualrevenue": _sometimes(_number(seed, 11, 50_000, 90_000_000), 7),
        "numberofemployees": _sometimes(_number(seed, 12, 1, 5000), 11),
        "founded_year": _sometimes(lambda row: str(1950 + row % 70), 4),
        "is_public": _pick(("true", "false", "false"), 1),
        "external_id": lambda row: f"C-{row:07}",
        "tier": _sometimes(_pick(("gold", "silver", "bronze", "none"), 3), 5),
        "segments": _sometimes(_pick(("retail", "retail;export", "wholesale;public", "r_and_d"), 1), 4),
        "credit_score": _sometimes(lambda row: f"{300 + row * 13 % 550}.{row % 10}", 6),
        "contract_end": _sometimes(_day(400), 3),
        "last_audit_at": _sometimes(lambda row: f"{_second(row * 61)}.000Z", 4),
        "billing_phone": _sometimes(lambda row: f"+49221{row:06}", 3),
        "is_key_account": _sometimes(_pick(("true", "false"), 1), 3),
        "briefing": _sometimes(lambda row: f"<p>Calls on <b>day {row % 7}</b></p>", 5),
        "hubspot_owner_id": _sometimes(_pick(owners, 13), 8),
        "createdate": _stamp(rows, 0),
        "hs_lastmodifieddate": _stamp(rows, 86_400),
        "num_associated_contacts": lambda row: str(len(range(row, sizes.contacts, max(rows, 1)))),
    }
    computed = {"revenue_per_employee": _revenue_per_employee}
    return Seeds(rows, makers, computed, {"external_id": _embedded(r"c-(\d{1,9})")})


def _contacts(sizes: Sizes, owners: abc.Sequence[str]) -> Seeds:
    first, last = _pick(words.FIRST, 5), _pick(words.LAST, 3)

    def email(row: int) -> str:
        local = f"{first(row)}.{last(row)}".lower().encode("ascii", "ignore").decode().replace("'", "")
        return f"{local}.{row}@people.example"

    makers: dict[str, Maker] = {
        "firstname": _sometimes(first, 40, 9),
        "lastname": last,
        "email": _sometimes(email, 25, 24),
        "phone": _sometimes(lambda row: f"+34 91 {row % 1000:03} 00", 3),
        "jobtitle": _sometimes(_pick(words.JOBS, 1), 4),
        "city": _pick(words.CITIES, 1),
        "country": _pick(words.COUNTRIES, 2),
        "message": _sometimes(_pick(words.NOTES, 2), 3),
        "lifecyclestage": _pick(("lead", "customer", "subscriber"), 1),
        "hs_lead_status": _sometimes(_pick(("NEW", "OPEN", "IN_PROGRESS"), 1), 2),
        "associatedcompanyid": lambda row: str(98_501 + row % sizes.companies) if sizes.companies else None,
        "customer_number": lambda row: f"K-{row:07}",
        "newsletter": _pick(("true", "false"), 1),
        "interests": _sometimes(_pick(("fairs", "fairs;news", "training;support"), 1), 3),
        "birthday": _sometimes(lambda row: f"{1950 + row % 50}-{row % 12 + 1:02}-{row % 28 + 1:02}", 3),
        "last_visit_at": _sometimes(lambda row: f"{_second(row * 67)}.000Z", 2),
        "loyalty_points": _sometimes(_number(sizes.seed, 21, 0, 9000), 5),
        "hubspot_owner_id": _sometimes(_pick(owners, 7), 6),
        "createdate": _stamp(sizes.contacts, 0),
        "lastmodifieddate": _stamp(sizes.contacts, 86_400),
    }
    probes = {
        "email": _embedded(r".*\.(\d{1,9})@people\.example"),
        "customer_number": _embedded(r"k-(\d{1,9})"),
    }
    return Seeds(sizes.contacts, makers, {}, probes)


def _deals(sizes: Sizes, owners: abc.Sequence[str]) -> Seeds:
    stages = ("appointmentscheduled", "qualifiedtobuy", "presentationscheduled", "closedlost")
    makers: dict[str, Maker] = {
        "dealname": lambda row: f"{words.TRADES[row % len(words.TRADES)]} – order {row}",
        "amount": _sometimes(lambda row: f"{mix(sizes.seed, 31, row) % 900_000}.50", 6),
        "closedate": lambda row: f"{_second(row * 71 + 9_000_000)}.000Z",
        "pipeline": lambda row: "98765001" if row % 4 == 3 else "default",
        "dealstage": lambda row: "98765011" if row % 4 == 3 else stages[row // 4 % 4],
        "dealtype": _sometimes(_pick(("newbusiness", "existingbusiness"), 1), 3),
        "description": _sometimes(_pick(words.NOTES, 3), 2),
        "next_review": _sometimes(_day(30), 2),
        "order_number": lambda row: f"O-{row:07}",
        "hubspot_owner_id": _sometimes(_pick(owners, 11), 5),
        "createdate": _stamp(sizes.deals, 0),
        "hs_lastmodifieddate": _stamp(sizes.deals, 86_400),
    }
    computed = {"hs_is_closed_won": _is_won}
    return Seeds(sizes.deals, makers, computed, {"order_number": _embedded(r"o-(\d{1,9})")})


def _plans(rows: int) -> Seeds:
    makers: dict[str, Maker] = {
        "plan_name": lambda row: f"Plan {row} “{words.PLACES[row % len(words.PLACES)]}”",
        "plan_code": lambda row: f"P-{row:05}",
        "level": _pick(("basic", "plus", "premium"), 1),
        "monthly_fee": lambda row: f"{10 + row}.90",
        "starts_on": _day(5),
        "createdate": _stamp(rows, 0),
        "hs_lastmodifieddate": _stamp(rows, 86_400),
    }
    return Seeds(rows, makers, {}, {"plan_code": _embedded(r"p-(\d{1,9})")})


def _revenue_per_employee(_row: int, get: Getter) -> str | None:
    revenue, people = get("annualrevenue"), get("numberofemployees")
    if not revenue or not people or float(people) == 0:
        return None
    return f"{float(revenue) / float(people):.2f}"


def _is_won(_row: int, get: Getter) -> str:
    return "true" if get("dealstage") in ("closedwon", "98765012") else "false"
