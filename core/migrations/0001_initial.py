import core.models
import django.contrib.postgres.operations
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        django.contrib.postgres.operations.UnaccentExtension(
        ),
        django.contrib.postgres.operations.TrigramExtension(
        ),
        django.contrib.postgres.operations.BtreeGistExtension(
        ),
        migrations.CreateModel(
            name='Region',
            fields=[
                ('code', models.CharField(max_length=3, primary_key=True, serialize=False, validators=[django.core.validators.RegexValidator('^\\d{2,3}$')], verbose_name='INSEE code')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                ('is_overseas', models.BooleanField(default=False, verbose_name='overseas')),
            ],
            options={
                'verbose_name': 'region',
                'verbose_name_plural': 'regions',
                'ordering': ['is_overseas', 'code'],
            },
        ),
        migrations.CreateModel(
            name='SentForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True, verbose_name='digest of key, person and address')),
                ('content', models.CharField(max_length=64, verbose_name='digest of what was sent')),
                ('location', models.TextField(blank=True, verbose_name='where it led')),
                ('sent_at', models.DateTimeField(db_index=True, verbose_name='sent at')),
            ],
            options={
                'verbose_name': 'form already sent',
                'verbose_name_plural': 'forms already sent',
            },
        ),
        migrations.CreateModel(
            name='Space',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('short_name', models.CharField(max_length=60, verbose_name='short name')),
                ('subtitle', models.CharField(blank=True, max_length=120, verbose_name='second line of the name')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='contact address')),
                ('born_on', models.DateField(blank=True, null=True, verbose_name='born on')),
                ('demonstration', models.BooleanField(default=False, verbose_name='holds demonstration data')),
            ],
            options={
                'verbose_name': 'space',
                'verbose_name_plural': 'spaces',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='space_is_one_row')],
            },
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('file', models.FileField(max_length=120, upload_to=core.models.storage_name, verbose_name='file')),
                ('original_name', models.CharField(max_length=180, verbose_name='file name')),
                ('content_type', models.CharField(max_length=120, verbose_name='type')),
                ('size', models.PositiveBigIntegerField(verbose_name='size in bytes')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='uploaded by')),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='uploaded at')),
            ],
            options={
                'verbose_name': 'file',
                'verbose_name_plural': 'files',
            },
        ),
    ]
