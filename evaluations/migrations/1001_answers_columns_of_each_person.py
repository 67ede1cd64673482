"""What the columns of a file mean is remembered for each person."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0003_shipped_standard")]

    operations = [
        migrations.RemoveConstraint(model_name="answermapping", name="answer_mapping_once"),
        migrations.AddConstraint(
            model_name="answermapping",
            constraint=models.UniqueConstraint(
                name="answer_mapping_once", fields=["instrument", "headers_sha256", "made_by"]
            ),
        ),
    ]
