package lazaret.vetting.gate.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;

/// A version that was requested and refused, and waits for a decision.
///
/// @param id the version and the SHA-256 of its index line at the last request
/// @param first the moment of the first request
/// @param last the moment of the last request
/// @param count the number of requests; 0 if it waits without one
/// @param requesters the clients, newest last: token name and address; at most [#MAX_NAMED]
/// @param lockfiles the lockfiles that require it, newest last; at most [#MAX_NAMED]
/// @param reason the code of the reason: `second-person-needed`, or the deciding reason of the
///   verdict at the last request
public record QueuedRequest(
    CrateId id,
    Instant first,
    Instant last,
    long count,
    List<String> requesters,
    List<String> lockfiles,
    String reason) {

  /// The maximum number of clients and of lockfiles that are kept by name.
  public static final int MAX_NAMED = 16;

  /// Copies the lists.
  public QueuedRequest {
    requesters = List.copyOf(requesters);
    lockfiles = List.copyOf(lockfiles);
  }

  /// Returns the code under which a version waits. It is that of the deciding reason, unless the
  /// version only waits for a second person.
  public static String waitsFor(Verdict verdict) {
    return (verdict.has(Reason.Code.SECOND_PERSON_NEEDED)
            ? Reason.Code.SECOND_PERSON_NEEDED
            : verdict.reason().code())
        .code();
  }

  /// Returns this request combined with another one for the same version. The later id and reason
  /// apply.
  public QueuedRequest and(QueuedRequest later) {
    return new QueuedRequest(
        later.id,
        first.isBefore(later.first) ? first : later.first,
        last.isAfter(later.last) ? last : later.last,
        count + later.count,
        newestRequesters(later),
        newest(lockfiles, later.lockfiles),
        later.reason);
  }

  /// Returns the newest clients of both requests. Clients without a token are dropped first, since
  /// they can be made up.
  private List<String> newestRequesters(QueuedRequest later) {
    List<String> all = new ArrayList<>(requesters);
    all.removeAll(later.requesters);
    all.addAll(later.requesters);
    for (int i = 0; i < all.size() && all.size() > MAX_NAMED; ) {
      if (Requester.hasToken(all.get(i))) {
        i++;
      } else {
        all.remove(i);
      }
    }
    return all.subList(Math.max(0, all.size() - MAX_NAMED), all.size());
  }

  private static List<String> newest(List<String> old, List<String> added) {
    List<String> all = new ArrayList<>(old);
    all.removeAll(added);
    all.addAll(added);
    return all.subList(Math.max(0, all.size() - MAX_NAMED), all.size());
  }
}
