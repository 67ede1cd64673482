from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("calendars", "0001_initial")]

    operations = [migrations.RemoveField(model_name="calendarfeed", name="last_read_at")]
