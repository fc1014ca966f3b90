package lazaret.vetting.deskapi.tokens;

import lazaret.vetting.deskapi.binding.InPath;

/// An order to revoke a token.
///
/// @param token the name of the token
public record TokenRevokeRequest(@InPath String token) {}
