package lazaret.storage.objects;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A failure of an operation on an object store. It says nothing about the object: the operation
/// may have had its effect. Callers handle it one by one, since the gate goes on without the store.
public final class ObjectStoreException extends IOException {
  private static final long serialVersionUID = 1L;

  /// Creates an exception.
  ///
  /// @param message the attempt, its object, the reason and the next step, without a secret
  /// @param cause the underlying failure; null if there is none
  public ObjectStoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
