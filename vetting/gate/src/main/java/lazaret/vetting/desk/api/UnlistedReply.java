package lazaret.vetting.desk.api;

import java.util.List;
import java.util.stream.Collectors;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.policy.UnlistedVerdict;

/// The refusal of a request for a version that the index does not list, or that upstream cannot be
/// asked for. It shows advisories and decisions on the version.
final class UnlistedReply {
  private static final int MAX_REASONS = 3;

  private UnlistedReply() {}

  /// Returns the exception with the first reasons against the version in its detail, and with the
  /// verdict if a rule refuses the version.
  static ProblemException of(Desk desk, CrateName name, CrateVersion version, Problem problem) {
    UnlistedVerdict found = desk.unlisted(name, version);
    String reasons =
        found.reasons().stream()
            .limit(MAX_REASONS)
            .map(each -> "; " + each.code().code() + ": " + each.detail())
            .collect(Collectors.joining());
    return new ProblemException(
        List.of(
            new Problem(
                problem.code(),
                problem.detail() + reasons,
                problem.name(),
                problem.version(),
                CrateInfos.optional(found.verdict(), Infos::verdict))),
        null);
  }

  /// Returns the exception about a version that does not exist.
  static ProblemException unknown(Desk desk, CrateName name, CrateVersion version, String detail) {
    return of(desk, name, version, new Problem(ErrorCode.UNKNOWN, detail));
  }
}
