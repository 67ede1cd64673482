"""The one form of all kinds: few questions first, the rest behind "more", a kind's own questions among them."""

import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from incubator.base.errors import RuleViolation
from projects.choices import Outcome
from projects.forms.activity_offers import Offers, chosen_organizations
from projects.forms.activity_questions import ActivityQuestions
from projects.models import ActivitySeries
from projects.querysets import organizations_to_log
from projects.registries import DETAILS, MULTIPLE_FIELDS
from projects.services.activity import FACTS, minutes_of_day, usual_participants
from projects.services.activity_link import complete_shares
from projects.validators import (
    AHEAD,
    LONG_DAY,
    MANY_PARTICIPANTS,
    in_hours,
    is_far_more,
    validate_day,
    validate_minutes,
    validate_participants,
    validate_start,
)  # fmt: skip

IN_ONE_LIST = 100  # with more organizations in reach one searches instead of scrolling
SUGGESTED = 20
ALWAYS_FIRST = ("organization", "organization_search", "starts_at", "minutes", "until", "day_confirmed", "outcome")
LAST_OF_FIRST = ("participants", "participants_confirmed", "place_text", "summary")
BETWEEN = {"participants_confirmed": "participants"}  # stands with the question it belongs to
ASKED_BACK = ("participants_confirmed", "day_confirmed")
HIDDEN = {"uuid", "version", "tab", "series"}
# Behind "more", in this order; what depends on the organization shows up once there is something to choose.
MORE = (
    "participants", "place_text", "next_step", "title", "plan", "place", "others", "others_search", "objectives",
    "workers", "worker_role",
)  # fmt: skip
OFFERED = ("plan", "place", "objectives", "workers", "supervised", "discussed")
SHARE = "share-"
MINUTE_STEP = 5


def rounded(now):
    """The clock's time, down to five minutes, in the local zone: what people would type."""
    now = timezone.localtime(now)
    return now.replace(minute=now.minute - now.minute % MINUTE_STEP, second=0, microsecond=0)


class ActivityForm(ActivityQuestions):
    """``kind`` is the plug-in class, ``user`` who records; ``now`` the moment of opening."""

    def __init__(self, *args, kind, user, now=None, activity=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind, self.user, self.now, self.activity = kind, user, now or timezone.now(), activity
        self.is_ahead, self.asks_back = False, {name for name in ASKED_BACK if self.raw(name)}
        self.took_place = self.raw("outcome") in (None, "", Outcome.HELD)
        self.fields["version"].initial = 0
        self.fields["starts_at"].initial = rounded(self.now)
        self.fields["minutes"].initial = kind.default_minutes
        for name in kind.required_questions:
            self.fields[name].required = self.took_place
        for name, label in kind.labels.items():
            self.fields[name].label = label
        self._offer_organizations()
        self._offer_the_rest()
        self.details = kind.details_form(self.data if self.is_bound else None, prefix=DETAILS)
        for name, field in self.details.fields.items():
            field.required = field.required and self.took_place
            self.fields[f"{DETAILS}-{name}"] = field
        for field in self.fields.values():
            field.widget.use_required_attribute = lambda initial: False

    def raw(self, name):
        """What was sent, else what the form starts with; a list where several may be chosen."""
        if not self.is_bound:
            return self.initial.get(name)
        if name in MULTIPLE_FIELDS and hasattr(self.data, "getlist"):
            return self.data.getlist(name)
        return self.data.get(name)

    def _offer_organizations(self):
        """All in one list while that can be scrolled; else the one chosen, and a search."""
        field, everything = self.fields["organization"], organizations_to_log(self.user).select_related("community")
        everything = everything.order_by("pinyin", "pk")
        offered = list(everything[: IN_ONE_LIST + 1])
        self.searches_organizations = len(offered) > IN_ONE_LIST
        field.queryset = self.fields["others"].queryset = everything
        main = chosen_organizations(self.user, self.raw("organization"), offered)
        self.chosen_others = chosen_organizations(self.user, self.raw("others") or [], offered)
        if self.searches_organizations:
            self.suggest(main)
            self.suggest(self.chosen_others, "others")
        else:
            del self.fields["organization_search"], self.fields["others_search"]
            if len(offered) == 1:
                field.initial = offered[0].uuid
                main = main or offered
                del self.fields["others"]
            else:
                self.suggest(offered, "others")
            self.suggest(offered)
        self.main = main[0] if main else None

    def suggest(self, organizations, name="organization"):
        field = self.fields[name]
        pairs = [(str(item.uuid), field.label_from_instance(item)) for item in organizations]
        field.widget.choices = pairs if name == "others" else [("", _("Please choose")), *pairs]

    def _offer_the_rest(self):
        offers = Offers(
            user=self.user, kind=self.kind, organization=self.main, others=self.chosen_others, activity=self.activity
        )
        fields = self.fields
        fields["plan"].queryset, fields["place"].queryset = offers.plans(), offers.places()
        fields["objectives"].queryset, fields["workers"].queryset = offers.objectives(), offers.people()
        fields["series"].queryset = ActivitySeries.objects.visible_to(self.user)
        if self.kind.supervises:
            fields["discussed"].queryset = offers.records()
        else:
            del fields["discussed"]
        if self.kind.supervises == "workers":
            fields["supervised"].queryset = offers.supervised()
        else:
            del fields["supervised"]

    # --- how the page shows it ---
    @property
    def first_fields(self):
        own = [
            f"{DETAILS}-{name}"
            for name, field in self.kind.details_form.base_fields.items()
            if field.required or name in self.kind.first_details
        ]
        asked = {*self.kind.first_questions, *self.kind.required_questions, "summary"}
        common = [name for name in LAST_OF_FIRST if BETWEEN.get(name, name) in asked]
        names = [*ALWAYS_FIRST, "outcome_reason", *own, "supervised", "discussed", *common, "led_by"]
        return [self[name] for name in names if self.is_shown(name)]

    def is_shown(self, name):
        return name in self.fields and (name not in ASKED_BACK or name in self.asks_back or name in self.errors)

    @property
    def more_fields(self):
        first = {field.name for field in self.first_fields}
        own = [name for name in self.fields if name.startswith(f"{DETAILS}-")]
        common = [name for name in (*MORE, *self.fields) if name in self.fields and name not in own]
        names = dict.fromkeys((*own, *common))
        in_tabs = {field.name for section in self.sections for field in section["fields"]}
        return [self[name] for name in names if name not in first | HIDDEN | in_tabs and self.is_shown(name)]

    @property
    def sections(self):
        """The kind's tabs, each with its questions; open is the one with something to correct, else the first."""
        sections = [
            {"code": code, "label": label, "fields": [self[f"{DETAILS}-{name}"] for name in names]}
            for code, label, names in getattr(self.kind, "sections", ())
        ]
        wrong = (row for row in sections if any(field.errors for field in row["fields"]))
        opened = next(wrong, sections[0] if sections else None)
        return [row | {"is_open": row is opened} for row in sections]

    @property
    def more_is_open(self):
        return any(field.errors for field in self.more_fields)

    @property
    def served(self):
        """(identifier, label, whether ticked, share) of the organizations that may be ticked."""
        ticked = {str(item.uuid) for item in self.chosen_others}
        main = str(self.main.uuid) if self.main else ""
        return [
            {"uuid": value, "label": label, "is_ticked": value in ticked, "share": self.raw(f"{SHARE}{value}") or ""}
            for value, label in self.fields["others"].widget.choices
            if value != main or value in ticked
        ]

    # --- checking ---
    def clean_version(self):
        return self.cleaned_data["version"] or 0

    def clean_outcome(self):
        return self.cleaned_data["outcome"] or Outcome.HELD

    def clean_minutes(self):
        minutes = self.cleaned_data["minutes"]
        if minutes is None:
            return self.kind.default_minutes
        validate_minutes(minutes)
        return minutes

    def clean_participants(self):
        participants = self.cleaned_data["participants"] if self.took_place else None
        if participants is not None:
            validate_participants(participants)
        return participants

    def clean(self):
        cleaned = super().clean()
        if not self.details.is_valid():
            for name, errors in self.details.errors.items():
                target = None if name == "__all__" else f"{DETAILS}-{name}"
                if target is None or target not in self.errors:
                    self.add_error(target, errors)
        if not self.took_place and not cleaned.get("outcome_reason"):
            self.add_error("outcome_reason", _("Please say why it did not take place."))
        if "organization" in self.errors and not cleaned.get("organization") and cleaned.get("organization_search"):
            self._search_organization(cleaned)
        if cleaned.get("others_search"):
            self._search_others(cleaned)
        self._check_time(cleaned)
        self._check_crowd(cleaned)
        self._check_shares(cleaned)
        return cleaned

    def _check_time(self, cleaned):
        starts_at, until = cleaned.get("starts_at"), cleaned.get("until")
        if not starts_at:
            return
        try:
            validate_start(starts_at, timezone.now(), took_place=self.took_place)
        except ValidationError as error:
            self.is_ahead = error.code == AHEAD
            self.add_error("starts_at", error)
            return
        if until:
            begin = timezone.localtime(starts_at)
            length = datetime.datetime.combine(begin.date(), until) - begin.replace(tzinfo=None)
            if length <= datetime.timedelta():
                sentence = _(
                    "The end is before the beginning. If it went past midnight, leave this empty and give the minutes."
                )
                self.add_error("until", sentence)
                return
            cleaned["minutes"] = int(length.total_seconds() // 60)
        if self.took_place and cleaned.get("minutes"):
            self._check_day(cleaned, starts_at)

    def _check_day(self, cleaned, starts_at):
        """A day has 24 hours; beyond 12 the form asks back."""
        author = self.activity.recorded_by if self.activity is not None and self.activity.pk else self.user
        already = minutes_of_day(author, starts_at, besides=cleaned.get("uuid"))
        total = cleaned["minutes"] + already
        try:
            validate_day(cleaned["minutes"], already)
        except ValidationError as error:
            self.add_error("minutes", error)
            return
        if total > LONG_DAY and not cleaned.get("day_confirmed"):
            self.asks_back.add("day_confirmed")
            sentence = _("That makes %(hours)s hours on this day. If that is right, tick “Yes, so long a day”.")
            self.add_error("day_confirmed", sentence % {"hours": in_hours(total)})

    def _check_crowd(self, cleaned):
        number, organization = cleaned.get("participants") or 0, cleaned.get("organization")
        if number <= 100 or cleaned.get("participants_confirmed"):
            return
        if number > MANY_PARTICIPANTS:
            sentence = _("More than 1000 people? If that is right, tick “Yes, that many”.")
        elif organization and is_far_more(number, usual := usual_participants(organization)):
            sentence = _(
                "%(number)d people? At most %(usual)d came lately. If that is right, tick “Yes, that many”."
            ) % {"number": number, "usual": usual}
        else:
            return
        self.asks_back.add("participants_confirmed")
        self.add_error("participants", sentence)

    def _check_shares(self, cleaned):
        """Minutes told by hand are numbers and add up; who got none told shares the rest."""
        main, others = cleaned.get("organization"), list(cleaned.get("others") or ())
        self.shares = {}
        if main in others:
            others.remove(main)
        cleaned["others"] = others
        for organization in others:
            text = str(self.raw(f"{SHARE}{organization.uuid}") or "").strip()
            if text and not (text.isdecimal() and len(text) < 6):
                self.add_error("others", _("Please give the shares in whole minutes."))
                return
            if text:
                self.shares[organization] = int(text)
        if main and cleaned.get("minutes") and self.shares:
            try:
                complete_shares(cleaned["minutes"], [self.shares.get(item) for item in (main, *others)])
            except RuleViolation as error:
                self.add_error("others", str(error))

    def _search_organization(self, cleaned):
        """Without scripts the search is answered by the form itself: one match is taken, of several one is chosen."""
        found = list(self.fields["organization"].queryset.search(cleaned["organization_search"])[: SUGGESTED + 1])
        del self._errors["organization"]
        if len(found) == 1:
            cleaned["organization"] = found[0]
            self.suggest(found)
        elif found:
            self.suggest(found[:SUGGESTED])
            self.add_error("organization", _("Several organizations match. Please choose one from the list."))
        else:
            self.add_error("organization", _("No organization of yours matches. Please search by another word."))

    def _search_others(self, cleaned):
        """Names parted by commas, each of one organization."""
        others = list(cleaned.get("others") or ())
        for name in cleaned["others_search"].replace("，", ",").replace("、", ",").split(","):
            found = list(self.fields["others"].queryset.search(name.strip())[:2]) if name.strip() else []
            if len(found) == 1 and found[0] not in others:
                others.append(found[0])
            elif name.strip() and len(found) != 1:
                sentence = _("“%(name)s” is not the name of exactly one of your organizations.")
                self.add_error("others_search", sentence % {"name": name.strip()})
        cleaned["others"] = others

    def values(self):
        """What the services take."""
        cleaned = self.cleaned_data
        told = {name: cleaned.get(name) for name in FACTS if name != "details"}
        relations = {name: list(cleaned.get(name) or ()) for name in MULTIPLE_FIELDS}
        return told | relations | {"shares": self.shares, "details": self.kind.as_details(self.details.cleaned_data)}
