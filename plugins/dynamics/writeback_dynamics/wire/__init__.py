"""Pure pairs of *prepare* and *parse*: nothing here opens a socket."""
