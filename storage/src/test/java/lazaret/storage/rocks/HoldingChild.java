package lazaret.storage.rocks;

import java.io.IOException;
import java.nio.file.Path;

/// A process that opens a store, prints `open`, and holds it until its standard input ends.
/// Argument: data folder.
final class HoldingChild {
  private HoldingChild() {}

  @SuppressWarnings("SystemOut") // how the parent learns of it
  public static void main(String[] args) throws IOException {
    try (RocksStore _ = CrashChild.open(Path.of(args[0]))) {
      System.out.println("open");
      System.out.flush();
      System.in.readAllBytes();
    }
  }
}
