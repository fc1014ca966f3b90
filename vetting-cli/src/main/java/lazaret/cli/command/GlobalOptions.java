package lazaret.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.progress.ProgressMode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/// The options of all verbs, before or after the name of the verb. They are declared without
/// annotations: to read annotations, the JDK creates a class for each annotation type, which delays
/// every command.
public final class GlobalOptions implements Runnable {
  private final OptionSpec server =
      inherited("--server")
          .paramLabel("URL")
          .type(String.class)
          .description("URL of the gate. Default: LAZARET_SERVER, or the server on this machine.")
          .build();

  private final OptionSpec tokenFile =
      inherited("--token-file")
          .paramLabel("FILE")
          .type(Path.class)
          .description(
              "File with the token. Default: LAZARET_TOKEN, or the token in the data folder of the"
                  + " server on this machine.")
          .build();

  private final OptionSpec dataDir =
      inherited("--data-dir")
          .paramLabel("DIR")
          .type(Path.class)
          .description("Open this data folder without a server. No server may run on it.")
          .build();

  private final OptionSpec json =
      inherited("--json")
          .type(boolean.class)
          .description("Print one JSON document instead of text.")
          .build();

  private final OptionSpec progress =
      inherited("--progress")
          .paramLabel("FORM")
          .type(ProgressMode.class)
          .description(
              "Progress on standard error: line, json or none. Default: line, on a terminal only.")
          .build();

  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

  /// Creates the description of the program without its verbs.
  public GlobalOptions() {
    spec.name("vetting-cli")
        .addOption(server)
        .addOption(tokenFile)
        .addOption(dataDir)
        .addOption(json)
        .addOption(progress)
        .addOption(
            inherited("-h", "--help")
                .type(boolean.class)
                .usageHelp(true)
                .description("Print help.")
                .build())
        .addOption(
            OptionSpec.builder("-V", "--version")
                .type(boolean.class)
                .versionHelp(true)
                .description("Print the version.")
                .build());
    spec.usageMessage()
        .header("Query and administer a Lazaret gate")
        .synopsisHeading("%nUsage: ")
        .description(
            "",
            "The command uses the server on this machine, or the one that --server names. With"
                + " --data-dir, it opens a store on which no server runs.")
        .synopsisSubcommandLabel("VERB")
        .optionListHeading("%nOptions, before or after the verb:%n")
        .commandListHeading("%nVerbs:%n")
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(
            UsageMessageSpec.keyValuesMap(
                "0:success",
                "1:refused by policy",
                "2:invalid command, file, token or configuration",
                "3:server, store or upstream unavailable",
                "4:tampering: a checksum or signature does not match",
                "5:unknown to the gate",
                "6:stale data",
                "7:violation while a version was built alone",
                "8:approval recorded, version still withheld",
                "9:signatures of others are missing",
                "124, 125:see the help of sandbox"))
        .footerHeading("%nMore:%n")
        .footer(
            "  vetting-cli help VERB    print the help of a verb, with examples",
            "  vetting-cli doctor       check that cargo in this project uses the gate");
  }

  private static OptionSpec.Builder inherited(String name, String... more) {
    return OptionSpec.builder(name, more).scopeType(ScopeType.INHERIT);
  }

  /// Returns the names of options without effect on a verb.
  public static List<String> unused(Verb verb) {
    List<String> unused =
        new ArrayList<>(
            switch (verb.asks()) {
              case GATE -> List.of();
              case STORE -> List.of("--server", "--token-file");
              case NOBODY -> List.of("--server", "--token-file", "--data-dir");
            });
    if (!verb.isLong()) {
      unused.add("--progress");
    }
    return unused;
  }

  /// Returns the Picocli description of the global options.
  public CommandSpec spec() {
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

  /// Returns the form of the progress of long operations.
  ProgressMode progress() {
    ProgressMode named = progress.getValue();
    return named == null ? ProgressMode.LINE : named;
  }

  /// Fails, because no verb was named.
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "cannot run: expected a verb, found none");
  }
}
