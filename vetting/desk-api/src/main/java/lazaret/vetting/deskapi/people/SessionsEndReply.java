package lazaret.vetting.deskapi.people;

/// The sessions of a person that ended.
///
/// @param person the name of the person
/// @param ended the number of sessions
public record SessionsEndReply(String person, long ended) {}
