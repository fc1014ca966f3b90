package lazaret.cli.site;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Function;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.command.VerbSource;

/// The verbs of this package.
public final class SiteVerbSource implements VerbSource {
  /// Creates the source. [java.util.ServiceLoader] requires this constructor.
  public SiteVerbSource() {}

  @Override
  public SequencedMap<String, Function<CliSession, Verb>> verbs() {
    SequencedMap<String, Function<CliSession, Verb>> verbs = new LinkedHashMap<>();
    verbs.put("product", ProductVerb::new);
    verbs.put("site-files", SiteFilesVerb::new);
    return verbs;
  }

  @Override
  public SequencedMap<String, Function<CliSession, Verb>> parts(String verb) {
    SequencedMap<String, Function<CliSession, Verb>> parts = new LinkedHashMap<>();
    switch (verb) {
      case "bundle" -> parts.put("pack", BundlePackVerb::new);
      case "keys" -> parts.put("hardware", KeysHardwareVerb::new);
      default -> {
        return Collections.emptyNavigableMap();
      }
    }
    return parts;
  }
}
