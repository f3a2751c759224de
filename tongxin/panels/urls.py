from django.urls import path

from . import views

app_name = "panels"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.panel, name="panel"),
    path("<int:pk>/declare/", views.declare, name="declare"),
    path("<int:pk>/vote/", views.vote, name="vote"),
    path("<int:pk>/ask/", views.ask, name="ask"),
    path("<int:pk>/members/<int:number>/release/", views.release, name="release"),
    path("<int:pk>/close/", views.close, name="close"),
    path("<int:pk>/call-off/", views.call_off, name="call_off"),
]
