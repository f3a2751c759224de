from django.urls import path

from . import own_views, views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("dashboards/", views.dashboards, name="dashboards"),
    path("dashboards/<slug:key>/", views.dashboard, name="dashboard"),
    path("due/", views.due, name="due"),
    path("search/", views.search, name="search"),
    path("journal/", views.journal, name="journal"),
    path("account/data/", own_views.mine, name="mine"),
    path("account/data/copy/", own_views.mine_copied, name="mine_copied"),
    path("display/", views.display, name="display"),
    path("language/", views.language, name="language"),
]
