"""Standards and facts to test with: plain data."""

import json
from pathlib import Path

FILE = Path(__file__).parents[2] / "evaluations" / "data" / "growth_standard_default.json"
DEFAULT = json.loads(FILE.read_text(encoding="utf-8"))


def indicator(code, points, source="judged", mode=None, **more):
    label = {"zh-hans": f"指标{code}"}
    mode = {"kind": "fixed"} if mode is None else mode
    return {"code": code, "label": label, "points": points, "source": source, "mode": mode, **more}


def standard(indicators, code="main", total=None, **more):
    points = sum(one["points"] for one in indicators)
    dimension = {"code": code, "label": {"zh-hans": "维度"}, "points": points, "indicators": indicators}
    return {"code": "s", "total": points if total is None else total, "dimensions": [dimension], **more}


def one_indicator(mode, full, **more):
    return standard([indicator("a", full, mode=mode)], **more)


def band(code, low, high, to_closed, from_closed=True):
    ends = {"from": low, "from_closed": from_closed, "to": high, "to_closed": to_closed}
    return {"code": code, "label": {"zh-hans": code}, **ends}


def rule(code, fact, op, value, **more):
    label = {"zh-hans": code}
    return {"code": code, "label": label, "fact": fact, "op": op, "value": value, "mandatory": True, **more}


def rung(code, *rules, **more):
    return {"code": code, "label": {"zh-hans": code}, "rules": list(rules), **more}


def shipped(name):
    """Facts of an organization for the shipped standard: "best", or "patrol" (小树, 弱组织: 治安服务队)."""
    best = {
        "core_team": 6, "members": 30, "core_documents_missing": 0, "party_building": "joint", "activities_12m": 20,
        "people_reached_12m": 600, "public_benefit_activities_12m": 9, "records_complete_share": 1, "planning": 5,
        "cooperation": 5, "funding_sources": 3, "finance": "published", "joint_meetings_attended_12m": 11,
        "agenda_items_handled_12m": 6, "recognition": 5, "satisfaction_mean": 4.8, "honours_media_12m": 4,
        "named_contact": True, "participants": 60, "responsible_person": True, "charter": True, "filed": True,
        "written_rules": 3, "funded_project_accepted": 1, "successor_named": True, "registered": False,
        "chooses_to_stay_filed": True, "leadership_share": 0.8,
    }  # fmt: skip
    patrol = best | {
        "core_team": 4, "members": 18, "core_documents_missing": 1, "party_building": "liaison", "activities_12m": 14,
        "people_reached_12m": 320, "public_benefit_activities_12m": 3, "records_complete_share": 0.8, "planning": 4,
        "cooperation": 4, "funding_sources": 1, "finance": "accounted", "joint_meetings_attended_12m": 5,
        "agenda_items_handled_12m": 2, "recognition": 4, "satisfaction_mean": 4.3, "honours_media_12m": 1,
        "written_rules": 1, "funded_project_accepted": 0, "successor_named": None, "leadership_share": 0.3,
    }  # fmt: skip
    return {"best": best, "patrol": patrol}[name]
