"""The kinds of needs that a new platform begins with, and which organizations would serve them. They are data: a place
adds its own, and this migration never touches what is there."""

from django.db import migrations

# code, name, English name, types of organizations (0002_default_lists)
CATEGORIES = (
    ("elderly", "养老助老", "Care for the elderly", ("life_service", "charity", "mutual_aid")),
    ("children", "儿童青少年", "Children and youth", ("culture_sports", "charity", "life_service")),
    ("environment", "环境卫生", "Environment and hygiene", ("mutual_aid", "life_service")),
    ("safety", "治安安全", "Safety", ("public_safety",)),
    ("culture_sports", "文体活动", "Culture and sports", ("culture_sports",)),
    ("health", "健康", "Health", ("life_service", "charity")),
    ("hardship", "助残帮困", "Disability and hardship", ("charity", "mutual_aid")),
    ("neighbourhood", "邻里关系", "Neighbours", ("mutual_aid", "deliberation")),
    ("employment", "就业创业", "Work and starting up", ("life_service", "rural_production")),
    ("facilities", "公共设施", "Public facilities", ("deliberation",)),
    ("other", "其他", "Other", ()),
)


def add_categories(apps, schema_editor):
    category = apps.get_model("organizations", "NeedCategory")
    kinds = {kind.code: kind for kind in apps.get_model("organizations", "OrganizationType").objects.all()}
    for number, (code, name, name_en, types) in enumerate(CATEGORIES, start=1):
        made, is_new = category.objects.get_or_create(
            code=code, defaults={"name": name, "name_en": name_en, "order": number * 10}
        )
        if is_new:
            made.types.set([kinds[one] for one in types if one in kinds])


class Migration(migrations.Migration):
    dependencies = [("organizations", "0005_resident_need")]
    # Backwards nothing is removed: needs may be of these kinds by then.
    operations = [migrations.RunPython(add_categories, migrations.RunPython.noop)]
