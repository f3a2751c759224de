from django.urls import path

from . import views

app_name = "incubation"
urlpatterns = [
    path("calls/", views.calls, name="calls"),
    path("calls/<int:pk>/", views.call, name="call"),
    path("calls/applications/<int:pk>/", views.application, name="application"),
    path("calls/applications/<int:pk>/edit/", views.application_edit, name="application_edit"),
    path(
        "calls/applications/<int:pk>/<slug:verb>/", views.application_step, name="application_step"
    ),
    path("bases/<int:pk>/", views.base, name="base"),
    path("bases/<int:pk>/clocks/", views.clocks, name="clocks"),
    path("tenancies/<int:pk>/", views.tenancy, name="tenancy"),
    path("tenancies/<int:pk>/papers/", views.papers, name="papers"),
    path("tenancies/<int:pk>/<slug:verb>/", views.move, name="move"),
]
