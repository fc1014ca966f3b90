package lazaret.vetting.gate.serving;

import java.time.Duration;
import java.util.List;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.evaluation.CrateStates;
import lazaret.vetting.gate.shares.BaseShares;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;

/// The fetcher of the versions with which others are compared. The index determines these bases, so
/// that a verdict does not depend on which versions are stored. Thread-safe.
public final class BaseVersionFetcher {
  /// The maximum number of versions that are fetched for one request.
  private static final int MOST = 8;

  private final GateContext parts;
  private final CrateStates files;
  private final Admission admission;
  private final BaseShares shares;

  public BaseVersionFetcher(GateContext parts, CrateStates files, Admission admission) {
    this.parts = parts;
    this.files = files;
    this.admission = admission;
    this.shares = new BaseShares(parts.upstream().requestsPerSecond(), System::nanoTime);
  }

  /// Fetches the bases of all versions of a crate that were not inspected. Waits for at most a
  /// quarter of the vetting wait.
  ///
  /// @return whether an artifact was fetched
  boolean fetched(CrateState file) {
    return with(file, file.lines(), parts.options().vettingWait().dividedBy(4)) != file;
  }

  /// Fetches the base of one version, with the same wait as [#fetched].
  ///
  /// @return the crate state with the new findings
  CrateState with(CrateState file, StoredLine line) {
    return with(file, List.of(line), parts.options().vettingWait().dividedBy(4));
  }

  /// Fetches the bases of some versions that were not inspected, within the client's share of
  /// upstream requests. Each version gets one base. If a base is hostile, the next lower version
  /// replaces it.
  ///
  /// @param patience the maximum wait for all of them
  /// @return the crate state with the new findings; the same object if nothing was missing
  public CrateState with(CrateState file, List<StoredLine> lines, Duration patience) {
    long until = System.nanoTime() + patience.toNanos();
    CrateState known = file;
    int left = MOST;
    for (StoredLine line : lines) {
      StoredLine base = missing(known, line);
      while (base != null && left-- > 0) {
        Findings found = fetch(base.entry().id(), until);
        if (found == null) {
          break;
        }
        known = files.find(file.crate().name()).orElse(known).withFindings(found);
        base = missing(known, line);
      }
    }
    return known;
  }

  /// Returns whether a verdict is not final because its base can still be fetched. After a recent
  /// failed fetch of the base the verdict is final. It is also final if the version only waits for
  /// its age, or if a person approved it or must look at it.
  public boolean awaited(CrateState file, StoredLine line, Verdict verdict) {
    if (!verdict.has(Reason.Code.BASE_UNAVAILABLE)) {
      return false;
    }
    boolean open =
        switch (verdict) {
          case Verdict.Allow _ -> !file.approvedAt(line.entry().version(), parts.clock().instant());
          case Verdict.Hold _ -> !verdict.has(Reason.Code.COOLDOWN);
          case Verdict.Review _, Verdict.Deny _ -> false;
        };
    StoredLine base = open ? missing(file, line) : null;
    return base != null && !admission.missed(base.entry().cksum());
  }

  private @Nullable StoredLine missing(CrateState file, StoredLine line) {
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
      case Admission.Outcome.Ready ready -> ready.findings();
      case Admission.Outcome.Hostile hostile -> hostile.findings();
      case Admission.Outcome.NotFetched _ -> null;
    };
  }
}
