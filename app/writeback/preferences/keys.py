"""Every preference: its name in the file, its kind, what holds where nobody set it, and its words.

The page of settings, `writeback config` and the tests all read this table; a preference that is not
here does not exist. Titles and explanations are English sentences; the window translates them.
"""

import enum
from collections import abc
from dataclasses import dataclass
from typing import Final

from writeback.errors import ConfigurationError

Value = str | int | bool | abc.Mapping[str, object]
"""A preference's value; a mapping for `Kind.TABLE` alone."""


class Kind(enum.StrEnum):
    """What a preference holds."""

    CHOICE = "choice"
    NUMBER = "number"
    SWITCH = "switch"
    TIME = "time"
    """A time of day as HH:MM."""
    PROXY = "proxy"
    """The address of a proxy without a password; '' is none."""
    PATH = "path"
    """An absolute path of a file; '' is none."""
    MOMENT = "moment"
    """A moment in ISO form with its offset; '' is none."""
    TABLE = "table"
    """Names with values, for a screen of its own."""


class Starts(enum.StrEnum):
    """From when on a changed value holds."""

    NOW = "now"
    NEXT_START = "next_start"
    """From the next start of the window, of a command or of a worker."""


@dataclass(frozen=True, slots=True)
class Preference:
    """One preference."""

    name: str
    """`area.what`, as it stands in the file."""
    kind: Kind
    default: Value
    title: str
    help: str
    choices: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    """What people read for each choice; in the order of `choices`."""
    least: int = 0
    most: int = 0
    step: int = 1
    unit: str = ""
    starts: Starts = Starts.NOW
    aliases: str = ""
    """Further words by which a search finds it."""
    is_shown: bool = True
    """Stands on the page of settings; the others have a screen of their own."""

    @property
    def area(self) -> str:
        """The part of the page that it stands in."""
        return self.name.partition(".")[0]


def _notice(event: str, title: str, text: str, default: str = "window_tray") -> Preference:
    return Preference(
        f"notifications.{event}",
        Kind.CHOICE,
        default,
        title,
        text,
        ("off", "window", "window_tray"),
        ("Off", "In the window", "In the window and the tray"),
        aliases="notify message bell tray alert",
    )


KEYS: Final = (
    Preference(
        "appearance.theme",
        Kind.CHOICE,
        "system",
        "Theme",
        "Colours of the window.",
        ("system", "light", "dark", "contrast"),
        ("Like the system", "Light", "Dark", "High contrast"),
        aliases="colour color dark mode night accessibility",
    ),
    Preference(
        "appearance.text_size",
        Kind.NUMBER,
        100,
        "Text size",
        "Size of all text and of what stands around it.",
        least=80,
        most=200,
        step=10,
        unit="%",
        aliases="font zoom scale accessibility",
    ),
    Preference(
        "appearance.density",
        Kind.CHOICE,
        "regular",
        "Density",
        "Height of the rows of tables.",
        ("regular", "compact"),
        ("Regular", "Compact"),
        aliases="row height spacing",
    ),
    Preference(
        "appearance.motion",
        Kind.CHOICE,
        "system",
        "Motion",
        "Whether anything moves by itself, such as the shimmer of a screen that loads.",
        ("system", "full", "reduced"),
        ("Like the system", "Full", "Reduced"),
        aliases="animation accessibility",
    ),
    Preference(
        "language.texts",
        Kind.CHOICE,
        "system",
        "Language",
        "Language of the window's texts. The command line speaks English.",
        ("system", "en", "de"),
        ("Like the system", "English", "Deutsch"),
        starts=Starts.NEXT_START,
        aliases="translation german english deutsch sprache",
    ),
    Preference(
        "language.formats",
        Kind.CHOICE,
        "system",
        "Formats",
        "How numbers, dates and times are written.",
        ("system", "en_US", "en_GB", "de_DE", "de_CH", "fr_FR", "es_ES", "sv_SE"),
        (
            "Like the system",
            "English (United States)",
            "English (United Kingdom)",
            "German (Germany)",
            "German (Switzerland)",
            "French (France)",
            "Spanish (Spain)",
            "Swedish (Sweden)",
        ),
        aliases="date number decimal comma region locale",
    ),
    Preference(
        "keyboard.shortcuts",
        Kind.TABLE,
        {},
        "Shortcuts",
        "Keys of actions that are not those we ship; '' takes an action's key away.",
        aliases="keys remap keyboard hotkey",
        is_shown=False,
    ),
    Preference(
        "window.state",
        Kind.TABLE,
        {},
        "Window",
        "Place, regions and tabs of the window of each workspace.",
        is_shown=False,
    ),
    _notice("failure", "A job failed", "A job ended with no row confirmed written, or was stopped."),
    _notice("partial", "Partial success", "A job ended, and some of its rows were not written."),
    _notice("needs_you", "A job needs you", "Somebody has to say what happens to rows of a job."),
    _notice("recovered", "Recovered", "What was told before is over.", "window"),
    _notice("sign_in", "Sign-in needed", "A connection's sign-in has ended."),
    _notice("drift", "Schema drifted", "A CRM's fields or objects changed under mappings or jobs."),
    _notice("quota", "Quota", "A connection used more of its daily calls than the share below."),
    _notice("delivery", "Not delivered", "A message could not be taken off this machine."),
    _notice("play", "A SuccessPlay needs you", "A run is held, a loop was stopped, or a play cannot run."),
    _notice("pull", "A scheduled pull failed", "Records were not brought up to date when they were due."),
    Preference(
        "notifications.quota_percent",
        Kind.NUMBER,
        80,
        "Tell of the quota from",
        "Share of a connection's daily calls above which it is told, once a day.",
        least=1,
        most=100,
        step=5,
        unit="%",
        aliases="api calls limit",
    ),
    Preference(
        "notifications.quiet_hours",
        Kind.SWITCH,
        False,  # noqa: FBT003  the words' places are what the translators' tool reads
        "Quiet hours",
        "Between these times nothing goes to the tray or off this machine; the list in the window goes on.",
        aliases="do not disturb night silence",
    ),
    Preference(
        "notifications.quiet_from",
        Kind.TIME,
        "20:00",
        "Quiet from",
        "Local time at which the quiet hours begin.",
    ),
    Preference(
        "notifications.quiet_until",
        Kind.TIME,
        "07:00",
        "Quiet until",
        "Local time at which the quiet hours end.",
    ),
    Preference(
        "notifications.muted_until",
        Kind.MOMENT,
        "",
        "Muted until",
        "Until this moment nothing goes to the tray or off this machine; it then goes as one message.",
        aliases="snooze pause silence",
    ),
    Preference(
        "notifications.digest",
        Kind.CHOICE,
        "off",
        "Digest",
        "Gathers what leaves this machine and is not urgent: partial success, drifts, quotas and their ends.",
        ("off", "hourly", "daily"),
        ("Off: each at once", "Every full hour", "Once a day"),
        aliases="summary e-mail email webhook gather",
    ),
    Preference(
        "notifications.digest_at",
        Kind.TIME,
        "08:00",
        "Daily digest at",
        "Local time at which a daily digest goes.",
        aliases="summary e-mail email webhook",
    ),
    Preference(
        "notifications.names",
        Kind.SWITCH,
        False,  # noqa: FBT003  the words' places are what the translators' tool reads
        "Names of connections and plays in messages",
        "Off: what leaves this machine says our words, numbers and job numbers only.",
        aliases="privacy e-mail email webhook",
    ),
    Preference(
        "notifications.channels",
        Kind.TABLE,
        {},
        "Channels",
        "How notices leave this machine, and which of them.",
        is_shown=False,
    ),
    Preference(
        "notifications.connections",
        Kind.TABLE,
        {},
        "Muted connections",
        "Connections of which nothing is told.",
        is_shown=False,
    ),
    Preference(
        "notifications.read",
        Kind.TABLE,
        {},
        "Read notices",
        "Which notices were read, by workspace.",
        is_shown=False,
    ),
    Preference(
        "asking.silenced",
        Kind.TABLE,
        {},
        "Questions that are not asked",
        "What somebody said not to ask again.",
        is_shown=False,
    ),
    Preference(
        "backups.daily",
        Kind.SWITCH,
        True,  # noqa: FBT003  the same
        "A copy every day",
        "The worker copies the workspace once a day when it is idle, checks the copy, keeps the last seven.",
        starts=Starts.NEXT_START,
        aliases="backup safety copy restore",
    ),
    Preference(
        "network.proxy",
        Kind.PROXY,
        "",
        "Proxy",
        "http://HOST:PORT, without a password. WRITEBACK_PROXY of the environment comes first.",
        starts=Starts.NEXT_START,
        aliases="http https firewall",
    ),
    Preference(
        "network.ca_file",
        Kind.PATH,
        "",
        "Certificate authorities",
        "PEM file of the authorities that are trusted instead of those we ship."
        " WRITEBACK_CA_FILE of the environment comes first.",
        starts=Starts.NEXT_START,
        aliases="tls ssl certificate pem",
    ),
    Preference(
        "worker.with_window",
        Kind.SWITCH,
        True,  # noqa: FBT003  the same
        "Worker starts with the window",
        "Off: jobs are sent by a worker that runs elsewhere, such as a service.",
        starts=Starts.NEXT_START,
        aliases="service background send",
    ),
    Preference(
        "worker.threads",
        Kind.NUMBER,
        4,
        "Batches at once",
        "How many batches one worker sends at the same time; a connection's own limit may be lower.",
        least=1,
        most=16,
        starts=Starts.NEXT_START,
        aliases="concurrency parallel threads speed",
    ),
)
_BY_NAME: Final = {one.name: one for one in KEYS}


def named(name: str) -> Preference:
    """Give the preference of this name.

    Raises:
        ConfigurationError: `settings.unknown`.
    """
    found = _BY_NAME.get(name)
    if found is None:
        raise ConfigurationError("settings.unknown", name=name[:80])
    return found
