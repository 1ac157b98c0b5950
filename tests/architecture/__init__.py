"""The rules of the house that a machine can hold: imports, sizes, packages, what starts without Qt."""
