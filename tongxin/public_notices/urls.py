from django.urls import path

from . import views

app_name = "public_notices"
urlpatterns = [
    path("", views.index, name="index"),
    path("of/<str:key>/<int:pk>/", views.of_record, name="of_record"),
    path("of/<str:key>/<int:pk>/new/", views.new, name="new"),
    path("<int:pk>/", views.notice, name="notice"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/post/", views.post, name="post"),
    path("<int:pk>/close/", views.close, name="close"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/objections/new/", views.object_to, name="object_to"),
    path("<int:pk>/objections/<int:number>/", views.answer, name="answer"),
]
