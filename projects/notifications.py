"""Notices about projects and activities."""
