"""What goes over the wire: pure pairs of `prepare_*` and `parse_*`, testable without a socket."""
