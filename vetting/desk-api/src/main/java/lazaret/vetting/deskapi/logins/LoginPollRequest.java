package lazaret.vetting.deskapi.logins;

import lazaret.vetting.Secret;

/// A request of a command for the result of its login (RFC 8628 §3.4).
///
/// @param deviceCode the secret from the start of the login
public record LoginPollRequest(Secret deviceCode) {}
