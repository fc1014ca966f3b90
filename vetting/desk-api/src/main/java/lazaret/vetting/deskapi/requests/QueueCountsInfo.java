package lazaret.vetting.deskapi.requests;

/// The number of requests in each state.
///
/// @param waiting requests for which a person must decide
/// @param hold requests that the age of the version alone withholds
/// @param served requests whose version is served
/// @param closed requests that a reviewer closed
public record QueueCountsInfo(long waiting, long hold, long served, long closed) {}
