package lazaret.mirror.deskapi;

import java.util.List;
import java.util.stream.Collectors;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.policy.UnlistedVerdict;

/// The response about a version that the index does not list, or while upstream is unavailable. It
/// is an error that includes the advisories and decisions about the version.
final class UnlistedAnswer {
  private static final int MOST = 3;

  private UnlistedAnswer() {}

  /// Returns the error with the first reasons against the version in its detail, and with the
  /// verdict if a rule refuses it.
  static DeskResponse of(
      Desk desk, CrateName name, CrateVersion version, DeskResponse.Problem problem) {
    UnlistedVerdict found = desk.unlisted(name, version);
    String reasons =
        found.reasons().stream()
            .limit(MOST)
            .map(r -> "; " + r.code().code() + ": " + r.detail())
            .collect(Collectors.joining());
    return DeskResponse.errors(
        List.of(
            new DeskResponse.Problem(
                problem.code(),
                problem.detail() + reasons,
                problem.name(),
                problem.version(),
                found.verdict())),
        null);
  }

  /// Returns the error about a version that does not exist.
  static DeskResponse unknown(Desk desk, CrateName name, CrateVersion version, String detail) {
    return of(desk, name, version, new DeskResponse.Problem(ErrorCode.UNKNOWN, detail, null, null));
  }
}
