from django.db import migrations


def add_agencies(apps, schema_editor):
    """Give each office without an agency its own, or link the one of its name."""
    Office = apps.get_model("places", "Office")
    Agency = apps.get_model("agencies", "Agency")
    for office in Office.objects.filter(agency=None):
        same = Agency.objects.filter(name=office.name, office=None)
        if same.update(office=office, kind="immigration", status="confirmed"):
            continue
        Agency.objects.create(
            name=office.name,
            short_name=office.short_name,
            kind="immigration",
            level="province" if office.kind == "kanwil" else "regency",
            status="confirmed",
            office=office,
        )


class Migration(migrations.Migration):

    dependencies = [('agencies', '0002_date_bounds')]

    operations = [migrations.RunPython(add_agencies, migrations.RunPython.noop)]
