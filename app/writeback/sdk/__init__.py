"""The only door for plugins: what a connector may use and what it must offer."""
