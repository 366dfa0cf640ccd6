"""What to tell whom, in the portal and by mail. Knows no kind of notification: the apps register theirs.

`kinds` is the registry, `services.notify` tells people, `outbox` keeps and sends every mail of the portal
(also those of allauth: `backend.OutboxBackend` is Django's EMAIL_BACKEND). Imports `core` alone.
"""
