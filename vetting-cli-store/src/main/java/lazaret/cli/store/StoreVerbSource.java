package lazaret.cli.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Function;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.command.VerbSource;
import lazaret.cli.retention.InventoryVerb;
import lazaret.cli.retention.RetentionVerb;

/// The verbs of this module.
public final class StoreVerbSource implements VerbSource {
  /// Creates the source. [java.util.ServiceLoader] requires this constructor.
  public StoreVerbSource() {}

  @Override
  public SequencedMap<String, Function<CliSession, Verb>> verbs() {
    SequencedMap<String, Function<CliSession, Verb>> verbs = new LinkedHashMap<>();
    verbs.put("inventory", InventoryVerb::new);
    verbs.put("retention", RetentionVerb::new);
    verbs.put("store", StoreVerb::new);
    verbs.put("cluster", ClusterVerb::new);
    verbs.put("follow", FollowVerb::new);
    return verbs;
  }

  @Override
  public SequencedMap<String, Function<CliSession, Verb>> parts(String verb) {
    if (!verb.equals("backup")) {
      return Collections.emptyNavigableMap();
    }
    SequencedMap<String, Function<CliSession, Verb>> parts = new LinkedHashMap<>();
    parts.put("list", BackupListVerb::new);
    parts.put("prune", BackupPruneVerb::new);
    parts.put("verify", BackupVerifyVerb::new);
    return parts;
  }
}
