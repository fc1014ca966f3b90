package lazaret.vetting.shares;

import java.util.Optional;
import java.util.function.Supplier;

/// The client on whose behalf the current thread works. Work in the background has none.
public final class OnBehalf {
  private static final ScopedValue<String> CLIENT = ScopedValue.newInstance();

  private OnBehalf() {}

  /// Works on behalf of a client.
  ///
  /// @param client the key by which the client is counted
  public static <T> T of(String client, Supplier<T> work) {
    return ScopedValue.where(CLIENT, client).call(work::get);
  }

  /// Works on behalf of the same client in another thread; empty if there is none.
  public static <T> T of(Optional<String> client, Supplier<T> work) {
    return client.isPresent() ? of(client.get(), work) : work.get();
  }

  /// Returns the key of the client; empty in the background.
  public static Optional<String> current() {
    return CLIENT.isBound() ? Optional.of(CLIENT.get()) : Optional.empty();
  }
}
