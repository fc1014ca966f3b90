package lazaret.cli.command;

import lazaret.cli.report.ExitCode;
import lazaret.mirror.config.ConfigKeyTable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The command `completion`, which prints a completion script for a shell.
@Command(
    name = "completion",
    header = "Print a completion script for a shell",
    footer = {
      "Examples:",
      "  source <(vetting-cli completion bash)",
      "  vetting-cli completion zsh > ~/.zsh/vetting-cli.zsh     (and source it)",
      "  vetting-cli completion fish > ~/.config/fish/completions/vetting-cli.fish"
    },
    exitCodeList = {"0:printed", "2:unknown shell"})
public final class CompletionVerb extends Verb {
  @Parameters(
      paramLabel = "SHELL",
      arity = "0..1",
      defaultValue = "bash",
      description = "bash, zsh or fish. Default: bash.")
  Shell shell = Shell.bash;

  @Spec CommandSpec spec;

  public CompletionVerb(CliSession session) {
    super(session);
  }

  /// The supported shells. Their names are the words of the command line.
  enum Shell {
    /// GNU bash.
    bash,
    /// Z shell, by its `bashcompinit`, which the script loads.
    zsh,
    /// The friendly interactive shell.
    fish
  }

  private static String server() {
    return String.join(" ", ConfigKeyTable.options());
  }

  private static String fish(CommandLine root) {
    StringBuilder script = new StringBuilder("complete -c vetting-cli -f\n");
    root.getSubcommands()
        .forEach(
            (verb, line) -> {
              CommandSpec spec = line.getCommandSpec();
              rule(script, "__fish_use_subcommand", "-a " + verb, header(spec));
              line.getSubcommands()
                  .forEach(
                      (part, below) -> {
                        rule(script, after(verb), "-a " + part, header(below.getCommandSpec()));
                        options(script, after(verb) + "; and " + after(part), below);
                      });
              options(script, after(verb), line);
            });
    ConfigKeyTable.options()
        .forEach(
            option ->
                script
                    .append("complete -c mirror-server -l ")
                    .append(option.substring(2))
                    .append('\n'));
    return script.toString();
  }

  private static String after(String word) {
    return "__fish_seen_subcommand_from " + word;
  }

  private static void options(StringBuilder script, String condition, CommandLine line) {
    for (OptionSpec option : line.getCommandSpec().options()) {
      if (!option.hidden() && option.longestName().startsWith("--")) {
        String value = option.arity().max() > 0 ? " -r -F" : "";
        rule(
            script,
            condition,
            "-l " + option.longestName().substring(2) + value,
            String.join(" ", option.description()));
      }
    }
  }

  private static String header(CommandSpec spec) {
    return String.join(" ", spec.usageMessage().header());
  }

  private static void rule(StringBuilder script, String condition, String what, String said) {
    script
        .append("complete -c vetting-cli -n '")
        .append(condition)
        .append("' ")
        .append(what)
        .append(" -d '")
        .append(said.replace("\\", "\\\\").replace("'", "\\'"))
        .append("'\n");
  }

  @Override
  public Target asks() {
    return Target.NOBODY;
  }

  @Override
  public ExitCode run() {
    CommandLine root = spec.root().commandLine();
    // The script contains the version of the library and no time, so that it is reproducible.
    String script =
        switch (shell) {
          case bash, zsh ->
              AutoComplete.bash("vetting-cli", root)
                  + "\n# The options of the server.\ncomplete -o default -W \"%s\" mirror-server\n"
                      .formatted(server());
          case fish -> fish(root);
        };
    if (session().json()) {
      terminal().json(new Completion(shell.name(), script));
    } else {
      terminal().document(script);
    }
    return ExitCode.DONE;
  }

  /// The JSON of a completion script.
  ///
  /// @param shell the shell
  /// @param script the script
  private record Completion(String shell, String script) {}
}
