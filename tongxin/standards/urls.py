from django.urls import path

from .views import authoring, reading

app_name = "standards"
urlpatterns = [
    path("", reading.index, name="index"),
    path("new/", authoring.new, name="new"),
    path("<slug:key>/", reading.standard, name="standard"),
    path("<slug:key>/<int:number>/", reading.version, name="version"),
    path("<slug:key>/<int:number>/against/<int:other>/", reading.compare, name="compare"),
    path("<slug:key>/<int:number>/as/<slug:extension>/", reading.download, name="download"),
    path("<slug:key>/<int:number>/begin/", authoring.begin, name="begin"),
    path("<slug:key>/<int:number>/general/", authoring.general, name="general"),
    path("<slug:key>/<int:number>/add/", authoring.add, name="add"),
    path("<slug:key>/<int:number>/clauses/<str:code>/", authoring.clause, name="clause"),
    path("<slug:key>/<int:number>/arrange/", authoring.arrange, name="arrange"),
    path("<slug:key>/<int:number>/publish/", authoring.publish, name="publish"),
    path("<slug:key>/<int:number>/discard/", authoring.discard, name="discard"),
    path("<slug:key>/<int:number>/upload/", authoring.upload, name="upload"),
]
