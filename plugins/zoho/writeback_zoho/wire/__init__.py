"""What goes over the wire to Zoho CRM: pure pairs of *prepare* and *parse*, without a socket."""
