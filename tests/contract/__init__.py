"""The plugin contract, held against the host, the documentation and every connector."""
