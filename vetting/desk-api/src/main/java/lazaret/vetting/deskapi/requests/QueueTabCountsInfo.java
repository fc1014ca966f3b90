package lazaret.vetting.deskapi.requests;

/// The number of requests in each part of the queue.
///
/// @param decision requests for which a person must decide
/// @param cooldown requests that the age of the version alone withholds
/// @param secondPerson requests that need a second person
/// @param mine open requests that are assigned to the caller
public record QueueTabCountsInfo(long decision, long cooldown, long secondPerson, long mine) {}
