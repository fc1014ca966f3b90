package lazaret.cli.verbs;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The options that every verb takes, before or after its name.
@Command(
    name = "vetting-cli",
    mixinStandardHelpOptions = false,
    header = "The desk of a Lazaret gate: what is served, why, and who decided.",
    synopsisHeading = "%nUsage: ",
    description = {
      "",
      "Talks to the server on this machine, to the one that --server names, or opens with"
          + " --data-dir a store that no server holds."
    },
    synopsisSubcommandLabel = "VERB",
    optionListHeading = "%nOptions, before or after the verb:%n",
    commandListHeading = "%nVerbs:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:refused by policy",
      "2:usage: the command, a file, the token or the configuration is wrong",
      "3:server, store or upstream unavailable",
      "4:tampered: a checksum or signature does not match",
      "5:unknown to the gate",
      "6:stale data",
      "7:what was run in the sandbox tried what it must not"
    },
    footerHeading = "%nMore:%n",
    footer = {
      "  vetting-cli help VERB    what a verb does, with examples",
      "  vetting-cli doctor       does cargo here go through the gate?"
    })
final class Globals implements Runnable {
  @Spec CommandSpec spec;

  @Option(
      names = "--server",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description =
          "The gate to talk to. Without it: LAZARET_SERVER, or the server on this machine.")
  @Nullable String server;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "File with the token. Without it: LAZARET_TOKEN, or the one in the data folder of the"
              + " server on this machine.")
  @Nullable Path tokenFile;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "Open this store without a server. No server may hold it.")
  @Nullable Path dataDir;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print one JSON document instead of text.")
  boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Tell what this does.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version.")
  boolean version;

  /// Called where no verb is named.
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a verb");
  }
}
