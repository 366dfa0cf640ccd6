"""The regions of the INSEE's Code officiel géographique; a deployment may edit them later."""

from django.db import migrations

METROPOLITAN = {
    "11": "Île-de-France",
    "24": "Centre-Val de Loire",
    "27": "Bourgogne-Franche-Comté",
    "28": "Normandie",
    "32": "Hauts-de-France",
    "44": "Grand Est",
    "52": "Pays de la Loire",
    "53": "Bretagne",
    "75": "Nouvelle-Aquitaine",
    "76": "Occitanie",
    "84": "Auvergne-Rhône-Alpes",
    "93": "Provence-Alpes-Côte d’Azur",
    "94": "Corse",
}
OVERSEAS = {"01": "Guadeloupe", "02": "Martinique", "03": "Guyane", "04": "La Réunion", "06": "Mayotte"}


def add(apps, schema_editor):
    region = apps.get_model("core", "Region")
    region.objects.bulk_create(
        [region(code=code, name=name) for code, name in METROPOLITAN.items()]
        + [region(code=code, name=name, is_overseas=True) for code, name in OVERSEAS.items()]
    )


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
