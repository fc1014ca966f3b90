package lazaret.git.tree;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.archive.TarPath;
import lazaret.vetting.text.Printable;

/// The rules for paths of a tree. A path is written to disks, so nothing in it may lead out of its
/// folder, or into the folder of a repository.
public final class GitTreePath {
  private static final int MAX_BYTES = 1_024;
  private static final int MAX_DEPTH = 60;

  private GitTreePath() {}

  /// Decodes a path.
  ///
  /// @throws MalformedException if it is not UTF-8, or not a plain path
  public static String decode(byte[] raw, int from, int to) {
    if (to - from > MAX_BYTES) {
      throw refused(Excerpt.of(raw, from, to - from), "longer than %d bytes".formatted(MAX_BYTES));
    }
    try {
      String path =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(raw, from, to - from))
              .toString();
      check(path);
      return path;
    } catch (CharacterCodingException e) {
      throw new MalformedException(
          "cannot use the tree: the path '%s' is not UTF-8"
              .formatted(Excerpt.of(raw, from, to - from)),
          e);
    }
  }

  private static void check(String path) {
    String[] parts = path.split("/", -1);
    if (parts.length > MAX_DEPTH) {
      throw refused(path, "deeper than %d folders".formatted(MAX_DEPTH));
    }
    for (String part : parts) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw refused(path, "a part is empty, '.' or '..'");
      }
      if (TarPath.collisionKey(part).equals(".git")) {
        throw refused(path, "a part is the folder of a repository");
      }
    }
    if (path.indexOf('\\') >= 0
        || path.indexOf(':') >= 0
        || !path.codePoints().allMatch(Printable::isSafe)) {
      throw refused(path, "a character is not plain");
    }
  }

  /// Compares two paths by their bytes, as Git orders them.
  public static int compare(String one, String other) {
    return Arrays.compareUnsigned(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static MalformedException refused(String path, String why) {
    return new MalformedException(
        "cannot use the tree: the path '%s' is refused: %s".formatted(Excerpt.of(path), why));
  }
}
