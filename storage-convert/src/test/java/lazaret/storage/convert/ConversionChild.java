package lazaret.storage.convert;

import java.nio.file.Path;
import java.time.Clock;
import lazaret.storage.rocks.RocksOptions;
import lazaret.storage.rocks.RocksStore;
import lazaret.vetting.gate.store.Store;

/// A process that converts a store. Arguments: the data folders of source and target.
final class ConversionChild {
  private ConversionChild() {}

  public static void main(String[] args) {
    try (Store source = open(args[0]);
        Store target = open(args[1])) {
      StoreConversion.run(source, target);
    }
  }

  static Store open(String folder) {
    return RocksStore.open(
        Path.of(folder), RocksOptions.DEFAULT.withMinFreeBytes(0), Clock.systemUTC());
  }
}
