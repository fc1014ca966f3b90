package lazaret.storage.postgres.schema;

/// The treatment of a schema that is older than the program needs, at a start.
public enum SchemaMode {
  /// It changes the schema. Programs of the release before can go on.
  EXPAND,
  /// It refuses to open the store.
  CHECK
}
