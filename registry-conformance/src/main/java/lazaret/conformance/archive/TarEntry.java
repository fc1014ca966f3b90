package lazaret.conformance.archive;

import java.nio.charset.StandardCharsets;

/// An entry of a tar file, well-formed or not.
///
/// @param path the path as it is written, at most 100 bytes of UTF-8
/// @param type the type flag: `0` for a file, `1` and `2` for links, `5` for a folder
/// @param link the target of a link; empty if there is none
/// @param content the content
@SuppressWarnings("ArrayRecordComponent") // written at once, never compared
public record TarEntry(String path, char type, String link, byte[] content) {
  /// Returns a file.
  public static TarEntry file(String path, String content) {
    return new TarEntry(path, '0', "", content.getBytes(StandardCharsets.UTF_8));
  }

  /// Returns a link.
  ///
  /// @param type `1` for a hard link, `2` for a symbolic one
  public static TarEntry link(String path, char type, String target) {
    return new TarEntry(path, type, target, new byte[0]);
  }

  /// Returns an entry without content, such as a device.
  public static TarEntry special(String path, char type) {
    return new TarEntry(path, type, "", new byte[0]);
  }

  /// Returns the entry of GNU that gives the next one a long path.
  public static TarEntry gnuLongPath(String path) {
    return new TarEntry("././@LongLink", 'L', "", (path + '\0').getBytes(StandardCharsets.UTF_8));
  }

  /// Returns the entry of POSIX.1-2001 that gives the next one a long path.
  public static TarEntry paxLongPath(String path) {
    String rest = " path=" + path + "\n";
    int length = rest.getBytes(StandardCharsets.UTF_8).length;
    int whole = length + Integer.toString(length + 1).length();
    while (Integer.toString(whole).length() + length != whole) {
      whole++;
    }
    return new TarEntry("PaxHeaders.0/x", 'x', "", (whole + rest).getBytes(StandardCharsets.UTF_8));
  }
}
