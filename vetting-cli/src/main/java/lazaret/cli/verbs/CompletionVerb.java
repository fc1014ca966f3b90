package lazaret.cli.verbs;

import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    header = "Prints the script that completes verbs and options in a shell.",
    footer = {
      "Examples:",
      "  source <(vetting-cli completion bash)",
      "  vetting-cli completion zsh > ~/.zsh/vetting-cli.zsh     (and source it)"
    },
    exitCodeList = {"0:printed", "2:another shell"})
final class CompletionVerb extends Verb {
  @Parameters(
      paramLabel = "SHELL",
      arity = "0..1",
      defaultValue = "bash",
      description = "bash or zsh; bash where none is named.")
  Shell shell = Shell.bash;

  @Spec CommandSpec spec;

  CompletionVerb(Session session) {
    super(session);
  }

  /// The shells that are known; the names are the words of the command line.
  enum Shell {
    /// GNU bash.
    bash,
    /// Z shell, through its `bashcompinit`, which the script loads.
    zsh
  }

  @Override
  Asks asks() {
    return Asks.NOBODY;
  }

  @Override
  ExitCode run() {
    CommandLine root = spec.root().commandLine();
    // The script carries the version of the library, not a time: the same program prints the same.
    String script = AutoComplete.bash("vetting-cli", root);
    if (session().json()) {
      terminal()
          .json(JsonObject.builder().put("shell", shell.name()).put("script", script).build());
    } else {
      terminal().document(script);
    }
    return ExitCode.DONE;
  }
}
