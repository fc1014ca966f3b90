package lazaret.vetting.gate.shares;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import lazaret.vetting.trace.CurrentSpan;
import lazaret.vetting.trace.TraceSpan;

/// The client for which the current thread works. Background work has none.
public final class ActingClient {
  private static final ScopedValue<String> CLIENT = ScopedValue.newInstance();
  private static final ScopedValue<UpstreamLimit> LIMIT = ScopedValue.newInstance();

  private ActingClient() {}

  /// Executes work for a client without a limit on its requests to upstream.
  ///
  /// @param client the key by which the client is counted
  public static <T> T of(String client, Supplier<T> work) {
    return of(client, UpstreamLimit.NONE, work);
  }

  /// Executes work for a client.
  ///
  /// @param client the key by which the client is counted
  /// @param limit permits or refuses requests to upstream for this work
  public static <T> T of(String client, UpstreamLimit limit, Supplier<T> work) {
    return ScopedValue.where(CLIENT, client).where(LIMIT, limit).call(work::get);
  }

  /// Executes background work with a limit on its requests to upstream.
  ///
  /// @param limit permits or refuses requests to upstream for this work
  public static <T> T limited(UpstreamLimit limit, Supplier<T> work) {
    return ScopedValue.where(LIMIT, limit).call(work::get);
  }

  /// Returns work that other threads execute for the client and the span of the current thread,
  /// with its wait for upstream. In background work it is returned unchanged.
  public static <A, T> Function<A, T> carried(Function<A, T> work) {
    if (!CLIENT.isBound()) {
      return work;
    }
    String client = CLIENT.get();
    UpstreamLimit limit = LIMIT.get();
    TraceSpan span = CurrentSpan.get();
    return UpstreamWait.carried(
        argument -> CurrentSpan.in(span, () -> of(client, limit, () -> work.apply(argument))));
  }

  /// Returns the key of the client, or empty in background work.
  public static Optional<String> current() {
    return CLIENT.isBound() ? Optional.of(CLIENT.get()) : Optional.empty();
  }

  /// Returns the limit on requests to upstream, which permits everything in background work without
  /// one.
  public static UpstreamLimit limit() {
    return LIMIT.orElse(UpstreamLimit.NONE);
  }
}
