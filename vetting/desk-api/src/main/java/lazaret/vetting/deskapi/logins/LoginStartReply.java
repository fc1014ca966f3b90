package lazaret.vetting.deskapi.logins;

import java.net.URI;
import lazaret.vetting.Secret;

/// A login that waits for a person (RFC 8628 §3.2).
///
/// @param deviceCode the secret with which the command requests the result
/// @param userCode the code that the person compares or types: `BCDF-GHJK`
/// @param verificationUri the page for the person
/// @param verificationUriComplete the page with the code in its query
/// @param expiresIn the seconds until the login expires
/// @param interval the seconds between two requests for the result
public record LoginStartReply(
    Secret deviceCode,
    String userCode,
    URI verificationUri,
    URI verificationUriComplete,
    long expiresIn,
    long interval) {}
