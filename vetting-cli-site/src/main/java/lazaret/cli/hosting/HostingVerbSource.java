package lazaret.cli.hosting;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Function;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.command.VerbSource;

/// The verbs of this package.
public final class HostingVerbSource implements VerbSource {
  /// Creates the source. [java.util.ServiceLoader] requires this constructor.
  public HostingVerbSource() {}

  @Override
  public SequencedMap<String, Function<CliSession, Verb>> verbs() {
    SequencedMap<String, Function<CliSession, Verb>> verbs = new LinkedHashMap<>();
    verbs.put("private", PrivateVerb::new);
    return verbs;
  }

  @Override
  public SequencedMap<String, Function<CliSession, Verb>> parts(String verb) {
    SequencedMap<String, Function<CliSession, Verb>> parts = new LinkedHashMap<>();
    if (verb.equals("token")) {
      parts.put("own", OwnTokensVerb::new);
    }
    return parts;
  }
}
