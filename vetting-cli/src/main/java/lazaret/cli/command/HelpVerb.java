package lazaret.cli.command;

import java.util.ArrayList;
import java.util.List;
import lazaret.cli.report.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The command `help`, which prints the help of a command.
@Command(
    name = "help",
    header = "Print the help of the program or of a verb",
    footer = {"Examples:", "  vetting-cli help approve", "  vetting-cli help token create"},
    exitCodeList = {"0:success", "2:no such verb"})
public final class HelpVerb extends Verb {
  @Parameters(
      paramLabel = "VERB",
      arity = "0..*",
      description = "Verb, for example approve or token create.")
  List<String> words = new ArrayList<>();

  @Spec CommandSpec spec;

  public HelpVerb(CliSession session) {
    super(session);
  }

  @Override
  public Target asks() {
    return Target.NOBODY;
  }

  @Override
  public ExitCode run() {
    CommandLine line = spec.root().commandLine();
    for (String word : words) {
      CommandLine verb = line.getSubcommands().get(word);
      if (verb == null) {
        throw new ParameterException(line, "there is no verb '" + word + "'");
      }
      line = verb;
    }
    line.usage(session().terminal().out());
    return ExitCode.DONE;
  }
}
