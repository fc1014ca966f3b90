package lazaret.cli.verbs;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/// The options of all verbs, before or after the name of the verb. They are declared without
/// annotations: to read annotations, the JDK creates a class for each annotation type, which delays
/// every command.
final class Globals implements Runnable {
  private final OptionSpec server =
      inherited("--server")
          .paramLabel("URL")
          .type(String.class)
          .description(
              "The gate to talk to. Without it: LAZARET_SERVER, or the server on this machine.")
          .build();

  private final OptionSpec tokenFile =
      inherited("--token-file")
          .paramLabel("FILE")
          .type(Path.class)
          .description(
              "File with the token. Without it: LAZARET_TOKEN, or the one in the data folder of the"
                  + " server on this machine.")
          .build();

  private final OptionSpec dataDir =
      inherited("--data-dir")
          .paramLabel("DIR")
          .type(Path.class)
          .description("Open this store without a server. No server may hold it.")
          .build();

  private final OptionSpec json =
      inherited("--json")
          .type(boolean.class)
          .description("Print one JSON document instead of text.")
          .build();

  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

  /// Creates the description of the program without its verbs.
  Globals() {
    spec.name("vetting-cli")
        .addOption(server)
        .addOption(tokenFile)
        .addOption(dataDir)
        .addOption(json)
        .addOption(
            inherited("-h", "--help")
                .type(boolean.class)
                .usageHelp(true)
                .description("Tell what this does.")
                .build())
        .addOption(
            OptionSpec.builder("-V", "--version")
                .type(boolean.class)
                .versionHelp(true)
                .description("Print the version.")
                .build());
    spec.usageMessage()
        .header("The desk of a Lazaret gate: what is served, why, and who decided.")
        .synopsisHeading("%nUsage: ")
        .description(
            "",
            "Talks to the server on this machine, to the one that --server names, or opens with"
                + " --data-dir a store that no server holds.")
        .synopsisSubcommandLabel("VERB")
        .optionListHeading("%nOptions, before or after the verb:%n")
        .commandListHeading("%nVerbs:%n")
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(
            UsageMessageSpec.keyValuesMap(
                "0:done",
                "1:refused by policy",
                "2:usage: the command, a file, the token or the configuration is wrong",
                "3:server, store or upstream unavailable",
                "4:tampered: a checksum or signature does not match",
                "5:unknown to the gate",
                "6:stale data",
                "7:what was run in the sandbox tried what it must not",
                "8:approval recorded, version still withheld"))
        .footerHeading("%nMore:%n")
        .footer(
            "  vetting-cli help VERB    what a verb does, with examples",
            "  vetting-cli doctor       does cargo here go through the gate?");
  }

  private static OptionSpec.Builder inherited(String name, String... more) {
    return OptionSpec.builder(name, more).scopeType(ScopeType.INHERIT);
  }

  /// Returns the names of options without effect on a verb.
  static List<String> unused(Verb.Asks asks) {
    return switch (asks) {
      case GATE -> List.of();
      case STORE -> List.of("--server", "--token-file");
      case NOBODY -> List.of("--server", "--token-file", "--data-dir");
    };
  }

  CommandSpec spec() {
    return spec;
  }

  /// Returns the address of the gate, or null if it was not named.
  @Nullable String server() {
    return server.getValue();
  }

  /// Returns the file with the token, or null if it was not named.
  @Nullable Path tokenFile() {
    return tokenFile.getValue();
  }

  /// Returns the data folder of the store to open without a server, or null if a server is used.
  @Nullable Path dataDir() {
    return dataDir.getValue();
  }

  /// Returns whether the output is one JSON document.
  boolean json() {
    return Boolean.TRUE.equals(json.getValue());
  }

  /// Fails, because no verb was named.
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a verb");
  }
}
