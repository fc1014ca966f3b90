package lazaret.cli.verbs;

import java.nio.file.Files;
import java.nio.file.Path;
import lazaret.cli.desk.CliException;
import lazaret.storage.rocks.RocksOptions;
import lazaret.storage.rocks.RocksStore;
import lazaret.vetting.ErrorCode;

/// A verb that works on a store itself, which no server may hold meanwhile.
abstract class StoreVerb extends Verb {
  StoreVerb(Session session) {
    super(session);
  }

  @Override
  final Asks asks() {
    return Asks.STORE;
  }

  /// Returns the folder that was named.
  final Path folder() {
    Path folder = session().dataDir();
    if (folder == null) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot open a store: name its data folder with --data-dir DIR; no server may hold it");
    }
    return folder;
  }

  /// Returns the folder that was named, which must be there: a mistyped one must not become a
  /// store.
  final Path existing() {
    Path folder = folder();
    if (!Files.isDirectory(folder)) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot open the store in '%s': there is no such folder".formatted(folder));
    }
    return folder;
  }

  /// Opens the store; whoever asked closes it.
  final RocksStore open() {
    return RocksStore.open(folder(), RocksOptions.DEFAULT, session().around().clock());
  }
}
