package lazaret.vetting.deskapi.logins;

/// The end of a login.
///
/// @param revoked the name of the token that is not accepted from now on
public record LogoutReply(String revoked) {}
