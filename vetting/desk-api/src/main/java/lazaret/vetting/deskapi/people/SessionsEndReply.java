package lazaret.vetting.deskapi.people;

/// The sessions of a person that ended, and the tokens of logins that were revoked.
///
/// @param person the name of the person
/// @param ended the number of sessions
/// @param revoked the number of tokens
public record SessionsEndReply(String person, long ended, long revoked) {}
