package lazaret.web.review;

import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.deskapi.requests.UnblockedLockfileInfo;
import lazaret.vetting.deskapi.requests.UnblockedLockfilesReply;
import lazaret.vetting.deskapi.requests.UnblockedLockfilesRequest;
import lazaret.web.PageRequest;
import lazaret.web.diff.ReviewContext;
import lazaret.web.page.PageTime;

/// The lockfiles that a decision to serve a version lets pass, and those that still do not pass.
///
/// @param passing the names of the lockfiles that would pass; at most five
/// @param closed the lockfiles that would not pass, as one sentence; empty if there are none
record FreedLockfiles(List<String> passing, String closed) {
  private static final int MAX_NAMES = 5;

  FreedLockfiles {
    passing = List.copyOf(passing);
  }

  /// Returns the lockfiles of a version; none if it is served or they are not visible.
  static FreedLockfiles of(PageRequest request, VersionReply version, PageTime time) {
    UnblockedLockfilesReply reply =
        version.served()
            ? null
            : ReviewContext.maybe(
                request,
                RequestOperations.UNBLOCKED_LOCKFILES,
                new UnblockedLockfilesRequest(
                    List.of(new CrateSpec(version.name(), version.version(), null))));
    List<UnblockedLockfileInfo> lockfiles = reply == null ? List.of() : reply.lockfiles();
    List<String> passing = new ArrayList<>();
    long closed = 0;
    long rest = 0;
    for (UnblockedLockfileInfo lockfile : lockfiles) {
      if (!lockfile.passes()) {
        closed++;
        rest = Math.max(rest, left(lockfile));
      } else if (passing.size() < MAX_NAMES) {
        passing.add(name(lockfile));
      }
    }
    String sentence =
        closed == 0
            ? ""
            : "%s still %s not pass: at most %s more %s not served"
                .formatted(
                    time.plural(closed, "lockfile"),
                    closed == 1 ? "does" : "do",
                    time.number(rest),
                    rest == 1 ? "version is" : "versions are");
    return new FreedLockfiles(passing, sentence);
  }

  private static long left(UnblockedLockfileInfo lockfile) {
    return lockfile.rest().withheld().size()
        + lockfile.rest().moreWithheld()
        + lockfile.rest().unknown();
  }

  private static String name(UnblockedLockfileInfo lockfile) {
    String name = lockfile.name();
    return name == null ? lockfile.sha256().hex().substring(0, 12) : name;
  }
}
