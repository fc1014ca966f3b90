package lazaret.cli.verbs;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import picocli.CommandLine.Command;

@Command(
    name = "trust",
    header = "Set up and show the root that a store trusts",
    description = {
      "",
      "Changes are made in a data folder that no server holds, named with --data-dir: the person who makes"
          + " them must sit at the machine. 'trust show' also asks the running gate."
    },
    synopsisSubcommandLabel = "init|show|acknowledge-restore",
    footer = {
      "Examples:",
      "  vetting-cli trust init --data-dir /srv/lazaret --root 1.root.json --fingerprint '…'",
      "  vetting-cli trust show",
      "  vetting-cli trust acknowledge-restore --data-dir /srv/lazaret --reason 'disk died'"
    },
    exitCodeList = {
      "0:done",
      "2:see the verb's own help",
      "3:a server holds the folder, or it cannot be opened",
      "4:the fingerprint or a signature does not match"
    })
final class TrustVerb extends VerbGroup {
  TrustVerb(Session session) {
    super(session);
  }

  @Override
  SequencedMap<String, Verb> parts() {
    SequencedMap<String, Verb> parts = new LinkedHashMap<>();
    parts.put("init", new TrustInitVerb(session()));
    parts.put("show", new TrustShowVerb(session()));
    parts.put("acknowledge-restore", new TrustAcknowledgeVerb(session()));
    return parts;
  }
}
