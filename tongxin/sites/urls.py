from django.urls import path

from . import views

app_name = "sites"
urlpatterns = [
    path("<int:pk>/", views.site, name="site"),
    path("<int:pk>/propose/", views.propose, name="propose"),
    path("designations/<int:pk>/", views.designation, name="designation"),
    path("designations/<int:pk>/<slug:verb>/", views.step, name="step"),
]
