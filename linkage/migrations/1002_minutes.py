from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('linkage', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='actionreview',
            name='verified_party',
            field=models.CharField(blank=True, choices=[('community', 'community'), ('organization', 'social organization'), ('social_worker', 'social worker'), ('volunteers', 'volunteers'), ('charity', 'charity resources'), ('street', 'street office'), ('residents', 'residents'), ('police', 'police'), ('hospital', 'hospital or health centre'), ('school', 'school'), ('enterprise', 'enterprise'), ('other', 'other')], max_length=20, verbose_name='verified by the party'),
        ),
        migrations.AddField(
            model_name='jointmeeting',
            name='returned_reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='why the minutes were returned'),
        ),
        migrations.AddConstraint(
            model_name='actionreview',
            constraint=models.CheckConstraint(condition=models.Q(('verified_party', ''), ('after', 'verified'), _connector='OR'), name='action_review_verified_names_party'),
        ),
    ]
