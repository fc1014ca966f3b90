package lazaret.cli.keys;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.command.VerbGroup;
import picocli.CommandLine.Command;

/// The command `trust`, which groups the commands for the trusted root.
@Command(
    name = "trust",
    header = "Set up and show the root that a store trusts",
    description = {
      "",
      "Changes require a data folder on which no server runs, named with --data-dir: they are made"
          + " at the machine itself. 'trust show' also queries the running gate."
    },
    synopsisSubcommandLabel = "init|show|acknowledge-restore",
    footer = {
      "Examples:",
      "  vetting-cli trust init --data-dir /srv/lazaret --root 1.root.json --fingerprint '…'",
      "  vetting-cli trust show",
      "  vetting-cli trust acknowledge-restore --data-dir /srv/lazaret --reason 'disk died'"
    },
    exitCodeList = {
      "0:success",
      "2:see the help of the verb",
      "3:a server runs on the folder, or it cannot be opened",
      "4:the fingerprint or a signature does not match"
    })
public final class TrustVerb extends VerbGroup {
  public TrustVerb(CliSession session) {
    super(session);
  }

  @Override
  public SequencedMap<String, Verb> parts() {
    SequencedMap<String, Verb> parts = new LinkedHashMap<>();
    parts.put("init", new TrustInitVerb(session()));
    parts.put("show", new TrustShowVerb(session()));
    parts.put("acknowledge-restore", new TrustAcknowledgeVerb(session()));
    return parts;
  }
}
