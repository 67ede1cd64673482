"""Plug-ins of this app. A higher app registers its own without this app knowing it."""

import datetime
from dataclasses import dataclass

from incubator.base.registry import Registry

dossier_sources = Registry("dossier sources", required=("label",))

# Pages of higher apps about one organization, as tabs behind its own: ``code``, ``label``, ``url_name`` (of an address with
# the organization's uuid) and ``policy(user, organization)``.
organization_tabs = Registry("tabs of organizations", required=("label", "url_name", "policy"))


@dataclass(frozen=True)
class DossierEntry:
    """One thing that the platform holds for a heading of the dossier: what it is, where it is seen, of which day.
    ``heading`` is the heading's code; "" stands for every heading whose ``source`` names the entry's source.
    ``is_personal`` entries are opened only by those who may read names."""

    title: str
    url: str = ""
    on: datetime.date | None = None
    heading: str = ""
    is_personal: bool = False


class DossierSource:
    """Looks whether the platform holds already what a heading of 一组织一档 asks for.

    ``code`` is what ``DossierHeading.source`` says. Both methods answer for all headings that the source fills.
    ``policy(user, organization)`` refuses those who see the dossier but may not read what the entries say: they are told
    that something is there, and no more.
    """

    policy = None

    @classmethod
    def entries(cls, organization):
        """[DossierEntry] of one organization, newest first."""
        raise NotImplementedError

    @classmethod
    def present_for(cls, organizations):
        """{heading code: set of integer keys of the organizations that have it}, in a fixed number of queries; the
        heading "" as in :class:`DossierEntry`."""
        raise NotImplementedError
