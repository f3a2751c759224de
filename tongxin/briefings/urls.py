from django.urls import path

from . import views

app_name = "briefings"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:key>/", views.briefing, name="briefing"),
    path("<slug:key>/download/<slug:extension>/", views.download, name="download"),
]
