package lazaret.cli.admin;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.DeskVerb;
import lazaret.cli.lockfile.AuditFileReader;
import lazaret.cli.report.Terminal;
import lazaret.vetting.deskapi.AuditOperations;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.audits.AuditImportInfo;
import lazaret.vetting.deskapi.audits.AuditImportRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    header = "Import the audits of a peer or a project",
    description = {
      "",
      "The import replaces earlier audits of the same name, unless it has less than half of their"
          + " entries. The audits are bound to the SHA-256 of the versions in the index: if the"
          + " index has another SHA-256 later, they do not count.",
      "",
      "A URL is fetched by the gate, and again on a schedule. Entries of a peer's file that cannot"
          + " be read are left out and listed. A folder is the whole store of a project: its own"
          + " audits, its imports and its publishers. Its exemptions become exemptions here, for as"
          + " long as the policy permits."
    },
    footer = {
      "Examples:",
      "  vetting-cli audits import https://peer.example/audits.toml --name peer",
      "  vetting-cli audits import g.toml --name google --criteria-map ub-risk-1=safe-to-run",
      "  vetting-cli audits import supply-chain/ --name app"
    },
    exitCodeList = {
      "0:success",
      "2:no such file, not a cargo-vet file, or a malformed name or map; nothing changed",
      "3:gate unavailable"
    })
final class AuditsImportVerb extends DeskVerb<AuditImportRequest, AuditImportInfo> {
  @Parameters(
      paramLabel = "FILE|FOLDER|URL",
      description = "The audits.toml of a peer, its URL, or the supply-chain folder of a project.")
  String place = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "Name of the peer here: lower-case letters, digits and hyphens. Default: from the host,"
              + " the file or the project's folder.")
  @Nullable String name;

  @Option(
      names = "--criteria-map",
      paramLabel = "THEIRS=OURS",
      split = ",",
      description =
          "Meaning of a criterion of the peer here. Default: built-in criteria keep their meaning,"
              + " others have none.")
  List<String> criteria = new ArrayList<>();

  @Option(
      names = "--exclude",
      paramLabel = "CRATE",
      split = ",",
      description = "Crates whose audits and violations are not imported.")
  List<String> exclude = new ArrayList<>();

  @Option(
      names = "--allow-fewer",
      description = "Accept an import with less than half of the previous entries.")
  boolean fewer;

  AuditsImportVerb(CliSession session) {
    super(session);
  }

  @Override
  protected Operation<AuditImportRequest, AuditImportInfo> operation() {
    return AuditOperations.IMPORT_AUDITS;
  }

  @Override
  protected AuditImportRequest request() {
    String peer = name == null ? named() : name;
    if (isAddress()) {
      return new AuditImportRequest(peer, place, null, null, null, null, criteria, exclude, fewer);
    }
    Path path = session().around().path(Path.of(place));
    if (!Files.isDirectory(path)) {
      String audits = AuditFileReader.text(path);
      return new AuditImportRequest(
          peer, null, place, audits, null, null, criteria, exclude, fewer);
    }
    return new AuditImportRequest(
        peer,
        null,
        place,
        AuditFileReader.text(path.resolve("audits.toml")),
        AuditFileReader.text(path.resolve("config.toml")),
        AuditFileReader.lock(path),
        criteria,
        exclude,
        fewer);
  }

  @Override
  protected String attempt() {
    return "cannot import the audits";
  }

  @Override
  protected void print(AuditImportInfo imported) {
    tell(terminal(), imported);
  }

  private boolean isAddress() {
    return place.startsWith("https://") || place.startsWith("http://");
  }

  private String named() {
    return isAddress()
        ? AuditFileReader.nickname(Objects.requireNonNullElse(URI.create(place).getHost(), place))
        : new AuditFileReader(session().around()).name(Path.of(place));
  }

  static void tell(Terminal terminal, AuditImportInfo imported) {
    imported.warnings().forEach(warning -> terminal.note("left out: " + warning));
    long exempted = imported.exempted();
    terminal.line(
        "audits of '%s' are in force: %d entries on %d crates, %d versions bound%s"
            .formatted(
                imported.name(),
                imported.entries(),
                imported.crates(),
                imported.bound(),
                exempted == 0
                    ? ""
                    : ", %d exempted (vetting-cli expiring lists them)".formatted(exempted)));
  }
}
