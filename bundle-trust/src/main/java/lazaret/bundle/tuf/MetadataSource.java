package lazaret.bundle.tuf;

import java.io.IOException;
import java.util.Optional;
import lazaret.vetting.Bytes;

/// A source of metadata files: a medium or a server. Its content is not trusted.
public interface MetadataSource {
  /// Fetches a whole file.
  ///
  /// @param name the name of the file, for example `3.targets.json`. The name of a delegated role
  ///   is foreign text: an implementation that makes a path or an address of it encodes it.
  /// @param most the largest length in bytes; a source may stop reading after it
  /// @return at most one byte more than `most`, or empty if there is no such file
  /// @throws IOException if reading fails, or the source cannot determine whether the file exists
  Optional<Bytes> fetch(String name, long most) throws IOException;
}
