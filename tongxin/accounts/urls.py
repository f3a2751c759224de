from django.urls import path

from . import lifting
from .views import accounts, invitations, offices, postings, review

app_name = "accounts"
urlpatterns = [
    path("offices/", offices.offices, name="offices"),
    path("offices/<int:pk>/", offices.office, name="office"),
    path("offices/<int:pk>/rename/", offices.rename, name="rename"),
    path("offices/<int:pk>/close/", offices.close, name="close"),
    path("offices/<int:pk>/reopen/", offices.reopen, name="reopen"),
    path("offices/postings/", postings.postings, name="postings"),
    path("offices/postings/unused/", postings.unused_accounts, name="unused"),
    path("offices/postings/<int:pk>/end/", postings.end, name="end"),
    path("offices/postings/<int:pk>/correct/", postings.correct, name="correct"),
    path("offices/postings/<int:pk>/withdraw/", postings.withdraw, name="withdraw"),
    path("offices/locks/", lifting.locks, name="locks"),
    path("offices/locks/<int:pk>/lift/", lifting.lift, name="lift"),
    path("offices/locks/lost/", lifting.lost, name="lost"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/new/", accounts.open_new, name="open"),
    path("accounts/review/", review.review, name="review"),
    path("accounts/<int:pk>/", accounts.account, name="account"),
    path("accounts/<int:pk>/change/", accounts.change, name="change"),
    path("accounts/<int:pk>/switch/", accounts.switch, name="switch"),
    path("accounts/<int:pk>/invite/", accounts.invite, name="invite"),
    path("accounts/<int:pk>/revoke/", accounts.revoke, name="revoke"),
    path("account/invitation/<str:key>/", invitations.accept, name="accept"),
]
