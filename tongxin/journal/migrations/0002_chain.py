import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Columns and tables of the chain; the numbers of what stands there follow in 0003."""

    dependencies = [('journal', '0001_acts')]

    operations = [
        migrations.AddField('entry', 'sequence', models.BigIntegerField(null=True, verbose_name='序号')),
        migrations.AddField('entry', 'previous', models.CharField(default='', max_length=64), preserve_default=False),
        migrations.AddField('entry', 'hash', models.CharField(default='', max_length=64), preserve_default=False),
        migrations.AddField('entry', 'name_commitment', models.CharField(blank=True, default='', max_length=64), preserve_default=False),
        migrations.AlterField('entry', 'at', models.DateTimeField(verbose_name='时间')),
        migrations.CreateModel(
            name='Head',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.BigIntegerField(default=0)),
                ('hash', models.CharField(max_length=64)),
                ('algorithm', models.CharField(max_length=10)),
            ],
        ),
        migrations.CreateModel(
            name='PersonalValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('before', '原值'), ('after', '新值'), ('facts', '其他'), ('name', '对象名称')], max_length=8)),
                ('field', models.CharField(max_length=60)),
                ('salt', models.CharField(max_length=64)),
                ('value', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='personal', to='journal.entry')),
            ],
            options={'constraints': [models.UniqueConstraint(fields=('entry', 'side', 'field'), name='one_personal_value')]},
        ),
        migrations.CreateModel(
            name='SigningKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public', models.CharField(max_length=64, unique=True, verbose_name='公钥')),
                ('by', models.CharField(blank=True, max_length=64)),
                ('since', models.BigIntegerField()),
                ('signature', models.CharField(max_length=128)),
            ],
        ),
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField(unique=True)),
                ('previous', models.CharField(blank=True, max_length=64)),
                ('first', models.BigIntegerField(unique=True)),
                ('last', models.BigIntegerField(unique=True)),
                ('root', models.CharField(max_length=64)),
                ('head', models.CharField(max_length=64)),
                ('algorithm', models.CharField(max_length=10)),
                ('at', models.DateTimeField()),
                ('signature', models.CharField(max_length=128)),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.signingkey')),
            ],
            options={'ordering': ('-number',)},
        ),
    ]
