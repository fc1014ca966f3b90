package lazaret.cli.keys;

import java.time.Duration;
import java.util.List;
import lazaret.bundle.ceremony.RootProposal;
import lazaret.bundle.ceremony.RootView;
import lazaret.bundle.signing.RootPlan;
import lazaret.bundle.signing.SignatureTally;
import lazaret.bundle.tuf.Metadata;
import lazaret.cli.command.CliSession;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.Cell;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.vetting.ErrorCode;
import org.jspecify.annotations.Nullable;

/// The text of a root.
public final class RootText {
  private RootText() {}

  /// Returns the content of a root as a document.
  public static JsonObject told(RootView view) {
    Metadata.Root root = view.root();
    RootPlan plan = view.plan();
    return JsonObject.builder()
        .put("version", root.version())
        .put("fingerprint", view.fingerprint().groups())
        .put("stream", plan.stream().name())
        .put("stream_id", plan.stream().uuid().toString())
        .put("epoch", plan.epoch())
        .put("expires", root.expires().toString())
        .list(
            "roles",
            plan.roles().entrySet(),
            role ->
                JsonObject.builder()
                    .put("role", role.getKey())
                    .put("needed", role.getValue().minPairs())
                    .texts("officers", role.getValue().officers())
                    .build())
        .list(
            "officers",
            plan.officers().values(),
            pair ->
                JsonObject.builder()
                    .put("name", pair.name())
                    .put("fingerprint", pair.fingerprint().groups())
                    .build())
        .texts("decision_keys", plan.decisionKeys().stream().map(key -> key.id()).toList())
        .build();
  }

  /// Prints the content of a root.
  public static void print(Terminal terminal, JsonObject root) {
    terminal.line(
        Cell.of(TextStyle.STRONG, "root version " + root.number("version")),
        Cell.of(
            " of the stream %s, epoch %d, until %s"
                .formatted(
                    root.words("stream"),
                    root.number("epoch"),
                    root.words("expires").substring(0, 10))));
    TextTable roles = new TextTable("ROLE", "SIGNED BY");
    for (JsonObject role : root.objects("roles")) {
      roles.row(
          Cell.of(role.words("role")),
          Cell.of(
              "%d of %s"
                  .formatted(role.number("needed"), String.join(", ", role.texts("officers")))));
    }
    terminal.table(roles);
    TextTable officers = new TextTable("OFFICER", "FINGERPRINT OF THE PUBLIC KEYS");
    for (JsonObject officer : root.objects("officers")) {
      officers.row(Cell.of(officer.words("name")), Cell.of(officer.words("fingerprint")));
    }
    terminal.table(officers);
    terminal.line(Cell.of("fingerprint  "), Cell.of(TextStyle.STRONG, root.words("fingerprint")));
  }

  /// Returns the signatures of a role as a document.
  public static JsonObject told(SignatureTally tally) {
    return JsonObject.builder()
        .put("role", tally.role())
        .put("root_version", tally.rootVersion())
        .put("needed", tally.needed())
        .texts("signed", tally.signed())
        .texts("open", tally.open())
        .build();
  }

  /// Prints a proposed root.
  ///
  /// @param next the next steps, one line each
  static void proposed(
      CliSession session, RootProposal proposal, RootProposal.Written written, List<String> next) {
    JsonObject root = told(RootView.of(proposal));
    if (session.json()) {
      session
          .terminal()
          .json(
              root.toBuilder()
                  .put("file", written.root().toString())
                  .put("transcript", written.transcript().toString())
                  .build());
      return;
    }
    print(session.terminal(), root);
    session.terminal().line("root:        " + written.root());
    session.terminal().line("transcript:  " + written.transcript());
    next.forEach(line -> session.terminal().line(line));
  }

  /// Returns the lifetime of a root.
  ///
  /// @param days the lifetime in days from the command line, or null for the default
  /// @throws CliException if the number is not from 1 to 3650
  static Duration lifetime(@Nullable Long days, Duration otherwise) {
    if (days == null) {
      return otherwise;
    }
    if (days < 1 || days > 3_650) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot plan a root: --days is %d, expected 1 to 3650".formatted(days));
    }
    return Duration.ofDays(days);
  }
}
