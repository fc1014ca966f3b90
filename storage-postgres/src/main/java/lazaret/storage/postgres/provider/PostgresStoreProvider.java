package lazaret.storage.postgres.provider;

import java.time.Clock;
import lazaret.storage.objects.ObjectStore;
import lazaret.storage.postgres.PostgresStore;
import lazaret.storage.postgres.connection.PostgresConnections;
import lazaret.storage.postgres.node.HeadSweep;
import lazaret.storage.postgres.node.LiveNode;
import lazaret.storage.postgres.node.NodeSweep;
import lazaret.storage.postgres.object.ArtifactObjectStore;
import lazaret.storage.postgres.object.ObjectSweep;
import lazaret.storage.postgres.schema.SchemaMode;
import lazaret.storage.provider.ProvidedStore;
import lazaret.storage.provider.StoreProvider;
import lazaret.storage.provider.StoreSettings;
import lazaret.vetting.Deadline;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.store.StoreException;

/// The opening of a store on PostgreSQL, with artifacts in the object store among the plug-ins.
public final class PostgresStoreProvider implements StoreProvider {
  /// Creates the provider, for the loader of services.
  public PostgresStoreProvider() {
    LibraryLogs.limit();
  }

  @Override
  public ProvidedStore open(StoreSettings settings, Clock clock) {
    ObjectStore.Factory factory =
        ObjectStore.find()
            .orElseThrow(
                () ->
                    new StoreException(
                        ErrorCode.STORE_UNUSABLE,
                        "cannot open the store in PostgreSQL: expected a plug-in for the object"
                            + " store, found none; name the folder 'plugins/cluster' in"
                            + " LAZARET_PLUGINS",
                        null));
    return open(settings, clock, factory);
  }

  /// Opens the store with an object store of a caller, for tests.
  public static ProvidedStore open(
      StoreSettings settings, Clock clock, ObjectStore.Factory factory) {
    StoreSettings.Database database = settings.database();
    PostgresConnections connections = PostgresConnections.open(DatabaseSettings.of(database));
    try {
      PostgresStore.prepare(
          connections, database.migrates() ? SchemaMode.EXPAND : SchemaMode.CHECK);
      ObjectStore objects = factory.open(settings.objects());
      try {
        LiveNode node = LiveNode.open(connections, objects, settings.node(), clock);
        return open(settings, clock, new Parts(connections, objects, node));
      } catch (RuntimeException e) {
        objects.close();
        throw e;
      }
    } catch (RuntimeException e) {
      connections.close();
      throw e;
    }
  }

  private record Parts(PostgresConnections connections, ObjectStore objects, LiveNode node) {}

  private static ProvidedStore open(StoreSettings settings, Clock clock, Parts parts) {
    LiveNode node = parts.node();
    try {
      var artifacts =
          new ArtifactObjectStore(
              parts.objects(), parts.connections(), node.id(), Deadline.MONOTONIC);
      var store =
          new PostgresStore(new PostgresStore.Parts(parts.connections(), artifacts, node, clock));
      var sweep =
          new ObjectSweep(
              new ObjectSweep.Scope(parts.objects(), node.cluster(), settings.grace()),
              parts.connections(),
              node.id(),
              clock);
      var tasks =
          new PostgresStoreTasks(
              new PostgresStoreTasks.Parts(
                  parts.connections(),
                  node,
                  artifacts.suspects(),
                  sweep,
                  new NodeSweep(parts.connections()),
                  new HeadSweep(parts.objects(), node.cluster(), parts.connections())));
      return new ProvidedStore(store, tasks);
    } catch (RuntimeException e) {
      node.close();
      throw e;
    }
  }
}
