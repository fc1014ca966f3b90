package lazaret.storage.objects;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import lazaret.vetting.Bytes;

/// A store of objects: bytes under a key. Several nodes use it at the same time, and it may be slow
/// or absent, or give other bytes than were put. Callers therefore compare what they read, and no
/// decision rests on the order of two operations on one key. Thread-safe; every method blocks.
///
/// Failures that a repetition may solve are repeated a few times before they are thrown.
public interface ObjectStore extends AutoCloseable {
  /// The largest object, in bytes. An object is put in one request, from the heap.
  int MOST_BYTES = 1 << 30;

  /// The most keys of one page of [#list].
  int PAGE = 1_000;

  /// Puts an object, and replaces one with the same key.
  ///
  /// @throws ObjectStoreException if the store did not confirm it; it may exist nevertheless, and
  ///   may appear later
  /// @throws IllegalArgumentException if it has more than [#MOST_BYTES] bytes
  void put(ObjectKey key, Bytes bytes) throws ObjectStoreException;

  /// Returns the bytes of an object as the store gives them, or empty if it states that there is
  /// none. At most one byte more than the expected length is returned, so that the caller sees that
  /// an object is longer.
  ///
  /// @param length the expected number of bytes
  /// @throws ObjectStoreException if the store did not answer, or the answer was cut
  Optional<Bytes> get(ObjectKey key, int length) throws ObjectStoreException;

  /// Deletes an object. A missing one counts as deleted.
  ///
  /// @throws ObjectStoreException if the store did not confirm it
  void delete(ObjectKey key) throws ObjectStoreException;

  /// Returns a page of the keys that begin with a text, in ascending order. The page is empty at
  /// the end of the list alone. Objects of other names than an [ObjectKey] has are omitted.
  ///
  /// @param beginning the first characters of the names, such as `heads/`
  /// @param after the name after which the page begins, or the empty text
  /// @throws ObjectStoreException if the store did not answer
  List<ObjectKey> list(String beginning, String after) throws ObjectStoreException;

  /// Releases the connections. Closing twice is allowed.
  @Override
  void close();

  /// A factory of the store, an optional plug-in of a server.
  interface Factory {
    /// Opens a store. Nothing is sent yet.
    ObjectStore open(ObjectStoreSettings settings);
  }

  /// Returns the factory among the providers of this program, or empty if there is none.
  static Optional<Factory> find() {
    return ServiceLoader.load(Factory.class).findFirst();
  }
}
