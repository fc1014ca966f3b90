package lazaret.vetting.desk.requests;

import java.time.Instant;

/// A person who asked for a version with a reason.
///
/// @param by the person, as in the ledger
/// @param reason the reason that the person gave last
/// @param count the number of times that the person asked, as far as the ledger recorded them
/// @param first the moment of the first request
/// @param last the moment of the last request
public record NamedRequester(
    String by, RequestReason reason, long count, Instant first, Instant last) {
  /// Returns this requester after one more request.
  public NamedRequester again(RequestReason later, Instant at) {
    return new NamedRequester(by, later, count + 1, first, at);
  }
}
