package lazaret.cli.command;

import java.util.Collections;
import java.util.SequencedMap;
import java.util.function.Function;

/// A source of verbs in another module, which the program finds by the JDK's service loader. A verb
/// is made when its options are needed.
public interface VerbSource {
  /// Returns the verbs of the program that this source adds, by name in the order of the help text.
  SequencedMap<String, Function<CliSession, Verb>> verbs();

  /// Returns the verbs that this source adds below a verb of the program, by name in the order of
  /// the help text.
  ///
  /// @param verb the name of the verb
  default SequencedMap<String, Function<CliSession, Verb>> parts(String verb) {
    return Collections.emptyNavigableMap();
  }
}
