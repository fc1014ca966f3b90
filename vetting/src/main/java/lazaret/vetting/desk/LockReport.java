package lazaret.vetting.desk;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.policy.Reason;
import org.jspecify.annotations.Nullable;

/// What the gate says of a lockfile, package by package, in the lockfile's order.
///
/// @param lines one per package that does not lie in a folder here
/// @param local the packages that do, the workspace's own and those beside it: `NAME VERSION`. A
///   lockfile names no place for them, and nobody vouches for them
public record LockReport(List<Line> lines, List<String> local) {
  /// Copies the lists.
  public LockReport {
    lines = List.copyOf(lines);
    local = List.copyOf(local);
  }

  /// Tells whether every package would be handed out.
  public boolean passes() {
    return lines.stream().allMatch(l -> l.standing() == Standing.SERVED);
  }

  /// What the gate says of one package.
  ///
  /// @param locked the package
  /// @param standing whether it would be handed out
  /// @param reasons why; empty where no rule was asked
  /// @param detail one sentence for a person
  /// @param instead the nearest version that would be served: the smallest above it where there is
  ///   one, and one that cargo takes for compatible where there is one; null where none is served
  /// @param expires the end of the approval or exemption that serves it; null if none does or if it
  ///   does not end
  public record Line(
      LockedPackage locked,
      Standing standing,
      List<Reason> reasons,
      String detail,
      @Nullable CrateVersion instead,
      @Nullable Instant expires) {
    /// Creates the answer for a package that no decision with an end serves.
    public Line(
        LockedPackage locked,
        Standing standing,
        List<Reason> reasons,
        String detail,
        @Nullable CrateVersion instead) {
      this(locked, standing, reasons, detail, instead, null);
    }

    /// Copies the list.
    public Line {
      reasons = List.copyOf(reasons);
    }

    /// Tells whether cargo takes the version to use in its place for compatible with it; false
    /// where there is none.
    public boolean compatible() {
      return instead != null && CaseFile.compatible(instead, locked.version());
    }
  }

  /// How a package stands.
  public enum Standing {
    /// It would be handed out, or may go round the gate.
    SERVED,
    /// Policy withholds it.
    WITHHELD,
    /// It would be handed out, but nobody vouches for it for the criteria that were asked for.
    NOT_VOUCHED_FOR,
    /// The lockfile's checksum is not the one of the index.
    TAMPERED,
    /// The gate knows no such crate or version.
    UNKNOWN,
    /// Upstream could not be asked.
    UNAVAILABLE,
    /// It comes from a git repository, another registry or has no checksum: it goes round the gate.
    FOREIGN_SOURCE
  }
}
