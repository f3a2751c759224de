"""The folder of lists that were taken out in the background and wait to be fetched."""

from datetime import timedelta

from tongxin.exchange.uploads import Folder

KEPT = timedelta(hours=24)
DOWNLOADS = Folder("downloads", KEPT + timedelta(hours=1))
