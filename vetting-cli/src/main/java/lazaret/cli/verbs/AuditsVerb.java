package lazaret.cli.verbs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Moments;
import lazaret.cli.report.Table;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.audit.VetLimits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "audits",
    header = "Takes over what others have audited, and exports what we have decided.",
    synopsisSubcommandLabel = "import|list|remove|export",
    footer = {
      "Examples:",
      "  vetting-cli audits import audits.toml --name mozilla",
      "  vetting-cli audits list",
      "  vetting-cli audits export > audits.toml"
    },
    exitCodeList = {"0:done", "2:see the verb's own help", "3:no gate answers"})
final class AuditsVerb extends VerbGroup {
  AuditsVerb(Session session) {
    super(session);
  }

  @Override
  SequencedMap<String, Verb> parts() {
    SequencedMap<String, Verb> parts = new LinkedHashMap<>();
    parts.put("import", new Import(session()));
    parts.put("list", new Listing(session()));
    parts.put("remove", new Remove(session()));
    parts.put("export", new Export(session()));
    return parts;
  }

  @Command(
      name = "import",
      header = "Takes over the audits.toml of a peer, and puts it in force.",
      description = {
        "",
        "What the peer says replaces what it said before. Versions that the index names now are bound"
            + " to their SHA-256: should the index name another one later, the audits do not count.",
        "Entries that cannot be read are left out and named."
      },
      footer = {
        "Examples:",
        "  vetting-cli audits import audits.toml --name mozilla",
        "  vetting-cli audits import g.toml --name google --criteria-map ub-risk-1=safe-to-run"
      },
      exitCodeList = {
        "0:in force",
        "2:no such file, no cargo-vet file, or a malformed name or map",
        "3:no gate answers"
      })
  static final class Import extends Verb {
    @Parameters(paramLabel = "FILE", description = "The peer's audits.toml.")
    Path file = Path.of("");

    @Option(
        names = "--name",
        paramLabel = "PEER",
        required = true,
        description = "What the peer is called here: lower-case letters, digits and hyphens.")
    String name = "";

    @Option(
        names = "--criteria-map",
        paramLabel = "THEIRS=OURS",
        split = ",",
        description =
            "What a criterion of the peer means here; built-in ones mean themselves, others nothing.")
    List<String> criteria = new ArrayList<>();

    @Option(
        names = "--exclude",
        paramLabel = "CRATE",
        split = ",",
        description = "Crates of which no audits and no violations are taken.")
    List<String> exclude = new ArrayList<>();

    Import(Session session) {
      super(session);
    }

    @Override
    ExitCode run() {
      Path path = session().around().path(file);
      JsonObject order =
          JsonObject.builder()
              .put("name", name)
              .put("source", file.toString())
              .put("toml", read(path))
              .texts("criteria_map", criteria)
              .texts("exclude", exclude)
              .build();
      JsonObject taken =
          desk().ask("cannot take over the audits", DeskQuestion.post("/audits", order));
      if (session().json()) {
        terminal().json(taken);
        return ExitCode.DONE;
      }
      taken.texts("warnings").forEach(warning -> terminal().note("left out: " + warning));
      terminal()
          .line(
              "audits of '%s' are in force: %d entries on %d crates, %d versions bound"
                  .formatted(
                      name,
                      taken.number("entries"),
                      taken.number("crates"),
                      taken.number("bound")));
      return ExitCode.DONE;
    }

    private static String read(Path path) {
      try {
        if (Files.size(path) <= VetLimits.MAX_BYTES) {
          return Files.readString(path);
        }
      } catch (IOException e) {
        throw new CliException(
            ErrorCode.MALFORMED_INPUT, "cannot read '" + path + "': no such text file", e);
      }
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot read '%s': more than %d bytes".formatted(path, VetLimits.MAX_BYTES));
    }
  }

  @Command(
      name = "list",
      header = "Lists whose audits are in force.",
      footer = {"Examples:", "  vetting-cli audits list"},
      exitCodeList = {"0:told", "3:no gate answers"})
  static final class Listing extends Verb {
    Listing(Session session) {
      super(session);
    }

    @Override
    ExitCode run() {
      JsonObject document = desk().ask("cannot list the audits", DeskQuestion.get("/audits"));
      if (session().json()) {
        terminal().json(document);
        return ExitCode.DONE;
      }
      Table table = new Table("PEER", "ENTRIES", "CRATES", "BOUND", "SINCE", "FROM");
      for (JsonObject peer : document.objects("audits")) {
        table.row(
            Cell.of(peer.words("name")),
            Cell.of(peer.number("entries")),
            Cell.of(peer.number("crates")),
            Cell.of(peer.number("bound")),
            Cell.of(Moments.minute(peer.words("at"))),
            Cell.of(peer.words("source")));
      }
      terminal().table(table);
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "remove",
      header = "Takes the audits of a peer out of force.",
      footer = {"Examples:", "  vetting-cli audits remove mozilla"},
      exitCodeList = {"0:out of force", "2:no audits of that peer are held", "3:no gate answers"})
  static final class Remove extends Verb {
    @Parameters(paramLabel = "PEER", description = "What the peer is called here.")
    String name = "";

    Remove(Session session) {
      super(session);
    }

    @Override
    ExitCode run() {
      JsonObject done =
          desk()
              .ask(
                  "cannot remove the audits of '" + name + "'",
                  DeskQuestion.delete(DeskQuestion.path("audits", name)));
      if (session().json()) {
        terminal().json(done);
      } else {
        terminal().line("audits of '" + name + "' are out of force");
      }
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "export",
      header = "Prints our decisions as the audits.toml of cargo-vet.",
      description = {
        "",
        "Approvals are audits, refusals are violations; exemptions are left out, for nobody read what"
            + " they exempt. The server hands the same file out at /audits/audits.toml."
      },
      footer = {"Examples:", "  vetting-cli audits export > audits.toml"},
      exitCodeList = {"0:printed", "3:no gate answers"})
  static final class Export extends Verb {
    Export(Session session) {
      super(session);
    }

    @Override
    ExitCode run() {
      JsonObject document =
          desk().ask("cannot export the audits", DeskQuestion.get("/audits/export"));
      if (session().json()) {
        terminal().json(document);
      } else {
        document.words("toml").lines().forEach(terminal()::line);
      }
      return ExitCode.DONE;
    }
  }
}
