package lazaret.vetting.archive;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The records of an extended header (POSIX.1-2017, *pax Extended Header*).
///
/// The form of a record is `length key=value\n`, with the length in decimal and including itself.
/// Only the path and a size that repeats the header's are used. Records on which readers disagree
/// are refused. Immutable unless a caller writes to the path.
public final class PaxRecords {
  private byte @Nullable [] path;
  private @Nullable String size;

  private PaxRecords() {}

  /// Reads the records.
  ///
  /// @throws BrokenArchiveException if they are malformed or contain values that crates do not need
  public static PaxRecords parse(byte[] data) {
    var records = new PaxRecords();
    int position = 0;
    while (position < data.length) {
      int space = position;
      while (space < data.length && data[space] >= '0' && data[space] <= '9') {
        space++;
      }
      int digits = space - position;
      if (digits == 0 || digits > 6 || space == data.length || data[space] != ' ') {
        throw malformed();
      }
      int end = position + decimal(data, position, space);
      if (end <= space + 1 || end > data.length || data[end - 1] != '\n') {
        throw malformed();
      }
      records.add(data, space + 1, end - 1);
      position = end;
    }
    return records;
  }

  /// Returns the path, or null if the records have none.
  public byte @Nullable [] path() {
    return path;
  }

  /// Refuses a size that differs from that of the header: readers that follow one or the other see
  /// different entries after it.
  ///
  /// @throws BrokenArchiveException if it differs
  public void checkSize(long inHeader) {
    if (size != null && !size.equals(Long.toString(inHeader))) {
      throw new BrokenArchiveException(
          ArchiveProblemCode.PAX_CONFLICT,
          "size " + size + " in pax, " + inHeader + " in the header");
    }
  }

  private void add(byte[] data, int start, int end) {
    int equals = start;
    while (equals < end && data[equals] != '=') {
      equals++;
    }
    if (equals == end) {
      throw malformed();
    }
    String key = text(data, start, equals);
    switch (key) {
      case "path" -> {
        if (path != null) {
          throw twice(key);
        }
        path = Arrays.copyOfRange(data, equals + 1, end);
      }
      case "size" -> {
        if (size != null) {
          throw twice(key);
        }
        size = text(data, equals + 1, end);
      }
      case "linkpath", "hdrcharset" ->
          throw new BrokenArchiveException(
              ArchiveProblemCode.PAX_CONFLICT, "record '" + key + "' changes what the entry is");
      default -> {
        if (key.startsWith("GNU.sparse.")) {
          throw new BrokenArchiveException(
              ArchiveProblemCode.FORBIDDEN_ENTRY_TYPE, "a sparse file");
        }
        // Times, owners and comments: neither cargo nor Lazaret uses them.
      }
    }
  }

  private static int decimal(byte[] data, int start, int end) {
    int value = 0;
    for (int i = start; i < end; i++) {
      value = value * 10 + (data[i] - '0');
    }
    return value;
  }

  private static String text(byte[] data, int start, int end) {
    return TarPath.excerpt(Arrays.copyOfRange(data, start, end));
  }

  private static BrokenArchiveException twice(String key) {
    // Some readers use the first record, others the last.
    return new BrokenArchiveException(ArchiveProblemCode.PAX_CONFLICT, "two records '" + key + "'");
  }

  private static BrokenArchiveException malformed() {
    return new BrokenArchiveException(
        ArchiveProblemCode.HEADER_MALFORMED, "a pax record is malformed");
  }
}
