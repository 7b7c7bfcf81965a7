from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("villages", "0021_proposals_of_before")]

    operations = [migrations.RemoveField(model_name="village", name="proposed_at")]
