package lazaret.vetting.inventory;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Store;

/// A store whose process can be killed at one of its calls: that call and all later ones do
/// nothing, until a test starts the process again. Thread-safe.
final class KilledStore {
  private final Store store;
  private int left = Integer.MAX_VALUE;
  private Consumer<Batch> beforeCommit = _ -> {};

  KilledStore(Store store) {
    this.store = store;
  }

  /// The end of the process.
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed by the test", null, false, false);
    }
  }

  /// Kills the process at a call from now on: 1 for the next one.
  synchronized void killAt(int call) {
    left = call;
  }

  synchronized boolean isDead() {
    return left <= 0;
  }

  /// Starts the process again.
  synchronized void revive() {
    left = Integer.MAX_VALUE;
  }

  /// Runs an action before each commit from now on.
  synchronized void beforeCommit(Consumer<Batch> action) {
    beforeCommit = action;
  }

  private synchronized void call() {
    if (left == Integer.MAX_VALUE) {
      return;
    }
    if (--left <= 0) {
      left = 0;
      throw new Killed();
    }
  }

  private synchronized Consumer<Batch> listener() {
    return beforeCommit;
  }

  Store store() {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              call();
              if (method.getName().equals("commit") && arguments[0] instanceof Batch batch) {
                listener().accept(batch);
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
