package lazaret.vetting.desk.lockfiles;

import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.lockfiles.LockfileReport.Line;
import lazaret.vetting.desk.lockfiles.LockfileReport.Status;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gitsource.GitSource;
import lazaret.vetting.gitsource.GitSourceCodec;
import lazaret.vetting.gitsource.GitSourceState;
import lazaret.vetting.ledger.VersionDecisions;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.lockfile.PackageSource;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Reason.Code;
import lazaret.vetting.policy.UnlistedVerdict;
import lazaret.vetting.policy.UnlistedVersion;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.rules.Rulebook;

/// The check of packages whose source is a Git repository or another registry.
///
/// @param rulebook the rules of this check
record ForeignPackageCheck(GateContext parts, Rulebook rulebook) {
  /// Returns the result for a package.
  ///
  /// @param detail where it comes from, as the end of a sentence
  Line check(LockedPackage locked, String detail) {
    UnlistedVerdict found = advised(locked);
    Verdict verdict = found.verdict();
    if (verdict != null
        && (!rulebook.policy().serves(verdict) || verdict.reason().code().holdsInEveryMode())) {
      return new Line(locked, Status.WITHHELD, found.reasons(), detail, null).with(verdict);
    }
    if (locked.source() instanceof PackageSource.Git git) {
      GitSource source = GitSourceCodec.find(parts.store(), git).orElse(null);
      if (source != null) {
        return decided(locked, source, found.reasons(), detail);
      }
      if (!rulebook.policy().sources().allows(git)) {
        Reason reason =
            new Reason(
                Code.GIT_SOURCE_NOT_APPROVED,
                "the gate has not fetched this commit; run 'vetting-cli git-sources add Cargo.lock'");
        return new Line(locked, Status.FOREIGN_SOURCE, with(found.reasons(), reason), detail, null);
      }
    }
    return rulebook.policy().sources().allows(locked.source())
        ? new Line(locked, Status.SERVED, found.reasons(), detail + ", as the policy allows", null)
        : new Line(locked, Status.FOREIGN_SOURCE, found.reasons(), detail, null);
  }

  /// Returns what the feeds say. Records by name and version apply to packages of Git repositories,
  /// which have their code in most cases. Those that name bytes mean them from every registry.
  /// Decisions on the crate of the same name do not count here, since they mean other bytes.
  private UnlistedVerdict advised(LockedPackage locked) {
    Sha256 checksum = locked.checksum();
    if (locked.source() instanceof PackageSource.Git && CrateName.isValid(locked.name())) {
      return rulebook.evaluate(
          new UnlistedVersion(
              CrateName.parse(locked.name()), locked.version(), checksum, VersionDecisions.NONE),
          parts.clock().instant());
    }
    return rulebook.evaluate(checksum == null ? List.of() : rulebook.advisories().hits(checksum));
  }

  private static Line decided(
      LockedPackage locked, GitSource source, List<Reason> reasons, String detail) {
    String whole = detail + ", " + source.sentence();
    boolean known = source.has(locked.name(), locked.version().text());
    if (source.state() == GitSourceState.APPROVED && known) {
      return new Line(locked, Status.SERVED, reasons, whole, null);
    }
    Reason reason =
        switch (source.state()) {
          case WAITING ->
              new Reason(
                  Code.GIT_SOURCE_WAITING,
                  "the commit waits for a reviewer; see 'vetting-cli git-sources show %s'"
                      .formatted(source.commit().substring(0, 12)));
          case DENIED -> new Reason(Code.GIT_SOURCE_NOT_APPROVED, "the commit was denied");
          case APPROVED ->
              new Reason(
                  Code.GIT_SOURCE_NOT_APPROVED,
                  "the commit was approved without this package; run 'vetting-cli git-sources add"
                      + " Cargo.lock'");
        };
    return new Line(locked, Status.FOREIGN_SOURCE, with(reasons, reason), whole, null);
  }

  private static List<Reason> with(List<Reason> reasons, Reason first) {
    List<Reason> all = new ArrayList<>(List.of(first));
    all.addAll(reasons);
    return all;
  }
}
