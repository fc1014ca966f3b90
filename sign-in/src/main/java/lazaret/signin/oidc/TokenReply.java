package lazaret.signin.oidc;

import lazaret.vetting.Secret;
import org.jspecify.annotations.Nullable;

/// The tokens that a provider sent for a code (OpenID Connect Core 1.0 section 3.1.3.3).
///
/// @param idToken the ID token, not verified
/// @param accessToken the bearer token for the userinfo endpoint; null if there is none
record TokenReply(Secret idToken, @Nullable Secret accessToken) {}
