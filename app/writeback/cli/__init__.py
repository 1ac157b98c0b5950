"""The command line: stdout is data, stderr is progress; one module a command."""
