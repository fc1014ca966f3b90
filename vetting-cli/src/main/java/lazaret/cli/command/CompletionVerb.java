package lazaret.cli.command;

import java.util.List;
import lazaret.cli.report.ExitCode;
import lazaret.manual.CompletionWriter;
import lazaret.manual.ManualProgram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The command `completion`, which prints a completion script for a shell.
@Command(
    name = "completion",
    header = "Print a completion script for a shell",
    footer = {
      "Examples:",
      "  source <(vetting-cli completion bash)",
      "  source <(vetting-cli completion zsh)     (after compinit)",
      "  vetting-cli completion fish > ~/.config/fish/completions/vetting-cli.fish"
    },
    exitCodeList = {"0:printed", "2:unknown shell"})
public final class CompletionVerb extends Verb {
  @Parameters(
      paramLabel = "SHELL",
      arity = "0..1",
      defaultValue = "bash",
      description = "bash, zsh or fish. Default: bash.")
  CompletionWriter.Shell shell = CompletionWriter.Shell.bash;

  @Spec CommandSpec spec;

  public CompletionVerb(CliSession session) {
    super(session);
  }

  @Override
  public Target asks() {
    return Target.NOBODY;
  }

  @Override
  public ExitCode run() {
    String script =
        CompletionWriter.script(
            shell,
            List.of(ManualProgram.commandLine(spec.root()).spec(), ManualProgram.server().spec()));
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
