package lazaret.cli.keys;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.command.VerbGroup;
import picocli.CommandLine.Command;

/// The command `keys`, which groups the commands for keys.
@Command(
    name = "keys",
    header = "Create and show the keys and roots of bundles",
    description = {
      "",
      "One operator: 'keys ceremony --operator NAME' does everything. Several officers: each creates"
          + " keys on a machine of their own ('keys create'), one person proposes the root from"
          + " their public files ('keys ceremony'), and all of them sign it ('sign'). docs/keys.md"
          + " is a walkthrough of both."
    },
    synopsisSubcommandLabel = "create|ceremony|rotate|show|hardware",
    footer = {
      "Examples:",
      "  vetting-cli keys ceremony --operator me --stream prod --out keys",
      "  vetting-cli keys create ann --out keys",
      "  vetting-cli keys rotate --keys keys --remove ben --out .",
      "  vetting-cli keys show keys"
    },
    exitCodeList = {
      "0:success",
      "2:see the help of the verb",
      "4:a root does not follow its predecessor"
    })
public final class KeysVerb extends VerbGroup {
  public KeysVerb(CliSession session) {
    super(session);
  }

  @Override
  public SequencedMap<String, Verb> parts() {
    SequencedMap<String, Verb> parts = new LinkedHashMap<>();
    parts.put("create", new KeysCreateVerb(session()));
    parts.put("ceremony", new KeysCeremonyVerb(session()));
    parts.put("rotate", new KeysRotateVerb(session()));
    parts.put("show", new KeysShowVerb(session()));
    return parts;
  }
}
