package lazaret.cli.admin;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.DeskVerb;
import lazaret.cli.command.EmptyRequestVerb;
import lazaret.cli.command.Verb;
import lazaret.cli.command.VerbGroup;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.deskapi.AuditOperations;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.audits.AuditExportReply;
import lazaret.vetting.deskapi.audits.AuditImportInfo;
import lazaret.vetting.deskapi.audits.AuditsOfCrateRequest;
import lazaret.vetting.deskapi.audits.AuditsOfVersionRequest;
import lazaret.vetting.deskapi.audits.AuditsRefreshInfo;
import lazaret.vetting.deskapi.audits.AuditsRefreshReply;
import lazaret.vetting.deskapi.audits.AuditsRemoveReply;
import lazaret.vetting.deskapi.audits.AuditsRemoveRequest;
import lazaret.vetting.deskapi.audits.AuditsReply;
import lazaret.vetting.deskapi.audits.CrateAuditsReply;
import lazaret.vetting.deskapi.audits.FailingAuditsInfo;
import lazaret.vetting.deskapi.client.DeskClient;
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
  static final class Listing extends EmptyRequestVerb<AuditsReply> {
    Listing(CliSession session) {
      super(session, () -> AuditOperations.AUDITS, "cannot list the audits");
    }

    @Override
    protected void print(AuditsReply reply) {
      TextTable table = new TextTable("PEER", "ENTRIES", "CRATES", "BOUND", "SINCE", "FROM");
      for (AuditImportInfo peer : reply.audits()) {
        table.row(
            Cell.of(peer.name()),
            Cell.of(peer.entries()),
            Cell.of(peer.crates()),
            Cell.of(peer.bound()),
            Cell.of(Timestamps.minute(peer.at())),
            Cell.of(peer.source()));
      }
      terminal().table(table);
      for (FailingAuditsInfo failing : reply.failing()) {
        terminal()
            .note("the last refresh of '%s' failed: %s".formatted(failing.name(), failing.why()));
      }
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
    private static final String ATTEMPT = "cannot show the audits";

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
      AuditsText text = new AuditsText(terminal());
      CrateSpec parsed = spec == null ? null : CrateSpec.parse(spec);
      if (parsed == null) {
        Reply<AuditsReply> reply = desk().reply(AuditOperations.AUDITS, new EmptyRequest());
        AuditsReply audits = DeskClient.value(reply, ATTEMPT);
        if (session().json()) {
          terminal().json(reply.document());
        } else {
          text.conflicts(audits);
        }
      } else {
        Reply<CrateAuditsReply> reply = crate(parsed);
        CrateAuditsReply audits = DeskClient.value(reply, ATTEMPT);
        if (session().json()) {
          terminal().json(reply.document());
        } else {
          text.crate(audits);
        }
      }
      return ExitCode.DONE;
    }

    private Reply<CrateAuditsReply> crate(CrateSpec parsed) {
      if (parsed.version() != null) {
        return desk()
            .reply(
                AuditOperations.AUDITS_OF_VERSION,
                new AuditsOfVersionRequest(parsed.name(), parsed.version()));
      }
      if (parsed.req() != null) {
        throw new CliException(
            ErrorCode.MALFORMED_INPUT,
            "cannot show '%s': expected one version, like serde@1.0.230, or a crate name"
                .formatted(spec));
      }
      return desk().reply(AuditOperations.AUDITS_OF_CRATE, new AuditsOfCrateRequest(parsed.name()));
    }
  }

  @Command(
      name = "refresh",
      header = "Fetch again the audits that were imported from a URL",
      footer = {"Examples:", "  vetting-cli audits refresh"},
      exitCodeList = {"0:success, even if one failed", "3:gate unavailable"})
  static final class Refresh extends EmptyRequestVerb<AuditsRefreshReply> {
    Refresh(CliSession session) {
      super(session, () -> AuditOperations.REFRESH_AUDITS, "cannot refresh the audits");
    }

    @Override
    protected void print(AuditsRefreshReply reply) {
      if (reply.audits().isEmpty()) {
        terminal().line("no audits were imported from a URL, or the gate may not fetch them");
      }
      reply.audits().forEach(this::tell);
    }

    private void tell(AuditsRefreshInfo refreshed) {
      switch (refreshed) {
        case AuditsRefreshInfo.Updated updated ->
            AuditsImportVerb.tell(
                terminal(),
                new AuditImportInfo(
                    updated.name(),
                    updated.source(),
                    updated.at(),
                    updated.crates(),
                    updated.entries(),
                    updated.bound(),
                    updated.exempted(),
                    updated.warnings()));
        case AuditsRefreshInfo.Unchanged unchanged ->
            terminal().line("audits of '" + unchanged.name() + "' are unchanged");
        case AuditsRefreshInfo.Refused refused ->
            terminal()
                .note(
                    "audits of '%s' not changed: %s".formatted(refused.name(), refused.refused()));
      }
    }
  }

  @Command(
      name = "remove",
      header = "Remove the audits of a peer",
      footer = {"Examples:", "  vetting-cli audits remove mozilla"},
      exitCodeList = {"0:removed", "2:no audits of that peer", "3:gate unavailable"})
  static final class Remove extends DeskVerb<AuditsRemoveRequest, AuditsRemoveReply> {
    @Parameters(paramLabel = "PEER", description = "Name of the peer here.")
    String name = "";

    Remove(CliSession session) {
      super(session);
    }

    @Override
    protected Operation<AuditsRemoveRequest, AuditsRemoveReply> operation() {
      return AuditOperations.REMOVE_AUDITS;
    }

    @Override
    protected AuditsRemoveRequest request() {
      return new AuditsRemoveRequest(name);
    }

    @Override
    protected String attempt() {
      return "cannot remove the audits of '" + name + "'";
    }

    @Override
    protected void print(AuditsRemoveReply reply) {
      terminal().line("audits of '" + name + "' are removed");
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
  static final class Export extends EmptyRequestVerb<AuditExportReply> {
    Export(CliSession session) {
      super(session, () -> AuditOperations.EXPORT_AUDITS, "cannot export the audits");
    }

    @Override
    protected void print(AuditExportReply reply) {
      reply.toml().lines().forEach(terminal()::line);
    }
  }
}
