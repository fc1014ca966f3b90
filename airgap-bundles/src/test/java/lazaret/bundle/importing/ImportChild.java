package lazaret.bundle.importing;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.gate.store.Store;

/// A program that imports a bundle and ends between two steps as if it were killed. It prints
/// `ready` before it starts.
///
/// Its arguments are the data folder, the bundle, the place, and which occurrence of the place,
/// counted from zero. The place is `step`, `before` or `after` (a write to the store), or the name
/// of a step.
final class ImportChild {
  private ImportChild() {}

  @SuppressWarnings("SystemOut") // how the parent learns of it
  public static void main(String[] args) throws IOException {
    var counter = new AtomicInteger(Integer.parseInt(args[3]));
    String where = args[2];
    try (NetworkFixture inside =
        NetworkFixture.open(
            Path.of(args[0]),
            step -> {
              halt(where, "step", counter);
              halt(where, step, counter);
            },
            store -> halting(store, where, counter))) {
      System.out.println("ready");
      System.out.flush();
      counter.set(Integer.parseInt(args[3]));
      inside.run(Path.of(args[1]));
    }
  }

  private static void halt(String wanted, String here, AtomicInteger counter) {
    if (wanted.equals(here) && counter.getAndDecrement() == 0) {
      Runtime.getRuntime().halt(137);
    }
  }

  private static Store halting(Store store, String where, AtomicInteger counter) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              boolean write = method.getName().equals("commit");
              if (write) {
                halt(where, "before", counter);
              }
              try {
                Object result = method.invoke(store, arguments);
                if (write) {
                  halt(where, "after", counter);
                }
                return result instanceof Store.BulkWriter bulk
                    ? halting(bulk, where, counter)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static Store.BulkWriter halting(
      Store.BulkWriter bulk, String where, AtomicInteger counter) {
    return new Store.BulkWriter() {
      @Override
      public void put(VerifiedCrate crate) {
        halt(where, "before", counter);
        bulk.put(crate);
        halt(where, "after", counter);
      }

      @Override
      public void settle() {
        halt(where, "before", counter);
        bulk.settle();
        halt(where, "after", counter);
      }

      @Override
      public void close() {
        bulk.close();
      }
    };
  }

  /// Starts a child process with inherited standard error.
  static Process start(Path data, Path bundle, String where, int which) throws IOException {
    List<String> command =
        java(ImportChild.class, data.toString(), bundle.toString(), where, "" + which);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /// Returns the command that runs a class of this test suite.
  static List<String> java(Class<?> main, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Djava.library.path=" + System.getProperty("java.library.path"));
    command.add("-cp");
    // Surefire passes the class path in a property of its own.
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(args));
    return command;
  }
}
