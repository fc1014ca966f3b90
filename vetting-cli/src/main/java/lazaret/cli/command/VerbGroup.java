package lazaret.cli.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SequencedMap;
import lazaret.cli.report.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// A group of verbs. The group itself does nothing and requires the name of one of its verbs.
public abstract class VerbGroup extends Verb {
  @Spec CommandSpec spec;

  public VerbGroup(CliSession session) {
    super(session);
  }

  @Override
  public abstract SequencedMap<String, Verb> parts();

  @Override
  public final Target asks() {
    return parts().values().stream().map(Verb::asks).min(Comparator.naturalOrder()).orElseThrow();
  }

  @Override
  public final ExitCode run() {
    List<String> words = new ArrayList<>(parts().keySet());
    String last = words.removeLast();
    String rest = words.isEmpty() ? "" : String.join(", ", words) + " or ";
    throw new ParameterException(
        spec.commandLine(),
        "cannot run: expected a verb, found none; use " + spec.name() + " " + rest + last);
  }
}
