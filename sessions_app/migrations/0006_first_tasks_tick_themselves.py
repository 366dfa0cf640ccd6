"""The tasks a space begins with tick themselves, where they still bear the name they came with."""

from django.db import migrations

TICKED_BY = {
    "Envoyer l’invitation et l’ordre du jour": "invited",
    "Diffuser le relevé de décisions": "recorded",
    "Soumettre le compte rendu à relecture": "circulated",
}


def tick(apps, schema_editor):
    for title, act in TICKED_BY.items():
        apps.get_model("sessions_app", "TemplateTask").objects.filter(title=title).update(ticked_by=act)
        tasks = apps.get_model("sessions_app", "PreparationTask").objects.filter(title=title, template__title=title)
        tasks.filter(done_at=None).update(ticked_by=act)


class Migration(migrations.Migration):
    dependencies = [("sessions_app", "0005_tick_themselves")]
    operations = [migrations.RunPython(tick, migrations.RunPython.noop)]
