package lazaret.vetting.gate.shares;

import java.util.Optional;
import java.util.function.Supplier;

/// The client for which the current thread works. Background work has none.
public final class ActingClient {
  private static final ScopedValue<String> CLIENT = ScopedValue.newInstance();

  private ActingClient() {}

  /// Executes work for a client.
  ///
  /// @param client the key by which the client is counted
  public static <T> T of(String client, Supplier<T> work) {
    return ScopedValue.where(CLIENT, client).call(work::get);
  }

  /// Executes work for the same client in another thread.
  ///
  /// @param client the key by which the client is counted; empty for background work
  public static <T> T of(Optional<String> client, Supplier<T> work) {
    return client.isPresent() ? of(client.get(), work) : work.get();
  }

  /// Returns the key of the client, or empty in background work.
  public static Optional<String> current() {
    return CLIENT.isBound() ? Optional.of(CLIENT.get()) : Optional.empty();
  }
}
