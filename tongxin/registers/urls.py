from django.urls import path

from . import views

app_name = "registers"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:key>/", views.listing, name="list"),
    path("<slug:key>/new/", views.new, name="new"),
    path("<slug:key>/<int:pk>/", views.record, name="record"),
    path("<slug:key>/<int:pk>/edit/", views.edit, name="edit"),
    path("<slug:key>/<int:pk>/history/", views.history, name="history"),
    path("<slug:key>/<int:pk>/void/", views.void, name="void"),
]
