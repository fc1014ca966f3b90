package lazaret.storage.files;

/// The access of other users to a new file or folder.
public enum FileAccess {
  /// Only the owner has access.
  PRIVATE,
  /// All users may read, as far as the folder above permits it.
  PUBLIC
}
