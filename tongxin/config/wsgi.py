"""The web process; with TONGXIN_EMBEDDED_WORKER it also does the background work."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongxin.config.settings")
application = get_wsgi_application()

if settings.EMBEDDED_WORKER:
    from .worker import start_worker

    start_worker()
