package lazaret.vetting.deskapi.reading;

import java.util.List;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.diff.DiffRole;

/// The readers of one file.
///
/// @param path the path of the file in the list of files
/// @param role the role of the content
/// @param content the SHA-256 of the content
/// @param readers the readers, at most 100 persons; also those who read the same content elsewhere
public record FileReadersInfo(
    String path, DiffRole role, Sha256 content, List<ReaderInfo> readers) {
  public FileReadersInfo {
    readers = List.copyOf(readers);
  }
}
