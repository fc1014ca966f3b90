package lazaret.storage.provider;

import java.time.Clock;
import java.util.Optional;
import java.util.ServiceLoader;

/// An engine of a store that several servers share, an optional plug-in of a server.
public interface StoreProvider {
  /// Opens the store as one more node. The caller closes the store, which ends the node.
  ///
  /// @param clock dates backups and records outside of the store
  /// @throws lazaret.vetting.LazaretException if it cannot be opened; nothing stays open then
  ProvidedStore open(StoreSettings settings, Clock clock);

  /// Returns the engine among the providers of this program, or empty if there is none.
  static Optional<StoreProvider> find() {
    return ServiceLoader.load(StoreProvider.class).findFirst();
  }
}
