package lazaret.bundle.tuf;

import java.io.IOException;
import java.util.Optional;
import lazaret.vetting.Bytes;

/// Where metadata files are fetched from: a medium, or a server. Nothing that comes from it is
/// trusted.
public interface MetadataSource {
  /// Fetches a file whole.
  ///
  /// @param name the file's name, for example `3.targets.json`; of delegated roles the name is
  ///   foreign: whoever makes a path or address of it encodes it
  /// @param most the largest length in bytes; a source may stop reading behind it
  /// @return at most one byte more than `most`, or empty where there is no such file
  /// @throws IOException if it cannot be told whether there is one, or reading fails
  Optional<Bytes> fetch(String name, long most) throws IOException;
}
