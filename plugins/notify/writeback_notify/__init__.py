"""Notices by e-mail and by webhook. Importing this package costs nothing."""

from writeback.sdk.channels import Channel, Delivered, NoticeEvent
from writeback.sdk.hookspecs import hookimpl


@hookimpl
def writeback_notify(event: NoticeEvent, channel: Channel) -> str | Delivered:
    """Take one message off this machine by one of the channels of `connector.toml`."""
    if channel.name == "email":
        from writeback_notify.mail import send_mail

        return send_mail(event, channel)
    from writeback_notify.webhook import post

    return post(event, channel)
