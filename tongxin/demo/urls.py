from django.urls import path

from . import views

app_name = "demo"
urlpatterns = [
    path("", views.roles, name="roles"),
    path("enter/", views.enter, name="enter"),
]
