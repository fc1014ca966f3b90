package lazaret.storage.postgres.object;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import lazaret.storage.objects.ObjectKey;
import lazaret.storage.objects.ObjectStore;
import lazaret.storage.objects.ObjectStoreException;
import lazaret.vetting.Bytes;

/// A store of objects that calls a test before each operation, and lets it change what is read.
final class HookedObjectStore implements ObjectStore {
  private final ObjectStore inner;
  private volatile Hook hook = (_, _) -> {};
  private volatile UnaryOperator<Optional<Bytes>> answer = found -> found;

  HookedObjectStore(ObjectStore inner) {
    this.inner = inner;
  }

  /// Code that runs before an operation.
  interface Hook {
    /// Runs before an operation: `put`, `get` or `delete`.
    void before(String operation, ObjectKey key) throws ObjectStoreException;
  }

  /// Runs code before each operation from now on.
  void before(Hook code) {
    hook = code;
  }

  /// Changes the answers of reads from now on.
  void answer(UnaryOperator<Optional<Bytes>> change) {
    answer = change;
  }

  @Override
  public void put(ObjectKey key, Bytes bytes) throws ObjectStoreException {
    hook.before("put", key);
    inner.put(key, bytes);
  }

  @Override
  public Optional<Bytes> get(ObjectKey key, int length) throws ObjectStoreException {
    hook.before("get", key);
    return answer.apply(inner.get(key, length));
  }

  @Override
  public void delete(ObjectKey key) throws ObjectStoreException {
    hook.before("delete", key);
    inner.delete(key);
  }

  @Override
  public List<ObjectKey> list(String beginning, String after) throws ObjectStoreException {
    return inner.list(beginning, after);
  }

  @Override
  public void close() {
    inner.close();
  }
}
