from django.urls import path

from . import views

app_name = "incubation"
urlpatterns = [
    path("bases/<int:pk>/", views.base, name="base"),
    path("bases/<int:pk>/clocks/", views.clocks, name="clocks"),
    path("tenancies/<int:pk>/", views.tenancy, name="tenancy"),
    path("tenancies/<int:pk>/papers/", views.papers, name="papers"),
    path("tenancies/<int:pk>/<slug:verb>/", views.move, name="move"),
]
