"""What was deleted lately."""

from typing import Protocol


class DeletedCalls(Protocol):
    """Having back what was deleted; what there is, is read by `runtime.restoring`."""

    def restore_deleted(self, gone: int, *, act: str) -> str:
        """Put a deleted form or view back as it was; gives its name.

        Raises:
            ConfigurationError: `deleted.unknown`: it is not kept any more; `deleted.taken`: another one is
                called so by now.
            NotPermittedError: Of a form: needs the right *configure mappings*.
        """
