package lazaret.cli.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.cli.command.CliSession;
import lazaret.cli.desk.CliException;
import lazaret.mirror.Wiring;
import lazaret.mirror.config.MirrorConfig;
import lazaret.storage.files.DataFolderFiles;
import lazaret.storage.provider.DatabaseService;
import lazaret.storage.provider.StoreSettings;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.store.Store;
import org.jspecify.annotations.Nullable;

/// A store that the configuration of a server names.
///
/// @param config the configuration
/// @param name the name of the store, for messages
record NamedStore(MirrorConfig config, String name) {
  private static final String VARIABLES = "LAZARET_";

  /// Returns the store of a configuration file. Variables of the environment have no effect,
  /// because a command can name two files.
  static NamedStore of(CliSession session, Path file) {
    Map<String, String> environment = new HashMap<>(session.around().environment());
    environment.keySet().removeIf(name -> name.startsWith(VARIABLES));
    Path path = session.around().path(file);
    return new NamedStore(
        MirrorConfig.read(List.of("--config", path.toString()), environment),
        "the store of '%s'".formatted(file));
  }

  /// Returns the store that a server with the environment of this command would have.
  ///
  /// @param file its configuration file; null for the one that the environment names
  static NamedStore ofServer(CliSession session, @Nullable Path file) {
    List<String> arguments =
        file == null ? List.of() : List.of("--config", session.around().path(file).toString());
    return new NamedStore(
        MirrorConfig.read(arguments, session.around().environment()),
        file == null ? "the store of this server" : "the store of '%s'".formatted(file));
  }

  /// Returns whether several servers can share the store.
  boolean isShared() {
    return config.cache().shared() != null;
  }

  /// Returns this store, which must exist, because a mistyped name must not create one.
  NamedStore existing() {
    if (!isShared() && !Files.exists(config.dataDir().resolve(DataFolderFiles.MARKER))) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot open %s: expected the data folder of a server '%s', found none; correct 'data-dir'"
              .formatted(name, config.dataDir()));
    }
    return this;
  }

  /// Opens the store. The caller closes it.
  Store open(CliSession session) {
    return Wiring.openStore(config, session.around().clock());
  }

  /// Returns the database of the store.
  ///
  /// @param tried the beginning of the message if there is none, such as `cannot adopt the store`
  StoreSettings.Database database(String tried) {
    StoreSettings shared = config.cache().shared();
    if (shared == null) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          tried
              + ": expected 'storage.engine' postgres, found rocksdb; name the configuration file"
              + " of a server with --config FILE");
    }
    return shared.database();
  }

  /// Returns the service of the database.
  ///
  /// @param tried the beginning of the message if its plug-in is absent
  static DatabaseService service(String tried) {
    return DatabaseService.find()
        .orElseThrow(
            () ->
                new CliException(
                    ErrorCode.CONFIG_INVALID,
                    tried
                        + ": expected the plug-ins of the cluster, found none; name their folder"
                        + " in LAZARET_PLUGINS"));
  }
}
