from django.urls import path

from . import views
from .attached import views as attached
from .merging import views as merging
from .saved import views as saved

app_name = "registers"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:key>/", views.listing, name="list"),
    path("<slug:key>/new/", views.new, name="new"),
    path("<slug:key>/views/", saved.index, name="views"),
    path("<slug:key>/views/new/", saved.new, name="new_view"),
    path("<slug:key>/views/<uuid:token>/", saved.opened, name="view"),
    path("<slug:key>/views/<uuid:token>/edit/", saved.edit, name="change_view"),
    path("<slug:key>/views/<uuid:token>/delete/", saved.delete, name="delete_view"),
    path("<slug:key>/duplicates/", merging.duplicates, name="duplicates"),
    path("<slug:key>/<int:pk>/", views.record, name="record"),
    path("<slug:key>/<int:pk>/edit/", views.edit, name="edit"),
    path("<slug:key>/<int:pk>/history/", views.history, name="history"),
    path("<slug:key>/<int:pk>/void/", views.void, name="void"),
    path("<slug:key>/<int:pk>/similar/", merging.similar, name="similar"),
    path("<slug:key>/<int:pk>/merge/<int:other>/", merging.merge, name="merge"),
    path("<slug:key>/<int:pk>/unmerge/", merging.unmerge, name="unmerge"),
    path("<slug:key>/<int:pk>/files/", attached.listing, name="files"),
    path("<slug:key>/<int:pk>/files/new/", attached.new, name="attach"),
    path("<slug:key>/<int:pk>/files/<int:number>/", attached.attachment, name="file"),
    path("<slug:key>/<int:pk>/files/<int:number>/replace/", attached.replace, name="replace_file"),
    path("<slug:key>/<int:pk>/files/<int:number>/remove/", attached.remove, name="remove_file"),
    path(
        "<slug:key>/<int:pk>/files/<int:number>/revisions/<int:revision>/",
        attached.download,
        name="download_file",
    ),
]
