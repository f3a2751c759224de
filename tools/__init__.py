"""Scripts for people who develop Tongxin; an installation does not need them."""
