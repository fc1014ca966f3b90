package lazaret.vetting.hosting;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicReference;
import lazaret.vetting.gate.store.Store;

/// A store in which another writer acts before a read.
final class InterruptedStore {
  private final AtomicReference<Runnable> action = new AtomicReference<>(() -> {});
  private final Store store;

  /// Creates the store.
  ///
  /// @param method the method of [Store] before which the other writer acts
  InterruptedStore(Store around, String method) {
    this.store =
        (Store)
            Proxy.newProxyInstance(
                Store.class.getClassLoader(),
                new Class<?>[] {Store.class},
                (_, called, arguments) -> {
                  if (called.getName().equals(method)) {
                    action.getAndSet(() -> {}).run();
                  }
                  try {
                    return called.invoke(around, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
  }

  Store store() {
    return store;
  }

  /// Lets another writer act once, before the next call of the method.
  void next(Runnable act) {
    action.set(act);
  }
}
