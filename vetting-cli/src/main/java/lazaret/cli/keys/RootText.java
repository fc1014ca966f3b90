package lazaret.cli.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lazaret.bundle.ceremony.RootProposal;
import lazaret.bundle.ceremony.RootView;
import lazaret.bundle.keys.RootPlan;
import lazaret.bundle.signing.SignatureTally;
import lazaret.bundle.tuf.Metadata;
import lazaret.cli.command.CliSession;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.Cell;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.json.Inline;
import org.jspecify.annotations.Nullable;

/// The text of a root.
public final class RootText {
  private RootText() {}

  /// The JSON of a root.
  ///
  /// @param version the version
  /// @param fingerprint the fingerprint in groups
  /// @param stream the name of the stream of all bundles under this root
  /// @param streamId the unique id of the stream
  /// @param epoch the epoch of the stream
  /// @param expires the end of its validity
  /// @param roles the roles with their officers
  /// @param officers the officers with their keys
  /// @param decisionKeys the ids of the keys for decisions
  public record RootDocument(
      long version,
      String fingerprint,
      String stream,
      String streamId,
      long epoch,
      Instant expires,
      List<RoleDocument> roles,
      List<OfficerDocument> officers,
      List<String> decisionKeys) {}

  /// The JSON of a role of a root.
  ///
  /// @param role the role
  /// @param needed the number of officers who must sign
  /// @param officers the officers who may sign
  public record RoleDocument(String role, long needed, List<String> officers) {}

  /// The JSON of an officer.
  ///
  /// @param name the name
  /// @param fingerprint the fingerprint of the public keys, in groups
  public record OfficerDocument(String name, String fingerprint) {}

  /// The JSON of the signatures for a role.
  ///
  /// @param role the role
  /// @param rootVersion the version of the root that names the officers
  /// @param needed the number of officers who must sign
  /// @param signed the officers who signed
  /// @param open the officers who have not signed
  public record SignaturesDocument(
      String role, long rootVersion, long needed, List<String> signed, List<String> open) {}

  /// The JSON of a proposed root.
  ///
  /// @param root the root
  /// @param file the file of the root
  /// @param transcript the file of the transcript
  private record ProposedDocument(@Inline RootDocument root, String file, String transcript) {}

  /// Returns the content of a root as a document.
  public static RootDocument document(RootView view) {
    Metadata.Root root = view.root();
    RootPlan plan = view.plan();
    return new RootDocument(
        root.version(),
        view.fingerprint().groups(),
        plan.stream().name(),
        plan.stream().uuid().toString(),
        plan.epoch(),
        root.expires(),
        plan.roles().entrySet().stream()
            .map(
                role ->
                    new RoleDocument(
                        role.getKey(),
                        role.getValue().minPairs(),
                        List.copyOf(role.getValue().officers())))
            .toList(),
        plan.officers().values().stream()
            .map(pair -> new OfficerDocument(pair.name(), pair.fingerprint().groups()))
            .toList(),
        plan.decisionKeys().stream().map(key -> key.id()).toList());
  }

  /// Prints the content of a root.
  public static void print(Terminal terminal, RootDocument root) {
    terminal.line(
        Cell.of(TextStyle.STRONG, "root version " + root.version()),
        Cell.of(
            " of the stream %s, epoch %d, until %s"
                .formatted(
                    root.stream(), root.epoch(), root.expires().toString().substring(0, 10))));
    TextTable roles = new TextTable("ROLE", "SIGNED BY");
    for (RoleDocument role : root.roles()) {
      roles.row(
          Cell.of(role.role()),
          Cell.of("%d of %s".formatted(role.needed(), String.join(", ", role.officers()))));
    }
    terminal.table(roles);
    TextTable officers = new TextTable("OFFICER", "FINGERPRINT OF THE PUBLIC KEYS");
    for (OfficerDocument officer : root.officers()) {
      officers.row(Cell.of(officer.name()), Cell.of(officer.fingerprint()));
    }
    terminal.table(officers);
    terminal.line(Cell.of("fingerprint  "), Cell.of(TextStyle.STRONG, root.fingerprint()));
  }

  /// Returns the signatures for a role as a document.
  public static SignaturesDocument document(SignatureTally tally) {
    return new SignaturesDocument(
        tally.role(), tally.rootVersion(), tally.needed(), tally.signed(), tally.open());
  }

  /// Prints a proposed root.
  ///
  /// @param next the next steps, one line each
  static void proposed(
      CliSession session, RootProposal proposal, RootProposal.Written written, List<String> next) {
    RootDocument root = document(RootView.of(proposal));
    if (session.json()) {
      session
          .terminal()
          .json(
              new ProposedDocument(
                  root, written.root().toString(), written.transcript().toString()));
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
