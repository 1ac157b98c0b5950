"""Run by `test_secret_service` inside a private D-Bus session: the vault on a real Secret Service.

Not collected by name. `python secret_service.py unlocked|locked` prints one JSON line.
"""

import json
import sys

from writeback.errors import WritebackError
from writeback.vault import Keychain, Vault


def main() -> None:
    keychain = Keychain(deadline_s=float(sys.argv[1]))
    told: dict[str, object] = {}
    try:
        vault = Vault("ws-real", keychain)
        told["backend"] = vault.probe()
        sealed = vault.seal("c-1", "refresh_token", "a real secret")
        told["opened"] = Vault("ws-real", Keychain()).open("c-1", "refresh_token", sealed)
        told["key_length"] = len(keychain.read("workspace ws-real") or "")
        vault.forget()
        told["left"] = keychain.read("workspace ws-real")
    except WritebackError as error:
        told["code"] = error.code
    sys.stdout.write(json.dumps(told) + "\n")


main()
