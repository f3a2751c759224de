from django.urls import path

from . import views

app_name = "calendars"
urlpatterns = [
    path("", views.today, name="today"),
    path("due/", views.count, name="count"),
    path("new/", views.new, name="new"),
    path("<int:year>/", views.year, name="year"),
    path("<int:year>/days/", views.days, name="days"),
    path("<int:year>/clear/", views.clear, name="clear"),
    path("<int:year>/complete/", views.complete, name="complete"),
]
