from django.urls import path

from . import views

app_name = "accounts"
urlpatterns = [
    path("", views.offices, name="offices"),
    path("postings/", views.postings, name="postings"),
    path("postings/<int:pk>/end/", views.end, name="end"),
]
