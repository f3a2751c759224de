from django.urls import path

from .views import appealing, assessing, evidencing, grading, judging, opening

app_name = "assessments"
urlpatterns = [
    path("", assessing.index, name="index"),
    path("by/<slug:key>/<int:number>/new/", opening.new, name="new"),
    path("by/<slug:key>/<int:number>/what-if/", assessing.what_if, name="what_if"),
    path("of/<slug:key>/<int:pk>/", assessing.of_record, name="of_record"),
    path("of/<slug:key>/<int:pk>/new/", opening.begin, name="begin"),
    path("<int:number>/", assessing.assessment, name="assessment"),
    path("<int:number>/cancel/", opening.cancel, name="cancel"),
    path("<int:number>/decide/", assessing.decide, name="decide"),
    path("<int:number>/back/", judging.back, name="back"),
    path("<int:number>/call/<slug:kind>/", judging.call, name="call"),
    path("<int:number>/judge/", judging.judge, name="judge"),
    path("<int:number>/clauses/<str:code>/papers/", evidencing.lay_out, name="papers"),
    path("<int:number>/papers/<int:paper>/", evidencing.take, name="paper"),
    path("<int:number>/grade/notice/", grading.put_up, name="put_up"),
    path("<int:number>/grade/confirm/", grading.confirm, name="confirm"),
    path("<int:number>/grade/downgrade/", grading.downgrade, name="downgrade"),
    path("<int:number>/grade/withdraw/", grading.withdraw, name="withdraw"),
    path("<int:number>/grade/changes/<int:change>/", grading.take_back, name="take_back"),
    path("<int:number>/appeals/new/", appealing.new, name="appeal_new"),
    path("appeals/<int:pk>/", appealing.appeal, name="appeal"),
    path("appeals/<int:pk>/call/", appealing.call, name="appeal_call"),
    path("appeals/<int:pk>/decide/", appealing.find, name="appeal_decide"),
]
