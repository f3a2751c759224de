from django.urls import path

from . import views

app_name = "trainings"
urlpatterns = [
    path("<int:pk>/list/", views.people, name="list"),
    path("<int:pk>/list/<int:position>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/list/<int:position>/strike/", views.strike, name="strike"),
]
