"""Notices that leave the machine, against real servers on loopback."""
