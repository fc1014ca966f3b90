package lazaret.cli.decision;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.lockfile.DecidedVersions;
import lazaret.cli.lockfile.FeedWarnings;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import lazaret.cli.report.VerdictText;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.deskapi.DecisionOperations;
import lazaret.vetting.deskapi.DeskJson;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.decisions.DecideReply;
import lazaret.vetting.deskapi.decisions.DecideRequest;
import lazaret.vetting.deskapi.decisions.WithheldVersionInfo;
import lazaret.vetting.text.KebabCase;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A verb that records decisions. It selects versions, lists them, asks for confirmation, and
/// records the decisions.
abstract class DecisionVerb extends Verb {
  private static final int CKSUM_SHOWN = 12;

  @Parameters(
      paramLabel = "NAME@VERSION|NAME@REQ",
      arity = "0..*",
      description = {
        "A version (serde@1.0.219), or a requirement that selects all matching versions"
            + " ('serde@^1.0.200', 'serde@*')."
      })
  List<String> words = new ArrayList<>();

  @Option(
      names = "--lockfile",
      paramLabel = "FILE",
      description = "All packages of this Cargo.lock that come from the registry.")
  @Nullable Path lockfile;

  @Option(
      names = "--only-withheld",
      description = "Only the packages of the lockfile that are withheld now.")
  boolean onlyWithheld;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Reason in your own words; kept permanently.")
  String reason = "";

  @Option(
      names = "--evidence",
      paramLabel = "TEXT",
      description =
          "Link, ticket or report that supports the decision. May be given several times.")
  List<String> evidence = new ArrayList<>();

  @Option(names = "--dry-run", description = "List what would be decided, and record nothing.")
  boolean dryRun;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask before deciding on several versions.")
  boolean yes;

  DecisionVerb(CliSession session) {
    super(session);
  }

  /// Returns the kind of the decisions.
  abstract DecisionInfo.Kind kind();

  /// Returns the participle of [#kind].
  abstract String past();

  /// Returns the terms that the options state.
  DecisionTerms terms() {
    return DecisionTerms.NONE;
  }

  /// Asks a person to confirm a decision on a single version.
  ///
  /// @return the terms that the person confirmed; empty if the person did not confirm
  Optional<DecisionTerms> confirmed(DecisionTerms terms, SelectedVersion version) {
    return Optional.of(terms);
  }

  /// Returns the versions that are missing in the command line.
  @Override
  public final List<String> lacking() {
    List<String> lacking = new ArrayList<>();
    if (words.isEmpty() && lockfile == null) {
      lacking.add("NAME@VERSION (or --lockfile FILE)");
    }
    for (String word : words) {
      if (CrateName.isValid(word)) {
        lacking.add(
            "the version of '%s' (%s@1.2.3, '%s@^1.2', '%s@*')".formatted(word, word, word, word));
      }
    }
    return lacking;
  }

  @Override
  public final ExitCode run() {
    List<String> missing = new ArrayList<>(lacking());
    if (reason.isBlank()) {
      missing.add("--reason TEXT (it is empty)");
    }
    if (!missing.isEmpty()) {
      throw usage(missing(missing));
    }
    DecisionTerms terms = terms();
    VersionSelection selection = new VersionSelection(session(), kind());
    words.forEach(selection::add);
    if (lockfile != null) {
      selection.addLockfile(lockfile, onlyWithheld);
    }
    List<SelectedVersion> versions = selection.all();
    // A script without a terminal gets only the state after the decision.
    if (!session().json() && (dryRun || terminal().looks().asks())) {
      list(versions, dryRun ? "NOW" : "BEFORE");
    }
    if (dryRun || versions.isEmpty()) {
      return nothingDone(versions);
    }
    Optional<DecisionTerms> agreed = agreed(terms, selection);
    if (agreed.isEmpty()) {
      terminal().note("nothing was recorded");
      return ExitCode.USAGE;
    }
    return record(agreed.get(), selection);
  }

  private void list(List<SelectedVersion> versions, String state) {
    TextTable table = new TextTable("CRATE", "VERSION", "SHA-256", state);
    for (SelectedVersion one : versions) {
      table.row(
          Cell.of(TextStyle.STRONG, one.name()),
          Cell.of(one.version()),
          Cell.of(TextStyle.FAINT, one.cksum().hex().substring(0, CKSUM_SHOWN)),
          Cell.of(one.now()));
    }
    terminal().table(table);
  }

  private ExitCode nothingDone(List<SelectedVersion> versions) {
    if (session().json()) {
      terminal().json(DeskJson.encode(DecisionOutput.nothing(dryRun, versions)));
    } else if (versions.isEmpty()) {
      terminal().line("nothing to " + verb());
    } else {
      terminal().line("%d would be %s; nothing was recorded".formatted(versions.size(), past()));
    }
    return ExitCode.DONE;
  }

  /// Returns the terms if the decision may be recorded. A lockfile names each version exactly, so a
  /// script needs no confirmation. A requirement may match more versions than its author expects.
  private Optional<DecisionTerms> agreed(DecisionTerms terms, VersionSelection selection) {
    List<SelectedVersion> versions = selection.all();
    boolean asks = terminal().looks().asks();
    if (yes) {
      return Optional.of(terms);
    }
    if (versions.size() == 1 && lockfile == null) {
      return asks ? confirmed(terms, versions.getFirst()) : Optional.of(terms);
    }
    if (!selection.widened() && lockfile == null) {
      return Optional.of(terms);
    }
    if (asks) {
      return terminal().confirms("%s these %d versions?".formatted(verb(), versions.size()))
          ? Optional.of(terms)
          : Optional.empty();
    }
    if (selection.widened()) {
      throw usage(
          "the requirement selects %d versions, and there is no terminal to confirm them; list them with --dry-run, then add --yes"
              .formatted(versions.size()));
    }
    return Optional.of(terms);
  }

  private ExitCode record(DecisionTerms terms, VersionSelection selection) {
    List<SelectedVersion> versions = selection.all();
    DecideReply reply =
        desk().call(DecisionOperations.DECIDE, order(terms, selection), "cannot " + verb());
    if (session().json()) {
      terminal().json(DeskJson.encode(new DecisionOutput(reply, false, versions)));
    } else {
      print(reply, versions);
    }
    return reply.withheld().isEmpty() ? ExitCode.DONE : ExitCode.STILL_WITHHELD;
  }

  private DecideRequest order(DecisionTerms terms, VersionSelection selection) {
    return new DecideRequest(
        kind(),
        List.of(),
        selection.all().stream().map(SelectedVersion::id).toList(),
        null,
        null,
        lockfile == null ? null : lockfile.toString(),
        false,
        selection.bulk(),
        reason,
        terms.expires(),
        terms.criteria(),
        terms.delta(),
        terms.waives(),
        evidence,
        selection.seenDecisions());
  }

  private void print(DecideReply reply, List<SelectedVersion> versions) {
    DecidedVersions decided = new DecidedVersions(reply);
    list(
        versions.stream()
            .map(one -> one.withState(decided.state(one.name(), one.version(), one.now())))
            .toList(),
        "NOW");
    Instant end = reply.recorded().isEmpty() ? null : reply.recorded().getFirst().expires();
    terminal()
        .line(
            Cell.of(TextStyle.GOOD, "%d %s".formatted(reply.recorded().size(), past())),
            Cell.of(end == null ? "" : " until " + Timestamps.distant(end, session().now())),
            Cell.of(
                reply.unchanged().isEmpty()
                    ? ""
                    : ", %d unchanged".formatted(reply.unchanged().size())));
    Instant everywhere = reply.inForceEverywhereAt();
    if (everywhere != null) {
      terminal().line("in force on every node at " + everywhere);
    }
    reply.withheld().forEach(this::withheld);
    FeedWarnings.note(terminal(), reply.feedWarnings());
  }

  private void withheld(WithheldVersionInfo one) {
    String spec = one.name() + "@" + one.version();
    terminal()
        .line(
            Cell.of(TextStyle.STRONG, spec),
            Cell.of(" is still "),
            Cell.of(TextStyle.BAD, "withheld"));
    one.verdict().reasons().forEach(r -> terminal().line("  because " + VerdictText.reason(r)));
  }

  private String verb() {
    return KebabCase.of(kind());
  }

  final CliException usage(String what) {
    return new CliException(ErrorCode.MALFORMED_INPUT, "cannot " + verb() + ": " + what);
  }
}
