"""Kinds of notices. An app registers each in its ``notifications.py``."""

from incubator.base.registry import Registry

kinds = Registry("notification kinds", required=("label", "template"))


class NotificationKind:
    """``code`` like "filing.returned"; ``template`` names two files, ``<template>_subject.txt`` and
    ``<template>_body.txt``, rendered with the notification's ``data`` in the recipient's language. ``duty`` kinds have no
    off switch."""

    duty = False
    order = 100

    @classmethod
    def context(cls, data):
        """What the templates get: ``data``, with codes turned into words in the language of the moment."""
        return data
