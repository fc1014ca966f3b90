package lazaret.cli.site;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.command.VerbGroup;
import picocli.CommandLine.Command;

/// The command `product`, which groups the commands for the release of Lazaret that a bundle
/// brought.
@Command(
    name = "product",
    header = "List and copy out the release of Lazaret that a bundle brought",
    description = {
      "",
      "A bundle carries a release with 'bundle export --product FOLDER'. The import verifies it with"
          + " the keys that the root names. Nothing installs it: that is the step of a person."
    },
    synopsisSubcommandLabel = "list|get",
    footer = {"Examples:", "  vetting-cli product list", "  vetting-cli product get /srv/release"},
    exitCodeList = {
      "0:success",
      "1:the release is not signed by a key that the root names",
      "2:see the help of the verb",
      "3:gate unavailable, or folder not writable"
    })
public final class ProductVerb extends VerbGroup {
  public ProductVerb(CliSession session) {
    super(session);
  }

  @Override
  public SequencedMap<String, Verb> parts() {
    SequencedMap<String, Verb> parts = new LinkedHashMap<>();
    parts.put("list", new ProductListVerb(session()));
    parts.put("get", new ProductGetVerb(session()));
    return parts;
  }
}
