"""Two bookings of a venue that stand never overlap, whoever writes them. The service locks the venue and says it in a
sentence; these hold for shells and scripts too."""

from incubator.base.triggers import Trigger, register_triggers

_OVERLAP = (
    "NEW.cancelled_at IS NULL AND EXISTS (SELECT 1 FROM organizations_venuebooking other "
    "WHERE other.resource_id = NEW.resource_id AND other.cancelled_at IS NULL AND other.id <> NEW.id "
    "AND other.starts_at < NEW.ends_at AND NEW.starts_at < other.ends_at)"
)
register_triggers(
    *(
        Trigger(
            name=f"venue_booking_{verb}_overlap",
            table="organizations_venuebooking",
            when=f"BEFORE {verb.upper()}",
            refuse_if=_OVERLAP if verb == "update" else _OVERLAP.replace("AND other.id <> NEW.id ", ""),
            message="the venue is taken at this time",
        )
        for verb in ("insert", "update")
    )
)
