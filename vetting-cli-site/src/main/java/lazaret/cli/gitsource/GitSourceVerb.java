package lazaret.cli.gitsource;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.command.VerbGroup;
import picocli.CommandLine.Command;

/// The command `git-sources`, which groups the commands on Git dependencies.
@Command(
    name = "git-sources",
    header = "Fetch, decide on and build with the Git dependencies of lockfiles",
    synopsisSubcommandLabel = "add|list|show|approve|deny|remove|sync",
    footer = {
      "Examples:",
      "  vetting-cli git-sources add Cargo.lock",
      "  vetting-cli git-sources sync",
      "  cargo --config .lazaret/git/config.toml build --locked"
    },
    exitCodeList = {"0:success", "2:see the help of the verb", "3:see the help of the verb"})
final class GitSourceVerb extends VerbGroup {
  GitSourceVerb(CliSession session) {
    super(session);
  }

  @Override
  public SequencedMap<String, Verb> parts() {
    SequencedMap<String, Verb> parts = new LinkedHashMap<>();
    parts.put("add", new GitSourceAddVerb(session()));
    parts.put("list", new GitSourceListVerb(session()));
    parts.put("show", new GitSourceShowVerb(session()));
    parts.put("approve", new GitSourceApproveVerb(session()));
    parts.put("deny", new GitSourceDenyVerb(session()));
    parts.put("remove", new GitSourceRemoveVerb(session()));
    parts.put("sync", new GitSourceSyncVerb(session()));
    return parts;
  }
}
