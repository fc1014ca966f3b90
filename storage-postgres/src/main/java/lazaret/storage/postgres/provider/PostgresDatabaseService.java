package lazaret.storage.postgres.provider;

import lazaret.storage.postgres.connection.PostgresConnections;
import lazaret.storage.postgres.connection.TransactionOutcome;
import lazaret.storage.postgres.schema.SchemaVersions;
import lazaret.storage.provider.DatabaseService;
import lazaret.storage.provider.StoreSettings;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.StoreException;

/// The work on a database of PostgreSQL that no server does by itself.
public final class PostgresDatabaseService implements DatabaseService {
  private static final String IDENTITY =
      """
      SELECT c.system_identifier, s.system_identifier
      FROM lazaret.cluster c, pg_control_system() s
      """;

  /// The timeline of the other database cluster means nothing here.
  private static final String ADOPT =
      """
      UPDATE lazaret.cluster SET
        system_identifier = (SELECT system_identifier FROM pg_control_system()),
        timeline = ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int
      WHERE one
      """;

  /// Creates the service, for the loader of services.
  public PostgresDatabaseService() {
    LibraryLogs.limit();
  }

  @Override
  public Versions migrate(StoreSettings.Database database, boolean contracts) {
    try (var connections = PostgresConnections.open(DatabaseSettings.of(database))) {
      return SchemaVersions.of(connections).migrate(contracts);
    }
  }

  @Override
  public Identity identity(StoreSettings.Database database) {
    try (var connections = PostgresConnections.open(DatabaseSettings.of(database))) {
      return connections.read(
          connection ->
              connection
                  .find(IDENTITY, row -> new Identity(row.getLong(1), row.getLong(2)))
                  .orElseThrow(
                      () ->
                          new StoreException(
                              ErrorCode.STORE_UNUSABLE,
                              "cannot read the identity of the store in PostgreSQL: expected one"
                                  + " row in 'cluster', found none; restore a backup",
                              null)));
    }
  }

  @Override
  public void adopt(StoreSettings.Database database) {
    try (var connections = PostgresConnections.open(DatabaseSettings.of(database))) {
      TransactionOutcome<Integer> outcome =
          connections.write(Batch.Durability.SYNCED, connection -> connection.update(ADOPT));
      switch (outcome) {
        case TransactionOutcome.Committed<Integer>(var _) -> {}
        case TransactionOutcome.Unknown<Integer>(_, var why) ->
            throw new StoreException(
                ErrorCode.STORE_UNAVAILABLE,
                "cannot adopt the store in PostgreSQL: %s; try again".formatted(why),
                null);
      }
    }
  }
}
