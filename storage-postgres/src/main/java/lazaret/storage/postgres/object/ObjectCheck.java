package lazaret.storage.postgres.object;

import java.util.Optional;
import lazaret.storage.objects.ObjectKey;
import lazaret.storage.objects.ObjectStore;
import lazaret.storage.objects.ObjectStoreException;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;

/// A read of an object that was compared with its key. Bytes of a store are used in no other way.
sealed interface ObjectCheck {
  /// Bytes with the SHA-256 of the key.
  record Right(Bytes bytes) implements ObjectCheck {}

  /// Something else, or nothing.
  ///
  /// @param found a phrase that is equal for equal answers
  record Wrong(String found) implements ObjectCheck {}

  /// Reads an object.
  ///
  /// @throws ObjectStoreException if the store does not answer
  static ObjectCheck of(ObjectStore objects, ObjectKey.Artifact artifact, int length)
      throws ObjectStoreException {
    Optional<Bytes> found = objects.get(artifact.key(), length);
    if (found.isEmpty()) {
      return new Wrong("no object");
    }
    Bytes bytes = found.get();
    if (bytes.length() > length) {
      return new Wrong("more bytes");
    }
    Sha256 cksum = Sha256.of(bytes);
    return bytes.length() == length && cksum.equals(artifact.cksum())
        ? new Right(bytes)
        : new Wrong("%d bytes with sha-256 %s".formatted(bytes.length(), cksum));
  }
}
