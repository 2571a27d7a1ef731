"""The form of the call-back: what is asked, what a message means to it, and what is said."""
