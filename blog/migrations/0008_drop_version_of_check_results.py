from django.db import migrations


class Migration(migrations.Migration):
    """Counts are made anew every day, whatever version of the checks made them."""

    dependencies = [("blog", "0007_waivers_check_results")]

    operations = [migrations.RemoveField(model_name="checkresult", name="version")]
