"""The list of plugins: name, version, publisher, trust, tier, status."""

from collections import abc

from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.translating import Words, mark, tr
from writeback.runtime.facade.plugins import PluginInfo
from writeback.sdk.manifest import Ability

STATUS_WORDS: abc.Mapping[str, str] = Words(
    {
        "found": mark("On"),
        "loaded": mark("On, running"),
        "failed": mark("Failed"),
        "too_new": mark("Needs newer Writeback"),
        "too_old": mark("Needs a newer version"),
        "duplicate": mark("Two claim one name"),
        "not_allowed": mark("Waiting for consent"),
        "changed": mark("Changed since allowed"),
        "off": mark("Off"),
        "blocked": mark("Blocked"),
    }
)
ABILITY_WORDS: abc.Mapping[str, str] = Words(
    {
        Ability.COMPILES_FILTERS: mark("filters of pulls"),
        Ability.CREATES_RECORDS: mark("new records"),
        Ability.READS_CHANGES: mark("pulls of changes only"),
        Ability.READS_DELETES: mark("deleted records"),
        Ability.READS_HISTORY: mark("history of values"),
        Ability.READS_PEOPLE: mark("users"),
        Ability.REPORTS_USAGE: mark("quotas"),
        Ability.SIGNS_IN_BY_BROWSER: mark("sign-in by browser"),
        Ability.SIGNS_IN_BY_DEVICE_CODE: mark("sign-in by a code"),
        Ability.SIGNS_IN_BY_REDIRECT: mark("sign-in by browser on this computer"),
        Ability.SIGNS_IN_WITH_CREDENTIALS: mark("sign-in with credentials"),
        Ability.TELLS_SCHEMA_REFUSALS: mark("schema drift found in answers"),
        Ability.WRITES_CONDITIONALLY: mark("checks by the CRM as it writes"),
        Ability.WRITES_IN_BULK: mark("bulk upload"),
    }
)
"""What a connector can do beyond the core."""
STATUS_TONES: abc.Mapping[str, str] = {
    "found": "ok",
    "loaded": "ok",
    "failed": "refused",
    "too_new": "refused",
    "too_old": "refused",
    "duplicate": "refused",
    "not_allowed": "draft",
    "changed": "draft",
    "off": "muted",
    "blocked": "refused",
}
STATUS_PICTURES: abc.Mapping[str, str] = {
    "ok": "check",
    "refused": "error",
    "draft": "question",
    "muted": "pause",
}
TIER_WORDS: abc.Mapping[str, str] = Words(
    {
        "": mark("Not claimed"),
        "bronze": mark("Bronze"),
        "silver": mark("Silver"),
        "gold": mark("Gold"),
        "platinum": mark("Platinum"),
    }
)
FAULT_WORDS: abc.Mapping[str, str] = Words(
    {
        "raised": mark("raised an error"),
        "hung": mark("did not answer"),
        "crashed": mark("ended the process"),
    }
)


def ability_word(name: str) -> str:
    """Say what an ability is called; one of a newer contract keeps its own name."""
    return ABILITY_WORDS.get(name, name)


def status_word(plugin: PluginInfo) -> str:
    """Say where a plugin stands."""
    if plugin.reason == "plugin.struck_off":
        return tr("Off after %n strikes", len(plugin.strikes))
    if plugin.reason == "plugin.safe_start":
        return tr("Off: safe start")
    return tr(STATUS_WORDS.get(plugin.status, plugin.status))


def status_tone(plugin: PluginInfo) -> str:
    """Give the colour that goes with the word."""
    if plugin.reason in ("plugin.struck_off", "plugin.safe_start"):
        return "refused"
    return STATUS_TONES.get(plugin.status, "muted")


def trust_word(plugin: PluginInfo) -> str:
    """Say whose word a plugin runs on."""
    if plugin.is_bundled:
        return tr("Part of Writeback")
    if plugin.status in ("not_allowed", "changed"):
        return tr("Nobody's")
    return tr("Allowed by you") if plugin.is_usable else tr("–")


def tier_word(plugin: PluginInfo) -> str:
    """Give the tier that a plugin claims."""
    known = TIER_WORDS.get(plugin.tier)
    return plugin.tier if known is None else tr(known)


def plugins_model() -> ListModel[PluginInfo]:
    """Make the model."""
    return ListModel[PluginInfo](
        (
            Spec(tr("Plugin"), lambda one: one.title, width=220),
            Spec(
                tr("Status"),
                status_word,
                tone=status_tone,
                picture=lambda one: STATUS_PICTURES[status_tone(one)],
                width=165,
            ),
            Spec(tr("Trust"), trust_word, width=190),
            Spec(tr("Tier"), tier_word, width=120),
            Spec(tr("Version"), lambda one: one.version, width=80),
            Spec(tr("Publisher"), lambda one: one.publisher, width=120),
        )
    )
