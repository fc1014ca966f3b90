package lazaret.storage.rocks;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import lazaret.storage.crash.CrashWrites;
import lazaret.vetting.gate.fixture.StoreSamples;

/// A process that commits until it is killed, as [CrashWrites] does. Arguments: data folder, number
/// of writers, first number, number of batches per writer.
final class CrashChild {
  private CrashChild() {}

  public static void main(String[] args) throws InterruptedException {
    try (RocksStore store = open(Path.of(args[0]))) {
      CrashWrites.run(
          store, Integer.parseInt(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
    }
  }

  /// Opens a store whose memory fills often, so that flushes and blob files are interrupted too.
  static RocksStore open(Path folder) {
    return RocksStore.open(
        folder,
        RocksOptions.DEFAULT.withWriteBufferBytes(1 << 20),
        Clock.fixed(StoreSamples.NOON, ZoneOffset.UTC));
  }
}
