package lazaret.storage.memory;

import java.nio.file.Path;
import lazaret.storage.StoreContract;
import lazaret.vetting.desk.Store;

class InMemoryStoreTest implements StoreContract {
  @Override
  public Store open(Path folder) {
    return new InMemoryStore();
  }
}
