package lazaret.vetting.desk.lockfiles;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;

/// The result of a lockfile check, package by package, in the lockfile's order.
///
/// @param lines one line per package that is not in a local folder
/// @param local the packages in local folders, those of the workspace and others: `NAME VERSION`. A
///   lockfile names no source for them, and they are not vetted
public record LockfileReport(List<Line> lines, List<String> local) {
  /// Copies the lists.
  public LockfileReport {
    lines = List.copyOf(lines);
    local = List.copyOf(local);
  }

  /// Returns whether every package would be served.
  public boolean passes() {
    return lines.stream().allMatch(l -> l.status() == Status.SERVED);
  }

  /// The result for one package.
  ///
  /// @param locked the package
  /// @param status the status of the package
  /// @param reasons the reasons; empty if no rule was evaluated
  /// @param detail one sentence for a person
  /// @param replacement the nearest version that would be served: if possible a compatible one,
  ///   then the smallest above it; null if none is served
  /// @param expires the end of the approval or exemption that serves it; null if there is none
  /// @param verdict the verdict; null if no rule was evaluated
  public record Line(
      LockedPackage locked,
      Status status,
      List<Reason> reasons,
      String detail,
      @Nullable CrateVersion replacement,
      @Nullable Instant expires,
      @Nullable Verdict verdict) {
    /// Creates the result for a package without a verdict.
    public Line(
        LockedPackage locked,
        Status status,
        List<Reason> reasons,
        String detail,
        @Nullable CrateVersion instead) {
      this(locked, status, reasons, detail, instead, null, null);
    }

    /// Returns this result for the same package of another lockfile.
    Line of(LockedPackage other) {
      return new Line(other, status, reasons, detail, replacement, expires, verdict);
    }

    /// Returns this result with the verdict that led to it.
    Line with(@Nullable Verdict other) {
      return new Line(locked, status, reasons, detail, replacement, expires, other);
    }

    /// Copies the list.
    public Line {
      reasons = List.copyOf(reasons);
    }

    /// Returns whether cargo considers the replacement compatible, or false if there is none.
    public boolean compatible() {
      return replacement != null && CrateState.compatible(replacement, locked.version());
    }
  }

  /// The status of a package.
  public enum Status {
    /// A package that would be served, or whose other source the policy allows.
    SERVED,
    /// A package that the policy withholds.
    WITHHELD,
    /// A package that would be served, but that no audit certifies for the requested criteria.
    CRITERIA_NOT_MET,
    /// A package whose checksum differs from the one in the index.
    TAMPERED,
    /// A crate or version that the gate does not know.
    UNKNOWN,
    /// A package that could not be looked up because upstream was unavailable.
    UNAVAILABLE,
    /// A package from a git repository or another registry, or without a checksum. It bypasses the
    /// gate.
    FOREIGN_SOURCE
  }
}
