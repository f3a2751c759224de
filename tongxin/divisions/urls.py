from django.urls import path

from . import views

app_name = "divisions"
urlpatterns = [
    path("", views.tree, name="tree"),
    path("lookup/", views.lookup, name="lookup"),
    path("<slug:key>/", views.division, name="division"),
]
