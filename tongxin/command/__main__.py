"""`python -m tongxin.command` is `tongxin`."""

from . import main

main()
