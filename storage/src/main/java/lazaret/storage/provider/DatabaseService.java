package lazaret.storage.provider;

import java.util.Optional;
import java.util.ServiceLoader;

/// The work on the database of a store that several servers share which no server does by itself.
/// The [StoreProvider] of its engine opens the store.
public interface DatabaseService {
  /// Changes the schema to the newest form that this program knows. Servers may go on meanwhile.
  ///
  /// @param contracts whether changes are made that older programs cannot work with
  /// @throws lazaret.vetting.LazaretException with code `store-unusable` if a server with an older
  ///   program works on the store, or the schema cannot be changed
  Versions migrate(StoreSettings.Database database, boolean contracts);

  /// Returns the system identifiers of the database cluster in which the store was created, and of
  /// the one in which it is now.
  ///
  /// @throws lazaret.vetting.LazaretException if the database has no store, or does not answer
  Identity identity(StoreSettings.Database database);

  /// Records that the store belongs to the database cluster in which it is now, for example after
  /// the restoration of a dump.
  ///
  /// @throws lazaret.vetting.LazaretException as for [#identity]
  void adopt(StoreSettings.Database database);

  /// Returns the service among the providers of this program, or empty if there is none.
  static Optional<DatabaseService> find() {
    return ServiceLoader.load(DatabaseService.class).findFirst();
  }

  /// The versions of a schema and of this program.
  ///
  /// @param schema the number of the last change of the schema
  /// @param oldestProgram the generation of the oldest program that may work on it
  /// @param program the generation of this program
  record Versions(int schema, int oldestProgram, int program) {}

  /// The system identifiers of a database cluster. Each creation of a cluster draws another one.
  ///
  /// @param recorded that of the cluster in which the store was created or adopted
  /// @param found that of the cluster which answers
  record Identity(long recorded, long found) {}
}
