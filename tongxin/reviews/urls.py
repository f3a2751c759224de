from django.urls import path

from . import views

app_name = "reviews"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("accept/", views.accept_all, name="accept_all"),
    path("keys/", views.keys, name="keys"),
    path("undo/<uuid:batch>/", views.undo, name="undo"),
    path("<int:pk>/", views.review, name="review"),
    path("<int:pk>/submit/", views.submit, name="submit"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/accept/", views.accept, name="accept"),
    path("<int:pk>/return/", views.give_back, name="give_back"),
    path("<int:pk>/hand-on/", views.hand_on, name="hand_on"),
    path("<int:pk>/ask/", views.ask, name="ask"),
    path("<int:pk>/cosign/", views.cosign, name="cosign"),
    path("<int:pk>/comment/", views.comment, name="comment"),
]
