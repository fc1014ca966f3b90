package lazaret.vetting.hosting;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.api.Caller;

/// The changes of private crates that cargo asks for. Each method checks scopes, owners and the
/// rules of the registry itself, and returns when the index shows the change. Thread-safe; blocks.
public interface PublishService {
  /// Publishes a version.
  ///
  /// @throws lazaret.vetting.LazaretException if the store fails
  PublishResult publish(PublishOrder order);

  /// Yanks a version, or undoes it. A version that is in this state already stays in it.
  ///
  /// @param yanked whether cargo chooses the version no longer
  /// @throws lazaret.vetting.LazaretException if the store fails
  PublishResult yank(Caller by, CrateName name, CrateVersion version, boolean yanked);
}
