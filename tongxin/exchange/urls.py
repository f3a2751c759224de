from django.urls import path

from .views import files, jobs, pages

app_name = "exchange"
urlpatterns = [
    path("<slug:key>/", pages.start, name="start"),
    path("<slug:key>/template/", files.template, name="template"),
    path("<slug:key>/export/<slug:extension>/", files.export, name="export"),
    path("<slug:key>/<int:pk>/", pages.batch, name="batch"),
    path("<slug:key>/exports/", jobs.exports, name="exports"),
    path("<slug:key>/jobs/<int:pk>/", jobs.job, name="job"),
    path("<slug:key>/jobs/<int:pk>/file/", jobs.fetch, name="fetch"),
    path("<slug:key>/<int:pk>/look/", jobs.look, name="look"),
    path("<slug:key>/<int:pk>/heads/", pages.heads, name="heads"),
    path("<slug:key>/<int:pk>/mend/", pages.mend, name="mend"),
    path("<slug:key>/<int:pk>/marked/", files.marked, name="marked"),
    path("<slug:key>/<int:pk>/apply/", pages.apply, name="apply"),
    path("<slug:key>/<int:pk>/undo/", pages.undo, name="undo"),
    path("<slug:key>/<int:pk>/put-away/", pages.put_away, name="put_away"),
]
