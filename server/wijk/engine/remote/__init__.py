"""An engine elsewhere: what is pushed to it, and how it is asked."""
