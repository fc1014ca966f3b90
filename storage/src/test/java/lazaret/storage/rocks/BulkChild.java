package lazaret.storage.rocks;

import java.io.IOException;
import java.nio.file.Path;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Store;

/// A process that imports artifacts in bulk, settles, imports more, prints `taken`, and waits.
/// Argument: data folder.
final class BulkChild {
  static final int EACH = 60;
  static final int SIZE = 100_000;

  private BulkChild() {}

  @SuppressWarnings("SystemOut") // how the parent learns of it
  public static void main(String[] args) throws IOException {
    try (RocksStore store = CrashChild.open(Path.of(args[0]));
        Store.BulkWriter bulk = store.bulk()) {
      for (int i = 0; i < EACH; i++) {
        bulk.put(StoreSamples.artifact(i, SIZE));
      }
      bulk.settle();
      for (int i = EACH; i < 2 * EACH; i++) {
        bulk.put(StoreSamples.artifact(i, SIZE));
      }
      System.out.println("taken");
      System.out.flush();
      System.in.readAllBytes();
    }
  }
}
