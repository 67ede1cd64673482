"""Notices about filings and organizations."""
