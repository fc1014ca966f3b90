package lazaret.bundle.importing;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import lazaret.bundle.BundleException;
import lazaret.storage.files.FileTrees;
import lazaret.vetting.gate.store.Store;

/// A program that imports a bundle repeatedly on a disk that is filled at another moment each time.
/// It runs in a mount namespace of its own, on a file system in memory.
///
/// Its arguments are a data folder to start with, a bundle, the folder of the small disk, and the
/// number of moments to advance each time. It prints one line for each import with the moment and
/// the result, and the snapshot that is served then. The line ends with the result of the import
/// after space was freed, and the snapshot that is served then.
final class ImportDiskFullChild {
  private final Path network;
  private final Path bundle;
  private final Path disk;
  private final Path filler;
  private final AtomicInteger left = new AtomicInteger();
  private String moment = "";

  private ImportDiskFullChild(String[] args) {
    this.network = Path.of(args[0]);
    this.bundle = Path.of(args[1]);
    this.disk = Path.of(args[2]);
    this.filler = disk.resolve("filler");
  }

  @SuppressWarnings("SystemOut") // how the parent learns of it
  public static void main(String[] args) throws IOException {
    var child = new ImportDiskFullChild(args);
    int stride = Integer.parseInt(args[3]);
    for (int which = 0; ; which += stride) {
      String line = child.line(which);
      if (child.moment.isEmpty()) {
        return;
      }
      System.out.println(line);
    }
  }

  private String line(int which) throws IOException {
    Path data = copy();
    moment = "";
    left.set(which);
    String first;
    long head;
    try (NetworkFixture inside =
        NetworkFixture.open(data, step -> at("step " + step), this::watched)) {
      left.set(which);
      moment = "";
      first = outcome(inside);
      head = inside.store.snapshots().head();
    }
    Files.deleteIfExists(filler);
    left.set(Integer.MAX_VALUE);
    try (NetworkFixture inside = NetworkFixture.open(data)) {
      String then = outcome(inside);
      return "%s|%s|%d|%s|%s".formatted(moment, first, head, then, inside.root());
    }
  }

  private String outcome(NetworkFixture inside) {
    try {
      return inside.run(bundle).getClass().getSimpleName();
    } catch (BundleException e) {
      boolean served = String.valueOf(e.getMessage()).startsWith("cannot finish");
      return e.reason().code() + (served ? ", served" : "");
    } catch (RuntimeException e) {
      return "BAD " + e;
    }
  }

  private Path copy() throws IOException {
    Path data = disk.resolve("data");
    FileTrees.delete(data);
    try (Stream<Path> files = Files.walk(network)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(
            file, data.resolve(network.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    Files.copy(
        HighWaterMark.beside(network),
        HighWaterMark.beside(data),
        StandardCopyOption.REPLACE_EXISTING);
    return data;
  }

  private void at(String name) {
    if (left.getAndDecrement() == 0) {
      moment = name;
      fill();
    }
  }

  /// Fills the disk to the last byte.
  private void fill() {
    for (int piece : new int[] {1 << 20, 4 << 10, 1}) {
      byte[] bytes = new byte[piece];
      try (OutputStream out =
          Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        while (true) {
          out.write(bytes);
        }
      } catch (IOException _) {
        // The disk is full.
      }
    }
  }

  private Store watched(Store store) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              if (method.getName().equals("commit")) {
                at("before a write");
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
