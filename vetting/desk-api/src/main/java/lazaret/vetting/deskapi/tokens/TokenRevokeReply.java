package lazaret.vetting.deskapi.tokens;

/// A token that was revoked.
///
/// @param revoked the name of the token
public record TokenRevokeReply(String revoked) {}
