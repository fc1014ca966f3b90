package lazaret.cli.bundle;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.command.VerbGroup;
import picocli.CommandLine.Command;

/// The command `bundle`, which groups the commands for bundles.
@Command(
    name = "bundle",
    header = "Transfer vetted versions to networks without a connection",
    description = {
      "",
      "A bundle is a signed snapshot: index, decisions, advisories and artifacts. The connected"
          + " side exports it, people carry it, and the other side checks all of it before anything"
          + " is served. docs/first-transfer.md is a walkthrough."
    },
    synopsisSubcommandLabel = "export|inspect|verify|diff|import|list|rollback|pack",
    footer = {
      "Examples:",
      "  vetting-cli bundle export /media/usb --keys keys/ --from-lockfile Cargo.lock",
      "  vetting-cli bundle verify /media/usb/prod-e1-00000001-full --root 1.root.json --fingerprint '…'",
      "  vetting-cli bundle import /media/usb/prod-e1-00000001-full"
    },
    exitCodeList = {
      "0:success",
      "1:a version is withheld, or refused by policy",
      "2:invalid option, file or key",
      "3:store, medium or gate unavailable",
      "4:a signature or digest does not match",
      "5:base snapshot, part or version missing",
      "6:expired, or feeds too old"
    })
public final class BundleVerb extends VerbGroup {
  public BundleVerb(CliSession session) {
    super(session);
  }

  @Override
  public SequencedMap<String, Verb> parts() {
    SequencedMap<String, Verb> parts = new LinkedHashMap<>();
    parts.put("export", new BundleExportVerb(session()));
    parts.put("inspect", new BundleInspectVerb(session()));
    parts.put("verify", new BundleVerifyVerb(session()));
    parts.put("diff", new BundleDiffVerb(session()));
    parts.put("import", new BundleImportVerb(session()));
    parts.put("list", new BundleListVerb(session()));
    parts.put("rollback", new BundleRollbackVerb(session()));
    return parts;
  }
}
