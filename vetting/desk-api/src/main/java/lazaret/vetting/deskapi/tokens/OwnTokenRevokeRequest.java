package lazaret.vetting.deskapi.tokens;

import lazaret.vetting.deskapi.binding.InPath;

/// An order of a person to revoke an own token.
///
/// @param id the public id of the token
public record OwnTokenRevokeRequest(@InPath String id) {}
