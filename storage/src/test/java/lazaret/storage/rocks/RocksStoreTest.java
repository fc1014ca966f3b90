package lazaret.storage.rocks;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import lazaret.storage.Samples;
import lazaret.storage.StoreContract;
import lazaret.vetting.desk.Store;

class RocksStoreTest implements StoreContract {
  @Override
  public Store open(Path folder) {
    return RocksStore.open(
        folder.resolve("data"), RocksOptions.DEFAULT, Clock.fixed(Samples.NOON, ZoneOffset.UTC));
  }
}
