import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Assessments as they came from the room of standards: table and rows are there already."""

    initial = True

    dependencies = [
        ('divisions', '0001_divisions_in_time'),
        ('standards', '0005_assessments_move_out'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Assessment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('register', models.CharField(max_length=30, verbose_name='评估对象的台账')),
                        ('subject_id', models.BigIntegerField(verbose_name='评估对象的编号')),
                        ('name', models.CharField(max_length=120, verbose_name='评估对象')),
                        ('round', models.CharField(max_length=40, verbose_name='轮次')),
                        ('state', models.CharField(choices=[('self', '自评'), ('check', '初审'), ('decided', '已评定')], default='self', max_length=10, verbose_name='进度')),
                        ('told', models.TextField(default='{}', verbose_name='填报内容')),
                        ('revision', models.PositiveIntegerField(default=1, verbose_name='修改次数')),
                        ('changed_at', models.DateTimeField(verbose_name='修改时间')),
                        ('result', models.TextField(blank=True, verbose_name='评定结果')),
                        ('total', models.DecimalField(blank=True, decimal_places=6, max_digits=16, null=True, verbose_name='总分')),
                        ('grade', models.CharField(blank=True, max_length=40, verbose_name='等级')),
                        ('decided_on', models.DateField(blank=True, null=True, verbose_name='评定日期')),
                        ('valid_until', models.DateField(blank=True, null=True, verbose_name='有效期至')),
                        ('certificate', models.CharField(blank=True, max_length=40, verbose_name='证书编号')),
                        ('plaque', models.CharField(blank=True, max_length=40, verbose_name='牌匾编号')),
                        ('handed_in_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='自评提交人')),
                        ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='divisions.division', verbose_name='所属地区')),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='standards.version', verbose_name='标准版本')),
                    ],
                    options={
                        'ordering': ('-changed_at', '-id'),
                        'indexes': [models.Index(fields=['register', 'subject_id'], name='assessments_of_a_subject')],
                        'constraints': [models.UniqueConstraint(fields=('version', 'register', 'subject_id', 'round'), name='one_assessment_in_a_round'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'decided'), _negated=True), models.Q(models.Q(('result', ''), _negated=True), ('decided_on__isnull', False), ('total__isnull', False)), _connector='OR'), name='a_decided_assessment_has_its_result')],
                    },
                ),
            ],
        ),
    ]
