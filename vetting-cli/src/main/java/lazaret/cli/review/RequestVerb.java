package lazaret.cli.review;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.VersionArguments;
import lazaret.cli.report.ExitCode;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.client.DeskClient;
import lazaret.vetting.deskapi.requests.SubmitReply;
import lazaret.vetting.deskapi.requests.SubmitRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `request`, which requests the review of a version, or of all versions of a lockfile
/// that are not served.
@Command(
    name = "request",
    header = "Request withheld versions from the reviewers",
    description = {
      "",
      "The request appears in the queue with its reason. An open gate accepts requests for one"
          + " version without a token; otherwise the role 'requester' is needed.",
      "",
      "With --project, the lockfile is verified first, and every version that the policy withholds"
          + " is requested with the same reason. If a checksum differs from the index, nothing is"
          + " requested. Requests for a version that others requested are merged with theirs."
    },
    footer = {
      "Examples:",
      "  vetting-cli request serde@1.0.230 --reason 'fixes the overflow that we hit'",
      "  vetting-cli request serde@1.0.230 --reason 'needed by beta' --id 5f0c9e...",
      "  vetting-cli request --project --reason 'the new release of our service'",
      "  vetting-cli request --project --lockfile app/Cargo.lock --reason 'first build' --json"
    },
    exitCodeList = {
      "0:requested, or every version of the lockfile is served",
      "2:no exact version, no reason, too many versions, or the version is served",
      "3:gate or upstream unavailable; run again",
      "4:a checksum in the lockfile differs from the index (nothing was requested)",
      "5:no such crate or version, no bytes for it, or a package bypasses the gate; the others are"
          + " requested"
    })
public final class RequestVerb extends Verb {
  private static final Path USUAL = Path.of("Cargo.lock");
  private static final int LIMIT = 200;
  private static final int MAX_LIMIT = 1_000;

  @Parameters(arity = "0..1", paramLabel = "NAME@VERSION", description = "One exact version.")
  @Nullable String word;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description =
          "Reason for the reviewers and the ledger, at most 500 characters. Without it, the command"
              + " asks on the terminal.")
  @Nullable String reason;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "Request id of the refusal, as cargo printed it.")
  @Nullable String id;

  @Option(
      names = "--project",
      description = "All versions of the project's Cargo.lock that are not served.")
  boolean project;

  @Option(
      names = "--lockfile",
      paramLabel = "FILE",
      description = "The Cargo.lock of the project, or - for standard input. Default: Cargo.lock.")
  @Nullable Path lockfile;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "200",
      description =
          "Maximum number of versions, 1 to 1000. If more are not served, none is requested."
              + " Default: 200.")
  int limit = LIMIT;

  /// Creates the command.
  public RequestVerb(CliSession session) {
    super(session);
  }

  @Override
  public List<String> lacking() {
    List<String> lacking = new ArrayList<>();
    if (word == null && !project) {
      lacking.add("NAME@VERSION (or --project)");
    }
    if (reason == null && !terminal().looks().asks()) {
      lacking.add("--reason TEXT");
    }
    return lacking;
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public ExitCode run() {
    if (!lacking().isEmpty()) {
      throw usage(missing(lacking()));
    }
    if (word != null) {
      return single(word);
    }
    if (id != null) {
      throw usage("expected NAME@VERSION with --id, found --project");
    }
    if (limit < 1 || limit > MAX_LIMIT) {
      throw usage("expected --limit of 1 to %d, found %d".formatted(MAX_LIMIT, limit));
    }
    Path file = lockfile == null ? USUAL : lockfile;
    ProjectRequestResult result =
        new ProjectRequestRun(session(), new ProjectRequestRun.Order(file, reason(), limit)).run();
    result.print(terminal(), session().json());
    return result.exitCode();
  }

  /// Returns the reason, which a person without the option types.
  private String reason() {
    String text = reason == null ? terminal().readAnswer("reason for the reviewers:") : reason;
    if (text.isBlank()) {
      throw usage("missing --reason TEXT (it is empty)");
    }
    return text;
  }

  private static CliException usage(String what) {
    return new CliException(ErrorCode.MALFORMED_INPUT, "cannot request: " + what);
  }

  private ExitCode single(String version) {
    if (project || lockfile != null) {
      throw usage("expected NAME@VERSION or --project, found both");
    }
    VersionArguments.Exact exact = VersionArguments.exact(version);
    SubmitRequest order =
        new SubmitRequest(new CrateSpec(exact.name(), exact.version(), null), reason(), id);
    Reply<SubmitReply> reply = desk().reply(RequestOperations.SUBMIT, order);
    SubmitReply value = DeskClient.value(reply, "cannot request " + version);
    if (session().json()) {
      terminal().json(reply.document());
    } else {
      String spec = value.name() + "@" + value.version();
      terminal().line("requested " + spec + ": the reviewers see it in their queue");
      if (!value.recorded()) {
        terminal().line("  the reason is not kept: the limit of reasons for one day is reached");
      }
      terminal().line("  check: vetting-cli why " + spec);
    }
    return ExitCode.DONE;
  }
}
