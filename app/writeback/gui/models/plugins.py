"""The list of plugins: name, version, publisher, trust, tier, status."""

from collections import abc

from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.translating import Words, mark, tr
from writeback.runtime.facade.plugins import PluginInfo

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
            Spec(tr("Plugin"), lambda one: one.title, width=150),
            Spec(
                tr("Status"),
                status_word,
                tone=status_tone,
                picture=lambda one: STATUS_PICTURES[status_tone(one)],
                width=165,
            ),
            Spec(tr("Trust"), trust_word, width=180),
            Spec(tr("Tier"), tier_word, width=90),
            Spec(tr("Version"), lambda one: one.version, width=80),
            Spec(tr("Publisher"), lambda one: one.publisher, width=120),
        )
    )
