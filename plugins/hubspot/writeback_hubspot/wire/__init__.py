"""What travels between Writeback and HubSpot: requests to bytes, answers to values. No I/O."""
