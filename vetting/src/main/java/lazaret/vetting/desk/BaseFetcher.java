package lazaret.vetting.desk;

import java.time.Duration;
import java.util.List;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.index.HeldLine;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.shares.BaseShares;
import org.jspecify.annotations.Nullable;

/// Fetches and inspects the versions that others are compared with. The index says which they are,
/// so that a verdict never depends on which versions happen to be held. Thread-safe.
final class BaseFetcher {
  /// The most versions that are fetched for one request.
  private static final int MOST = 8;

  private final GateParts parts;
  private final CaseFiles files;
  private final Admission admission;
  private final BaseShares shares;

  BaseFetcher(GateParts parts, CaseFiles files, Admission admission) {
    this.parts = parts;
    this.files = files;
    this.admission = admission;
    this.shares = new BaseShares(parts.upstream().requestsPerSecond(), System::nanoTime);
  }

  /// Fetches what some version of a crate is compared with and that was not inspected. Waits for a
  /// quarter of the vetting wait at most.
  ///
  /// @return whether something was fetched
  boolean fetched(CaseFile file) {
    return with(file, file.lines(), parts.options().vettingWait().dividedBy(4)) != file;
  }

  /// As [#fetched], for one version.
  ///
  /// @return the file with what was found
  CaseFile with(CaseFile file, HeldLine line) {
    return with(file, List.of(line), parts.options().vettingWait().dividedBy(4));
  }

  /// Fetches what these versions are compared with, where it was not inspected: within the share of
  /// the client, one for a version, unless that turns out to be hostile and the next lower one
  /// takes its place.
  ///
  /// @param patience the longest wait for all of them
  /// @return the file with what was found in them; the same file where nothing was missing
  CaseFile with(CaseFile file, List<HeldLine> lines, Duration patience) {
    long until = System.nanoTime() + patience.toNanos();
    CaseFile known = file;
    int left = MOST;
    for (HeldLine line : lines) {
      HeldLine base = missing(known, line);
      while (base != null && left-- > 0) {
        Findings found = fetch(base.entry().id(), until);
        if (found == null) {
          break;
        }
        known = files.held(file.crate().name()).orElse(known).withFindings(found);
        base = missing(known, line);
      }
    }
    return known;
  }

  /// Returns whether a verdict is not final yet, because the version to compare with is on its way:
  /// upstream was not asked for it without success. What waits for its age alone, and what a person
  /// approved or must look at, is final.
  boolean awaited(CaseFile file, HeldLine line, Verdict verdict) {
    if (!verdict.has(Reason.Code.BASE_UNAVAILABLE)) {
      return false;
    }
    boolean open =
        switch (verdict) {
          case Verdict.Allow _ -> !file.approvedAt(line.entry().version(), parts.clock().instant());
          case Verdict.Hold _ -> !verdict.has(Reason.Code.COOLDOWN);
          case Verdict.Review _, Verdict.Deny _ -> false;
        };
    HeldLine base = open ? missing(file, line) : null;
    return base != null && !admission.missed(base.entry().cksum());
  }

  private @Nullable HeldLine missing(CaseFile file, HeldLine line) {
    return file.under(files.rulebook()).missingBase(line, parts.clock().instant()).orElse(null);
  }

  private @Nullable Findings fetch(CrateId id, long until) {
    Duration left = Duration.ofNanos(Math.max(1, until - System.nanoTime()));
    if (admission.missed(id.cksum())
        || !(admission.isRunning(id.cksum()) || shares.take(left.dividedBy(2)))) {
      return null;
    }
    return switch (admission.admit(id, left).orElse(null)) {
      case null -> null;
      case Admission.Admitted.Ready ready -> ready.findings();
      case Admission.Admitted.Hostile hostile -> hostile.findings();
      case Admission.Admitted.Missed _ -> null;
    };
  }
}
