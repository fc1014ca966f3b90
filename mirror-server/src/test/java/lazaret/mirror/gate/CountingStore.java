package lazaret.mirror.gate;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import lazaret.vetting.desk.Store;

/// A store that counts its reads: each call that reads, and each row of a walk.
final class CountingStore {
  private static final Set<String> FREE = Set.of("exclusively", "commit", "snapshots", "close");

  private final AtomicLong reads = new AtomicLong();

  /// Returns the number of rows that were read since the last call.
  long reads() {
    return reads.getAndSet(0);
  }

  Store around(Store store) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              if (!FREE.contains(method.getName())) {
                reads.incrementAndGet();
              }
              try {
                Object result = method.invoke(store, arguments);
                return result instanceof Stream<?> rows
                    ? rows.peek(_ -> reads.incrementAndGet())
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
