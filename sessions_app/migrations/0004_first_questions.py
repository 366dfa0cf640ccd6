"""The questions a space begins with; its animators word them as they like."""

from django.db import migrations

QUESTIONS = (
    "La session a répondu à vos attentes",
    "Les échanges vous ont appris quelque chose d’utile pour votre organisation",
    "Chacun a pu prendre la parole",
    "L’organisation (horaires, lieu, visioconférence, documents) était bonne",
    "Que faut-il garder, et que faut-il changer ?",
)


def add(apps, schema_editor):
    question = apps.get_model("sessions_app", "EvaluationQuestion")
    question.objects.bulk_create([question(place=place, text=text) for place, text in enumerate(QUESTIONS, start=1)])


class Migration(migrations.Migration):
    dependencies = [("sessions_app", "0003_first_template")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
