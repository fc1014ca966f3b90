package lazaret.cli.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.command.VerbGroup;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.CrateVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The command `audits`, which imports audits of peers or exports own decisions.
@Command(
    name = "audits",
    header = "Import audits of peers and export own decisions",
    synopsisSubcommandLabel = "import|list|show|refresh|remove|export",
    footer = {
      "Examples:",
      "  vetting-cli audits import https://peer.example/audits.toml --name peer",
      "  vetting-cli audits import supply-chain/",
      "  vetting-cli audits show serde@1.0.230",
      "  vetting-cli audits export > audits.toml"
    },
    exitCodeList = {"0:success", "2:see the help of the verb", "3:gate unavailable"})
public final class AuditsVerb extends VerbGroup {
  public AuditsVerb(CliSession session) {
    super(session);
  }

  @Override
  public SequencedMap<String, Verb> parts() {
    SequencedMap<String, Verb> parts = new LinkedHashMap<>();
    parts.put("import", new AuditsImportVerb(session()));
    parts.put("list", new Listing(session()));
    parts.put("show", new Show(session()));
    parts.put("refresh", new Refresh(session()));
    parts.put("remove", new Remove(session()));
    parts.put("export", new Export(session()));
    return parts;
  }

  @Command(
      name = "list",
      header = "List the peers whose audits are in force",
      footer = {"Examples:", "  vetting-cli audits list"},
      exitCodeList = {"0:success", "3:gate unavailable"})
  static final class Listing extends Verb {
    Listing(CliSession session) {
      super(session);
    }

    @Override
    public ExitCode run() {
      JsonObject document = desk().ask("cannot list the audits", DeskQuestion.get("/audits"));
      if (session().json()) {
        terminal().json(document);
        return ExitCode.DONE;
      }
      TextTable table = new TextTable("PEER", "ENTRIES", "CRATES", "BOUND", "SINCE", "FROM");
      for (JsonObject peer : document.objects("audits")) {
        table.row(
            Cell.of(peer.words("name")),
            Cell.of(peer.number("entries")),
            Cell.of(peer.number("crates")),
            Cell.of(peer.number("bound")),
            Cell.of(Timestamps.minute(peer.words("at"))),
            Cell.of(peer.words("source")));
      }
      terminal().table(table);
      for (JsonObject failing : document.objects("failing")) {
        terminal()
            .note(
                "the last refresh of '%s' failed: %s"
                    .formatted(failing.words("name"), failing.words("why")));
      }
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "show",
      header = "Show who audited what, and for which criteria",
      description = {
        "",
        "Without a name, the reported violations are listed with the audits that they contradict."
            + " For a crate, all audits are listed, including own approvals with criteria. For a"
            + " version, each criterion is listed with the audits that lead to it, or the reason"
            + " why it is not met."
      },
      footer = {
        "Examples:",
        "  vetting-cli audits show",
        "  vetting-cli audits show serde",
        "  vetting-cli audits show serde@1.0.230"
      },
      exitCodeList = {"0:success", "2:a malformed name", "3:gate unavailable", "5:no such version"})
  static final class Show extends Verb {
    @Parameters(
        paramLabel = "NAME[@VERSION]",
        arity = "0..1",
        description = "A crate, or one version of it.")
    @Nullable String spec;

    Show(CliSession session) {
      super(session);
    }

    @Override
    public ExitCode run() {
      JsonObject document = desk().ask("cannot show the audits", DeskQuestion.get(path()));
      AuditsText page = new AuditsText(terminal());
      if (session().json()) {
        terminal().json(document);
      } else if (spec == null) {
        page.conflicts(document);
      } else {
        page.crate(document);
      }
      return ExitCode.DONE;
    }

    private String path() {
      if (spec == null) {
        return DeskQuestion.path("audits");
      }
      CrateSpec parsed = CrateSpec.parse(spec);
      CrateVersion version = parsed.version();
      if (version != null) {
        return DeskQuestion.path("audits", "crates", parsed.name().published(), version.text());
      }
      if (parsed.req() != null) {
        throw new CliException(
            ErrorCode.MALFORMED_INPUT,
            "cannot show '%s': expected one version, like serde@1.0.230, or a crate name"
                .formatted(spec));
      }
      return DeskQuestion.path("audits", "crates", parsed.name().published());
    }
  }

  @Command(
      name = "refresh",
      header = "Fetch again the audits that were imported from a URL",
      footer = {"Examples:", "  vetting-cli audits refresh"},
      exitCodeList = {"0:success, even if one failed", "3:gate unavailable"})
  static final class Refresh extends Verb {
    Refresh(CliSession session) {
      super(session);
    }

    @Override
    public ExitCode run() {
      JsonObject done =
          desk()
              .ask(
                  "cannot refresh the audits",
                  DeskQuestion.post("/audits/refresh", JsonObject.builder().build())
                      .patient(DeskQuestion.LONG_PATIENCE));
      if (session().json()) {
        terminal().json(done);
        return ExitCode.DONE;
      }
      List<JsonObject> peers = done.objects("audits");
      if (peers.isEmpty()) {
        terminal().line("no audits were imported from a URL, or the gate may not fetch them");
      }
      for (JsonObject peer : peers) {
        String name = peer.words("name");
        if (peer.has("refused")) {
          terminal().note("audits of '%s' not changed: %s".formatted(name, peer.words("refused")));
        } else if (peer.flag("unchanged")) {
          terminal().line("audits of '" + name + "' are unchanged");
        } else {
          AuditsImportVerb.tell(terminal(), peer);
        }
      }
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "remove",
      header = "Remove the audits of a peer",
      footer = {"Examples:", "  vetting-cli audits remove mozilla"},
      exitCodeList = {"0:removed", "2:no audits of that peer", "3:gate unavailable"})
  static final class Remove extends Verb {
    @Parameters(paramLabel = "PEER", description = "Name of the peer here.")
    String name = "";

    Remove(CliSession session) {
      super(session);
    }

    @Override
    public ExitCode run() {
      JsonObject done =
          desk()
              .ask(
                  "cannot remove the audits of '" + name + "'",
                  DeskQuestion.delete(DeskQuestion.path("audits", name)));
      if (session().json()) {
        terminal().json(done);
      } else {
        terminal().line("audits of '" + name + "' are removed");
      }
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "export",
      header = "Print own decisions as an audits.toml of cargo-vet",
      description = {
        "",
        "An approval with --criteria is exported as an audit, with --delta as an audit of the"
            + " difference. It names all approvers and their evidence. A denial or revocation is"
            + " exported as a violation. Exemptions and approvals without criteria are left out."
            + " The server has the same file at /audits/audits.toml."
      },
      footer = {"Examples:", "  vetting-cli audits export > audits.toml"},
      exitCodeList = {"0:printed", "3:gate unavailable"})
  static final class Export extends Verb {
    Export(CliSession session) {
      super(session);
    }

    @Override
    public ExitCode run() {
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
