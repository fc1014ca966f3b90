package lazaret.mirror.following;

import lazaret.mirror.outbound.FileClient.Fetched;
import lazaret.vetting.index.Validators;

/// The files in which a registry announces its releases. Their content is not trusted. Thread-safe;
/// blocks for a bounded time.
///
/// Source: the public registry's policy on data access.
public interface RegistryFiles extends AutoCloseable {
  /// The feed of new versions: those of the last hour, or the last hundred.
  String UPDATES = "rss/updates.xml";

  /// The feed of new crates: those of the last hour, or the last fifty.
  String NEW_CRATES = "rss/crates.xml";

  /// The dump of the registry's database, made once a day.
  String DUMP = "db-dump.tar.gz";

  /// Fetches a feed, unless it is the one that was fetched last.
  ///
  /// @param path [#UPDATES] or [#NEW_CRATES]
  Fetched feed(String path);

  /// Fetches a part of the dump.
  ///
  /// @param from the position of the first byte
  /// @param length the maximum number of bytes
  /// @param known the validators of the dump that was read last, for the first part; else
  ///   [Validators#NONE]
  Fetched dump(long from, int length, Validators known);

  @Override
  void close();
}
