"""The lists of words that a new platform begins with: types of organizations, headings of the dossier. They are data: an
office renames, adds or retires entries afterwards, and this migration never touches what is there."""

from django.db import migrations

# code, name, English name (domain: default list, an example to be fitted to the place)
TYPES = (
    ("life_service", "生活服务类", "Everyday services"),
    ("charity", "公益慈善类", "Charity"),
    ("mutual_aid", "居民互助类", "Mutual aid"),
    ("culture_sports", "文体活动类", "Culture and sports"),
    ("public_safety", "平安建设类", "Public safety"),
    ("deliberation", "协商议事类", "Consultation"),
    ("rural_production", "农村生产技术服务类", "Farming services"),
    ("other", "其他", "Other"),
)

# code, name, English name, who fills it, counts for completeness
HEADINGS = (
    ("application_form", "备案申请表", "Application form", "filing_papers", True),
    ("charter", "章程", "Charter", "filing_papers", True),
    ("roster", "成员名册", "List of members", "members", True),
    ("identity", "负责人身份信息", "Who the responsible person is", "filing_papers", True),
    ("venue", "活动场所证明", "Proof of the venue", "filing_papers", True),
    ("funds", "活动资金说明", "Note on funds", "filing_papers", True),
    ("agreement", "孵化协议", "Incubation agreement", "upload", False),
    ("plan", "培育计划", "Cultivation plan", "upload", False),
    ("records", "督导、走访、培训记录", "Records of supervision, visits and training", "activity_records", False),
    ("meetings", "联席会议参与", "Joint meetings", "upload", False),
    ("proposals", "项目申报与结项", "Proposals and their results", "upload", False),
    ("evaluations", "评估报告", "Evaluation reports", "upload", False),
    ("honours", "荣誉", "Honours", "upload", False),
    ("changes", "变更与注销", "Changes and end", "filing_papers", False),
)


def add_defaults(apps, schema_editor):
    organization_type = apps.get_model("organizations", "OrganizationType")
    for number, (code, name, name_en) in enumerate(TYPES, start=1):
        organization_type.objects.get_or_create(
            code=code, defaults={"name": name, "name_en": name_en, "order": number * 10}
        )
    heading = apps.get_model("organizations", "DossierHeading")
    for number, (code, name, name_en, source, is_required) in enumerate(HEADINGS, start=1):
        heading.objects.get_or_create(
            code=code,
            defaults={
                "name": name,
                "name_en": name_en,
                "source": source,
                "is_required": is_required,
                "order": number * 10,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("organizations", "0001_initial")]
    # Backwards nothing is removed: organizations may be of these types by then.
    operations = [migrations.RunPython(add_defaults, migrations.RunPython.noop)]
