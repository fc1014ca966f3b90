package lazaret.vetting.lockfile;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;

/// A reader of lockfiles: size, encoding and conflict markers first, then the TOML.
final class LockfileReader {
  private LockfileReader() {}

  static Lockfile read(Bytes file) {
    if (file.length() > Lockfile.MAX_BYTES) {
      throw malformed("%d bytes, expected at most %d".formatted(file.length(), Lockfile.MAX_BYTES));
    }
    String text = text(file);
    refuseConflict(text);
    RawLockfile raw = TomlLockfileReader.read(file);
    if (raw.version() == null && raw.packages().isEmpty()) {
      throw malformed("expected a format and packages, found neither");
    }
    if (raw.packages().size() > Lockfile.MAX_PACKAGES) {
      throw malformed(
          "%d packages, expected at most %d"
              .formatted(raw.packages().size(), Lockfile.MAX_PACKAGES));
    }
    boolean oneLineBreakAtEnd = text.endsWith("\n") && !text.endsWith("\n\n");
    return new LockfileResolver(raw, positions(text, raw.packages().size()), oneLineBreakAtEnd)
        .build();
  }

  /// Returns the line of each package's header, with that of `[root]` first. Empty if the headers
  /// do not have cargo's form, since they cannot be found reliably then.
  private static List<Integer> positions(String text, int packages) {
    List<Integer> places = new ArrayList<>(packages);
    int line = 0;
    for (int start = 0; start < text.length(); ) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      line++;
      if (isLine(text, start, end, "[[package]]")) {
        places.add(line);
      } else if (isLine(text, start, end, "[root]")) {
        places.addFirst(line);
      }
      start = end + 1;
    }
    return places.size() == packages ? places : List.of();
  }

  private static boolean isLine(String text, int start, int end, String wanted) {
    int length = wanted.length();
    return text.startsWith(wanted, start)
        && (start + length == end || (start + length + 1 == end && text.charAt(end - 1) == '\r'));
  }

  /// Returns the text. Malformed bytes become U+FFFD, so that only a text with this character needs
  /// the slower strict decoder.
  private static String text(Bytes file) {
    String text = file.text();
    if (text.indexOf('\ufffd') < 0) {
      return text;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file.array())).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedException("cannot read the lockfile: it is not UTF-8", e);
    }
  }

  /// Refuses the markers that git leaves in a file with a merge conflict. They are not TOML; the
  /// message states the next step.
  private static void refuseConflict(String text) {
    if (startsALine(text, "<<<<<<< ")
        || startsALine(text, ">>>>>>> ")
        || startsALine(text, "=======")) {
      throw malformed(
          "it has the marks of a merge conflict; keep one side and run 'cargo update"
              + " --workspace'");
    }
  }

  private static boolean startsALine(String text, String mark) {
    return text.startsWith(mark) || text.contains("\n" + mark);
  }

  private static MalformedException malformed(String why) {
    return new MalformedException("cannot read the lockfile: " + why);
  }
}
