from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sessions_app', '0010_review_version_rows'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='circulation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'adopted'), _negated=True), ('version__isnull', False), _connector='OR'), name='circulation_adopted_as_version'),
        ),
    ]
