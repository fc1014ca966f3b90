package lazaret.storage.postgres.provider;

import lazaret.storage.postgres.connection.PostgresAddress;
import lazaret.storage.postgres.connection.PostgresSettings;
import lazaret.storage.provider.StoreSettings;

/// The settings of a database in the form of its connections.
final class DatabaseSettings {
  private DatabaseSettings() {}

  static PostgresSettings of(StoreSettings.Database database) {
    return new PostgresSettings(
        database.hosts().stream().map(PostgresAddress::parse).toList(),
        database.name(),
        database.login().user(),
        database.login().passwordFile(),
        database.transport().tls() ? PostgresSettings.Tls.VERIFIED : PostgresSettings.Tls.OFF,
        database.transport().caFile(),
        database.connections(),
        database.acceptLoss());
  }
}
