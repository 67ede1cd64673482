"""Kinds of notices, and the channels that they go by. An app registers each kind in its ``notifications.py``."""

from dataclasses import dataclass

from incubator.base.registry import Registry

kinds = Registry("notification kinds", required=("label", "template"))
channels = Registry("notification channels", required=("label",))


class NotificationKind:
    """``code`` like "filing.returned"; ``template`` names two files, ``<template>_subject.txt`` and
    ``<template>_body.txt``, rendered with the notification's ``data`` in the recipient's language.

    ``duty`` kinds are always in the inbox, and no digest holds them back; nor does one hold back ``urgent`` ones.
    ``for_groups``: may be sent to chat groups (:func:`incubator.notifications.services.notify_group`); its texts then do
    without ``recipient`` and say nothing that is for one person alone.
    """

    duty = False
    urgent = False
    for_groups = False
    order = 100

    @classmethod
    def context(cls, data):
        """What the templates get: ``data``, with codes turned into words in the language of the moment."""
        return data


class Channel:
    """A way to people. ``outside``: ``send(target, message, now=…)`` hands a :class:`Message` to the person's mailbox or to
    the robot, returns when the other side took it, and raises a :class:`~incubator.notifications.errors.ChannelError`
    otherwise. In the app nothing is sent: the notice is told by being there."""

    outside = True
    order = 100

    @classmethod
    def send(cls, target, message, *, now):
        raise NotImplementedError


@dataclass(frozen=True)
class Message:
    """What goes out: plain text in the language of its readers. ``link``: the whole address, or ""; ``key``: the same for
    each try, for channels that know how to tell a repetition."""

    subject: str
    body: str
    link: str = ""
    key: str = ""


def channel_choices():
    """For the column of deliveries; called when asked, so that a channel needs no migration."""
    return [(channel.code, channel.label) for channel in channels if channel.outside]


def group_kinds():
    """The kinds that may go to chat groups."""
    return [kind for kind in kinds if kind.for_groups]
