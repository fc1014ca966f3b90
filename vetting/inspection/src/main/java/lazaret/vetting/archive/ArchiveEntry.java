package lazaret.vetting.archive;

/// A regular file or directory of a crate.
///
/// @param path the path below `name-version/`, with `/` between the parts; no part is empty, `.` or
///   `..`. Empty for the folder itself
/// @param directory whether it is a directory
/// @param size the length of the content in bytes; 0 for a directory
public record ArchiveEntry(String path, boolean directory, long size) {
  /// Returns whether the entry is directly in the crate's folder.
  public boolean inRoot() {
    return path.indexOf('/') < 0;
  }
}
