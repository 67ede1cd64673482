"""What the records of the demonstration answer to the questions of their kinds, where the story does not say it itself."""

from incubator.site.demo import stories

PROVIDERS = {"vest": ("反光背心 12 件", "区商会", "960"), "platform": ("寿面、义诊、操场", "六家驻区单位", "")}
REMARKS = {
    "structure": ("事情都压在一个人身上", "先交出去三件小事，看两周"),
    "rules": ("规矩只在嘴上", "写成三条，贴在墙上"),
    "money": ("账记得清，看的人少", "每月五号贴一张半页纸的表"),
    "team": ("话说重了，老队员不爱听", "先说谢谢，再说安排"),
}


def answers_of(story, organization):
    """{question: answer}; questions that a kind does not ask are left out by who writes the record."""
    found = {
        "org_supervision": _one_to_one, "service": _service, "resource_link": _resource, "liaison": _liaison,
        "workshop": _workshop, "salon": _salon, "internal_meeting": _meeting, "admin_assist": _assist,
    }.get(story["kind"], lambda story, organization: {})(story, organization)  # fmt: skip
    return found | story.get("details", {})


def _people(organization):
    """The leader and the deputy, as one writes them."""
    key = next((row[0] for row in stories.ORGANIZATIONS if row[1] == organization.name), "")
    second = [member[0] for member in stories.MEMBERS.get(key, ())[:1]]
    return "、".join([organization.responsible_person, *second])


def _one_to_one(story, organization):
    problems, suggestions = REMARKS[story["focus"]]
    return {
        "contents": [story["focus"], "core"], "met": _people(organization), "problems": problems,
        "suggestions": suggestions, "action": story["next_step"], "action_person": organization.responsible_person,
        "feedback": "愿意试试。",
    }  # fmt: skip


def _service(story, organization):
    return {
        "name": story["title"], "goals": story["title"], "for_whom": "本社区居民",
        "tasks": f"{_people(organization)}分片负责", "reached": "mostly" if story.get("outcome", "held") == "held" else "",
        "reflection": story["next_step"],
    }  # fmt: skip


def _resource(story, organization):
    resource, provider, value = PROVIDERS.get(story["key"], (story["title"], "驻区单位", ""))
    return {"resource": resource, "provider": provider, "purpose": organization.purpose[:60], "value": value or None}


def _liaison(story, organization):
    return {"met": f"{organization.name}和各家负责人、社区、社工", "agreed": story["next_step"]}


def _workshop(story, organization):
    return {
        "topic": story["title"], "host": "林晓燕", "steps": "分组写、上墙、表决", "results": story["summary"][:60],
        "follow_up": story["next_step"],
    }  # fmt: skip


def _salon(story, organization):
    return {"theme": story["title"], "host": organization.responsible_person, "follow_up": story["next_step"]}


def _meeting(story, organization):
    return {"came": f"{_people(organization)}等 {story['number']} 人"}


def _assist(story, organization):
    return {"asked_by": story["asked_by"], "task": story["title"], "with_whom": "社区工作者"}
