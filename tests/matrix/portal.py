"""Pages that belong to no app, and allauth's."""

from __future__ import annotations

from tests.matrix.vocabulary import ACCOUNTS, EVERYBODY, Row, answers, signed_in

NOT_BY_POST = answers(405)
ALREADY_IN = answers(302, visitor=200)  # allauth sends those on who are signed in
CHECK_AGAIN = signed_in(302)  # asks for the password once more
NOTHING_PENDING = answers(302)

ROWS = [
    Row("home", get=EVERYBODY, post=NOT_BY_POST),
    Row("contact", get=EVERYBODY, post=answers(422)),
    Row("legal-notice", get=EVERYBODY, post=NOT_BY_POST),
    Row("privacy", get=EVERYBODY, post=NOT_BY_POST),
    Row("accessibility", get=EVERYBODY, post=NOT_BY_POST),
    Row("style-guide", get=EVERYBODY, post=NOT_BY_POST),
    Row("language", get=NOT_BY_POST, post=answers(302), data=lambda scene: {"language": "en"}),
    Row("appearance", get=NOT_BY_POST, post=answers(302), data=lambda scene: {"theme": "dark"}),
    Row("icon", get=answers(302), post=NOT_BY_POST),
    Row("security-txt", get=EVERYBODY, post=NOT_BY_POST, file=True),
    Row("health-live", get=EVERYBODY, post=EVERYBODY, file=True),
    Row("health-ready", get=EVERYBODY, post=EVERYBODY, file=True),
    Row("metrics", "without a token", get=answers(404), post=NOT_BY_POST),
    # the way in
    Row("account_login", get=ALREADY_IN, post=ALREADY_IN),
    Row("account_logout", get=answers(200, visitor=302), post=answers(302)),
    Row("account_inactive", get=EVERYBODY, post=NOT_BY_POST),
    Row("account_signup", get=ALREADY_IN, post=ALREADY_IN),  # says that nobody signs up alone
    Row("account_request_login_code", get=ALREADY_IN, post=ALREADY_IN),
    Row("account_confirm_login_code", get=NOTHING_PENDING, post=NOTHING_PENDING),
    Row("account_reset_password", get=EVERYBODY, post=EVERYBODY),
    Row("account_reset_password_done", get=EVERYBODY, post=NOT_BY_POST),
    Row(
        "account_reset_password_from_key", "with a wrong key", lambda scene: ["1", "x-y"], get=EVERYBODY, post=EVERYBODY
    ),
    Row("account_reset_password_from_key_done", get=EVERYBODY, post=NOT_BY_POST),
    Row("account_sign_in_link", "unknown", lambda scene: ["x" * 43], get=answers(404), post=answers(404)),
    Row("account_email_verification_sent", get=NOTHING_PENDING, post=NOTHING_PENDING),
    Row("mfa_authenticate", "without a pending sign-in", get=answers(302), post=answers(302)),
    Row("mfa_login_webauthn", get=answers(302), post=answers(302)),
    Row("socialaccount_login_cancelled", get=EVERYBODY, post=NOT_BY_POST),
    Row("socialaccount_login_error", get=answers(401), post=NOT_BY_POST),
    Row("socialaccount_signup", get=answers(302), post=answers(302)),
    Row("openid_connect_login", "unknown provider", lambda scene: ["inconnu"], get=answers(404), post=answers(404)),
    Row("openid_connect_callback", "unknown provider", lambda scene: ["inconnu"], get=answers(404), post=answers(404)),
    # one's own account
    Row("account_first_access", get=signed_in(200, outsider=403)),
    Row("account_second_factor", get=signed_in(200, outsider=403)),
    Row("account_email", get=ACCOUNTS, post=signed_in(302)),
    Row("account_change_password", get=ACCOUNTS, post=ACCOUNTS),
    Row("account_set_password", get=CHECK_AGAIN, post=CHECK_AGAIN),
    Row("account_reauthenticate", get=ACCOUNTS, post=ACCOUNTS),
    Row("account_reauthenticate_by_code", "of who has a password", get=signed_in(302), post=signed_in(302)),
    Row("usersessions_list", get=ACCOUNTS, post=signed_in(302)),
    Row("account_end_session", "of another person", lambda scene: [0], get=signed_in(405), post=signed_in(404)),
    Row("socialaccount_connections", get=ACCOUNTS, post=ACCOUNTS),
    Row("mfa_index", get=ACCOUNTS, post=signed_in(405)),
    Row("mfa_reauthenticate", get=CHECK_AGAIN, post=CHECK_AGAIN),
    Row("mfa_activate_totp", get=CHECK_AGAIN, post=CHECK_AGAIN),
    Row("mfa_deactivate_totp", get=signed_in(404), post=signed_in(404)),
    Row("mfa_view_recovery_codes", get=signed_in(404), post=signed_in(405)),
    Row("mfa_generate_recovery_codes", get=CHECK_AGAIN, post=CHECK_AGAIN),
    Row("mfa_download_recovery_codes", get=signed_in(404), post=signed_in(404)),
    Row("mfa_list_webauthn", get=ACCOUNTS, post=signed_in(405)),
    Row("mfa_add_webauthn", get=CHECK_AGAIN, post=CHECK_AGAIN),
    Row("mfa_reauthenticate_webauthn", get=CHECK_AGAIN, post=CHECK_AGAIN),
    Row("mfa_remove_webauthn", "of another person", lambda scene: [1], get=CHECK_AGAIN, post=CHECK_AGAIN),
    Row("mfa_edit_webauthn", "of another person", lambda scene: [1], get=CHECK_AGAIN, post=CHECK_AGAIN),
]
