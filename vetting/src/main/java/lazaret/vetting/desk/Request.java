package lazaret.vetting.desk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;

/// A version that somebody asked for and did not get: what waits at the desk.
///
/// @param id the version and the SHA-256 of its index line when last asked for
/// @param first when it was first asked for
/// @param last when it was last asked for
/// @param count how often it was asked for; 0 where nobody asked and it waits all the same
/// @param askers who asked, newest last: token name and address; at most [#MAX_NAMED]
/// @param lockfiles from which lockfiles it was asked for, newest last; at most [#MAX_NAMED]
/// @param reason code of what it waits for: `second-person-needed`, or the verdict's deciding
///   reason when last asked for
public record Request(
    CrateId id,
    Instant first,
    Instant last,
    long count,
    List<String> askers,
    List<String> lockfiles,
    String reason) {

  /// How many askers and lockfiles are kept by name.
  public static final int MAX_NAMED = 16;

  /// Copies the lists.
  public Request {
    askers = List.copyOf(askers);
    lockfiles = List.copyOf(lockfiles);
  }

  /// Returns the code that a version waits under at the desk: that of the deciding reason, unless
  /// it only waits for a second person.
  static String waitsFor(Verdict verdict) {
    return (verdict.has(Reason.Code.SECOND_PERSON_NEEDED)
            ? Reason.Code.SECOND_PERSON_NEEDED
            : verdict.reason().code())
        .code();
  }

  /// Returns this request with another one for the same version added; the later id and reason win.
  public Request and(Request later) {
    return new Request(
        later.id,
        first.isBefore(later.first) ? first : later.first,
        last.isAfter(later.last) ? last : later.last,
        count + later.count,
        newestAskers(later),
        newest(lockfiles, later.lockfiles),
        later.reason);
  }

  /// Askers without a token give way first: they can be made up.
  private List<String> newestAskers(Request later) {
    List<String> all = new ArrayList<>(askers);
    all.removeAll(later.askers);
    all.addAll(later.askers);
    for (int i = 0; i < all.size() && all.size() > MAX_NAMED; ) {
      if (Asker.hasToken(all.get(i))) {
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
