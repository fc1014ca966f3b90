package lazaret.conformance;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import lazaret.conformance.archive.TarWriter;

/// The archives of the scripted registry.
final class ScriptedArchive {
  private static final int BLOCK = 512;

  /// The largest archive without the defect of a limit that is too high.
  static final int MAX = 4 << 20;

  private static final int TOO_HIGH = 64 << 20;

  private ScriptedArchive() {}

  /// Returns the files of an archive by their path below the folder of the version.
  static Map<String, String> files(byte[] archive, String prefix, Defect defect) {
    byte[] tar = unpacked(archive, defect == Defect.LARGE_UNPACKED ? TOO_HIGH : MAX);
    Map<String, String> files = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    String longPath = "";
    int at = 0;
    while (at + BLOCK <= tar.length && tar[at] != 0) {
      int size = Integer.parseInt(text(tar, at + 124, 12).strip(), 8);
      char type = (char) tar[at + 156];
      String content = new String(tar, at + BLOCK, size, StandardCharsets.UTF_8);
      String path = longPath.isEmpty() ? text(tar, at, 100) : longPath;
      at += BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK;
      longPath =
          switch (type) {
            case 'L' -> content.replace("\0", "");
            case 'x' -> content.substring(content.indexOf('=') + 1).strip();
            default -> "";
          };
      if (!longPath.isEmpty()) {
        continue;
      }
      check(path, type, prefix, defect);
      if (!seen.add(path.toLowerCase(Locale.ROOT))) {
        throw RefusedException.bad("two entries have the path " + path);
      }
      files.put(
          path.startsWith(prefix)
              ? path.substring(prefix.length())
              : path.substring(path.indexOf('/') + 1),
          content);
    }
    if (files.isEmpty()) {
      throw RefusedException.bad("the archive is empty");
    }
    return files;
  }

  private static void check(String path, char type, String prefix, Defect defect) {
    if (type != '0' && defect != Defect.LINKS) {
      throw RefusedException.bad("an entry is not a file: " + path);
    }
    boolean inside = path.startsWith(prefix) && !path.contains("..");
    if (!inside && defect != Defect.ANY_PATH) {
      throw RefusedException.bad("a path is outside of the folder: " + path);
    }
  }

  private static String text(byte[] tar, int at, int length) {
    String text = new String(tar, at, length, StandardCharsets.UTF_8);
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  private static byte[] unpacked(byte[] archive, int max) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(archive))) {
      byte[] piece = new byte[1 << 16];
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        out.write(piece, 0, read);
        if (out.size() > max) {
          throw RefusedException.bad("the archive is too large");
        }
      }
    } catch (IOException _) {
      throw RefusedException.bad("the archive is not compressed, or damaged");
    }
    // The library ignores bytes after the end; an archive of the suite ends where the stream does.
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    again.writeBytes(TarWriter.gzip(out.toByteArray()));
    if (archive.length > again.size() + 10) {
      throw RefusedException.bad("bytes follow the archive");
    }
    return out.toByteArray();
  }
}
