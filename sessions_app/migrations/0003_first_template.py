"""The tasks a session begins with; the animators of a space change them as they like."""

from django.db import migrations

TASKS = {
    "Réserver la salle et la visioconférence": -30,
    "Envoyer l’invitation et l’ordre du jour": -21,
    "Réunir les supports des intervenants": -7,
    "Diffuser le relevé de décisions": 2,
    "Soumettre le compte rendu à relecture": 10,
}


def add(apps, schema_editor):
    template = apps.get_model("sessions_app", "TemplateTask")
    template.objects.bulk_create([template(title=title, offset=offset) for title, offset in TASKS.items()])


class Migration(migrations.Migration):
    dependencies = [("sessions_app", "0002_triggers")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
