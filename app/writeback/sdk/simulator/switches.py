"""The settings of a simulator: what nobody outside a vendor knows for sure, chosen by whoever starts it."""

from collections import abc

from writeback.errors import ConfigurationError


class Switches:
    """The settings of one simulator; a name or value that is not listed is refused."""

    def __init__(
        self,
        given: abc.Mapping[str, str] | None = None,
        *,
        choices: abc.Mapping[str, tuple[str, ...]],
        numbers: abc.Mapping[str, float],
        texts: abc.Mapping[str, str],
    ) -> None:
        """Take what was given over what is assumed.

        Args:
            given: What whoever starts the simulator chose.
            choices: By name: the values it may have; the first is what we assume.
            numbers: By name: what we assume.
            texts: By name: what we assume.

        Raises:
            ConfigurationError: `simulator.unknown_option`, `simulator.bad_option`.
        """
        self._values = {name: values[0] for name, values in choices.items()}
        self._choices = choices
        self._numbers = dict(numbers)
        self._texts = dict(texts)
        for name, value in (given or {}).items():
            self._set(name, str(value))

    def __getitem__(self, name: str) -> str:
        return self._values[name]

    def is_on(self, name: str) -> bool:
        """Say whether a choice between `on` and `off` is on."""
        return self._values[name] == "on"

    def number(self, name: str) -> float:
        """Give a number."""
        return self._numbers[name]

    def text(self, name: str) -> str:
        """Give a text."""
        return self._texts[name]

    def _set(self, name: str, value: str) -> None:
        if name in self._choices:
            if value not in self._choices[name]:
                known = ", ".join(self._choices[name])
                raise ConfigurationError("simulator.bad_option", option=name, value=value, choices=known)
            self._values[name] = value
        elif name in self._texts:
            self._texts[name] = value
        elif name in self._numbers:
            try:
                self._numbers[name] = float(value)
            except ValueError:
                raise ConfigurationError("simulator.bad_option", option=name, value=value) from None
        else:
            known = ", ".join(sorted([*self._choices, *self._numbers, *self._texts]))
            raise ConfigurationError("simulator.unknown_option", option=name, known=known)
