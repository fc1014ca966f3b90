package lazaret.cli.run;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Function;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.command.VerbSource;

/// The verbs of this package.
public final class RunVerbSource implements VerbSource {
  /// Creates the source. [java.util.ServiceLoader] requires this constructor.
  public RunVerbSource() {}

  @Override
  public SequencedMap<String, Function<CliSession, Verb>> verbs() {
    SequencedMap<String, Function<CliSession, Verb>> verbs = new LinkedHashMap<>();
    verbs.put("run", RunVerb::new);
    return verbs;
  }
}
