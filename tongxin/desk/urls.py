from django.urls import path

from . import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("dashboards/", views.dashboards, name="dashboards"),
    path("dashboards/<slug:key>/", views.dashboard, name="dashboard"),
    path("search/", views.search, name="search"),
    path("journal/", views.journal, name="journal"),
    path("display/", views.display, name="display"),
]
