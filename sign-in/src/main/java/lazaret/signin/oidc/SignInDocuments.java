package lazaret.signin.oidc;

import java.util.Optional;
import lazaret.vetting.Secret;

/// The begun sign-ins of several servers as documents that all of them read. Documents older than
/// ten minutes may be removed. Thread-safe; may block.
public interface SignInDocuments {
  /// Keeps a document.
  ///
  /// @param id the random id of the browser; a stored key does not reveal it
  /// @param document at most 4,096 characters
  void put(Secret id, Secret document);

  /// Returns a document, or empty if there is none.
  ///
  /// @param id foreign
  Optional<Secret> find(Secret id);

  /// Removes a document.
  ///
  /// @return whether this call removed it, and no other one on any server
  boolean remove(Secret id);
}
