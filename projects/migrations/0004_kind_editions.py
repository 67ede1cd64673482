# Editions of kinds are named by an identifier that never comes twice; own kinds name the edition in use.

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0003_links_of_records'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='customkind',
            name='current',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.kindversion', verbose_name='edition in use'),
        ),
        # By its identifier instead of its key; nothing named an edition before, and no cast leads from one to the other.
        migrations.RemoveField(model_name='activity', name='kind_version'),
        migrations.AddField(
            model_name='activity',
            name='kind_version',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='projects.kindversion', to_field='uuid', verbose_name='edition of the questions'),
        ),
        migrations.AddConstraint(
            model_name='customkind',
            constraint=models.CheckConstraint(condition=models.Q(('is_active', False), ('current__isnull', False), _connector='OR'), name='custom_kind_in_use_is_published', violation_error_message='Please publish it first.'),
        ),
    ]
