package lazaret.cli.review;

import java.util.List;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.VerdictText;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.deskapi.requests.SubmitReply;

/// The result of the requests for the versions of a lockfile.
///
/// @param lockfile the lockfile as the user named it
/// @param served the number of packages that are served
/// @param tampered whether a checksum of the lockfile differs from the index, so that nothing was
///   requested
/// @param requested the requested versions, in the order of the lockfile
/// @param failed the packages that were not requested and are not served
record ProjectRequestResult(
    String lockfile,
    long served,
    boolean tampered,
    List<SubmitReply> requested,
    List<Failure> failed) {
  ProjectRequestResult {
    requested = List.copyOf(requested);
    failed = List.copyOf(failed);
  }

  /// A package that was not requested.
  ///
  /// @param spec `NAME@VERSION`
  /// @param code the cause
  /// @param detail the cause as a clause
  record Failure(String spec, ErrorCode code, String detail) {}

  /// The JSON of the result.
  ///
  /// @param complete whether each package is served or requested
  /// @param served the number of packages that are served
  /// @param requested the requested versions with their verdicts
  /// @param failed the packages that were not requested
  private record Document(
      boolean complete, long served, List<SubmitReply> requested, List<Failure> failed) {}

  /// Returns the exit code, the most severe of those of the packages.
  ExitCode exitCode() {
    return ExitCode.gravest(failed.stream().map(each -> ExitCode.of(each.code())).toList());
  }

  /// Prints the result: a line for each version, and a summary; or one JSON document.
  void print(Terminal terminal, boolean json) {
    if (json) {
      terminal.json(new Document(failed.isEmpty(), served, requested, failed));
      return;
    }
    TextTable table = new TextTable("VERSION", "RESULT", "WHY");
    for (SubmitReply each : requested) {
      table.row(
          Cell.of(TextStyle.STRONG, each.name() + "@" + each.version()),
          Cell.of("requested"),
          Cell.of(why(each.verdict())));
    }
    for (Failure each : failed) {
      table.row(
          Cell.of(TextStyle.STRONG, each.spec()),
          Cell.of(TextStyle.WARN, each.code().code()),
          Cell.of(each.detail()));
    }
    terminal.table(table);
    terminal.line(summary());
    long unkept = requested.stream().filter(each -> !each.recorded()).count();
    if (unkept > 0) {
      terminal.line(
          "  the reason of %d is not kept: the limit of reasons for one day is reached"
              .formatted(unkept));
    }
    if (!requested.isEmpty()) {
      terminal.line(
          "  the reviewers see them in their queue; check: vetting-cli verify " + lockfile);
    }
  }

  private static String why(VerdictInfo verdict) {
    return verdict.reasons().isEmpty() ? "" : VerdictText.reason(verdict.reasons().getFirst());
  }

  private String summary() {
    if (tampered) {
      return "nothing was requested: a checksum in %s differs from the index".formatted(lockfile);
    }
    return requested.isEmpty() && failed.isEmpty()
        ? "nothing to request: all packages of %s are served".formatted(lockfile)
        : "%d requested, %d not, %d served".formatted(requested.size(), failed.size(), served);
  }
}
