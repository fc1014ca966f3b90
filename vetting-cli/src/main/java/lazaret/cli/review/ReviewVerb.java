package lazaret.cli.review;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.VersionArguments;
import lazaret.cli.lockfile.CheckedLockfile;
import lazaret.cli.lockfile.PackageResult;
import lazaret.cli.report.ExitCode;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.LockfileOperations;
import lazaret.vetting.deskapi.ReadingOperations;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.deskapi.client.DeskClient;
import lazaret.vetting.deskapi.lockfiles.PackageStatus;
import lazaret.vetting.deskapi.lockfiles.ReadingListItemInfo;
import lazaret.vetting.deskapi.lockfiles.ReadingListReply;
import lazaret.vetting.deskapi.lockfiles.ReadingListRequest;
import lazaret.vetting.deskapi.reading.ReadMarkInfo;
import lazaret.vetting.deskapi.reading.ReadMarkRequest;
import lazaret.vetting.deskapi.reading.ReadStateReply;
import lazaret.vetting.deskapi.review.NotReadableInfo;
import lazaret.vetting.deskapi.review.ReviewReply;
import lazaret.vetting.deskapi.review.ReviewRequest;
import lazaret.vetting.json.Inline;
import lazaret.vetting.text.KebabCase;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `review`, which shows what to read before a decision.
@Command(
    name = "review",
    header = "Show what to read before a decision on a version or Cargo.lock",
    description = {
      "",
      "A version is shown with its verdict, the result of the inspection, its requesters, the"
          + " verdicts of its dependencies, and the difference to the nearest vetted version, build"
          + " scripts first. A version that is not stored is fetched and inspected for this, but"
          + " not served.",
      "",
      "A lockfile is shown with its withheld packages, in increasing order of lines to read.",
      "",
      "On a terminal, the text goes through PAGER or less.",
      "",
      "--mark-read records that the owner of the token read the lines that are shown. Only lines of"
          + " differences count, and no line that is cut."
    },
    footer = {
      "Examples:",
      "  vetting-cli review serde@1.0.230",
      "  vetting-cli review serde@1.0.230 --base 1.0.200 --stat",
      "  vetting-cli review serde@1.0.230 --mark-read",
      "  vetting-cli review --lockfile Cargo.lock"
    },
    exitCodeList = {
      "0:success, whatever the verdict",
      "1:hostile archive, which cannot be read",
      "2:no exact version or base, or unreadable lockfile",
      "3:gate or upstream unavailable; what is known is shown",
      "4:bytes of upstream, or a checksum in the lockfile, differ from the index",
      "5:unknown crate or version, or upstream has no file for it"
    })
public final class ReviewVerb extends Verb {
  private static final int MARKS_AT_ONCE = 1_000;

  @Parameters(paramLabel = "NAME@VERSION", arity = "0..1", description = "One exact version.")
  @Nullable String word;

  @Option(
      names = "--base",
      paramLabel = "VERSION",
      description =
          "Version to compare with. Default: of the nearest lower and the nearest higher vetted"
              + " version, the one with less to read.")
  @Nullable String base;

  @Option(
      names = "--lockfile",
      paramLabel = "FILE",
      description = "Review all packages of this Cargo.lock.")
  @Nullable Path lockfile;

  @Option(names = "--stat", description = "List the files that differ, without the differences.")
  boolean stat;

  @Option(
      names = "--mark-read",
      description = "Record in the read ledger that the lines shown were read.")
  boolean markRead;

  @Option(names = "--no-pager", description = "Print without a pager.")
  boolean noPager;

  public ReviewVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
    String named = word;
    Path file = lockfile;
    if ((named == null) == (file == null) || (file != null && base != null)) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot review: expected one version, like serde@1.2.3, or --lockfile FILE, and --base"
              + " with a version only");
    }
    if (markRead && (file != null || stat)) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot mark lines as read: expected the differences of one version, found --lockfile or"
              + " --stat; leave it out");
    }
    return file == null ? version(named == null ? "" : named) : lockfile(file);
  }

  private ExitCode version(String text) {
    VersionArguments.Exact exact = VersionArguments.exact(text);
    CrateVersion named = base == null ? null : CrateVersion.parse(base);
    Reply<ReviewReply> reply =
        desk()
            .reply(
                ReviewOperations.REVIEW, new ReviewRequest(exact.name(), exact.version(), named));
    ReviewReply report =
        DeskClient.value(reply, "cannot review %s@%s".formatted(exact.name(), exact.version()));
    if (session().json()) {
      terminal().json(reply.document());
    } else {
      new ReviewText(terminal(), session().now()).print(report, !stat);
    }
    if (markRead) {
      mark(exact, report);
    }
    return read(report.notReadable());
  }

  /// Records that the lines of a review were read, and prints what counts as read.
  private void mark(VersionArguments.Exact exact, ReviewReply report) {
    List<ReadMarkInfo> marks =
        report.diff() == null ? List.of() : ShownLines.marks(report.diff().files());
    CrateVersion compared = report.base() == null ? null : report.base().version();
    String failure = "cannot mark the lines of %s@%s".formatted(exact.name(), exact.version());
    ReadStateReply state = null;
    for (int from = 0; from < marks.size(); from += MARKS_AT_ONCE) {
      List<ReadMarkInfo> some = marks.subList(from, Math.min(marks.size(), from + MARKS_AT_ONCE));
      state =
          desk()
              .call(
                  ReadingOperations.MARK_READ,
                  new ReadMarkRequest(exact.name(), exact.version(), compared, false, some),
                  failure);
    }
    if (!session().json()) {
      terminal().line(state == null ? "read:     no lines were shown" : read(state));
    }
  }

  private static String read(ReadStateReply state) {
    String roles =
        state.roles().stream()
            .filter(each -> each.lines() > 0)
            .map(each -> "%s %d/%d".formatted(KebabCase.of(each.role()), each.read(), each.lines()))
            .collect(Collectors.joining(", "));
    String against =
        state.against() == null
            ? "the whole version, as no base is approved or audited"
            : "compared with " + state.against();
    return "read:     %s of %s lines to read (%s); %s"
        .formatted(state.read(), state.lines(), roles, against);
  }

  private ExitCode lockfile(Path file) {
    String text = CheckedLockfile.text(session(), file);
    ReadingListReply list =
        desk()
            .call(
                LockfileOperations.READING_LIST,
                new ReadingListRequest(text, CheckedLockfile.name(session(), file)),
                "cannot review " + file);
    if (session().json()) {
      terminal().json(new ReadingList(list, file.toString()));
    } else {
      new ReadingListText(terminal()).print(file, list);
    }
    List<ExitCode> codes = new ArrayList<>();
    for (ReadingListItemInfo line : list.packages()) {
      codes.add(
          line.status() == PackageStatus.WITHHELD
              ? read(line.notReadable())
              : PackageResult.of(file.toString(), line).exitCode());
    }
    return ExitCode.gravest(codes);
  }

  /// The JSON of a reading list.
  ///
  /// @param list the reply of the gate
  /// @param lockfile the lockfile as the user named it
  private record ReadingList(@Inline ReadingListReply list, String lockfile) {}

  /// Returns the exit code: success, or the code of the reason why the version could not be read.
  private static ExitCode read(@Nullable NotReadableInfo cause) {
    return cause == null ? ExitCode.DONE : ExitCode.of(cause.code());
  }
}
