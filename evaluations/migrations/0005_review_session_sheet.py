from django.db import migrations, models

import incubator.base.files


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0003_shipped_standard"), ("evaluations", "0004_analysis_waits")]

    operations = [
        migrations.AlterField(
            model_name="reviewsession",
            name="signed_sheet",
            field=models.FileField(
                blank=True, max_length=200, upload_to=incubator.base.files.private_path, verbose_name="signed sheet"
            ),
        ),
    ]
