from django.urls import path

from . import views

app_name = "programmes"
urlpatterns = [
    path("choose/", views.choose, name="choose"),
    path("<slug:key>/", views.programme, name="programme"),
]
