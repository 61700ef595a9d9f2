"""The addresses of comments."""

from django.urls import path

from comments.feeds import comment_feed
from comments.views.editing import edit
from comments.views.links import confirm, stop
from comments.views.receipts import (
    erase,
    erased,
    mail_on_replies,
    put_back,
    receipt,
    withdraw,
)
from comments.views.reports import report, report_receipt
from comments.views.submission import comment_form
from comments.views.visitor_data import (
    data,
    data_erase,
    data_erased,
    data_request,
    data_sent,
)

app_name = "comments"

urlpatterns = [
    path("blog/<slug:slug>/reageren/", comment_form, name="comment_form"),
    path("blog/<slug:slug>/reacties/feed/", comment_feed, name="comment_feed"),
    # Before receipts, whose keys are other words than these.
    path("reacties/gewist/", erased, name="erased"),
    path("reacties/bevestigen/<slug:key>/", confirm, name="confirm"),
    path("reacties/stoppen/<slug:key>/", stop, name="stop"),
    path("reacties/gegevens/", data_request, name="data_request"),
    path("reacties/gegevens/verstuurd/", data_sent, name="data_sent"),
    path("reacties/gegevens/gewist/", data_erased, name="data_erased"),
    path("reacties/gegevens/<slug:key>/", data, name="data"),
    path("reacties/gegevens/<slug:key>/wissen/", data_erase, name="data_erase"),
    path("reacties/melden/<uuid:uid>/", report, name="report"),
    path("reacties/melding/<slug:key>/", report_receipt, name="report_receipt"),
    path("reacties/<slug:key>/", receipt, name="receipt"),
    path("reacties/<slug:key>/wijzigen/", edit, name="edit"),
    path("reacties/<slug:key>/intrekken/", withdraw, name="withdraw"),
    path("reacties/<slug:key>/terugzetten/", put_back, name="put_back"),
    path("reacties/<slug:key>/wissen/", erase, name="erase"),
    path("reacties/<slug:key>/mail/", mail_on_replies, name="mail_on_replies"),
]
