package lazaret.vetting.archive;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A walk through the entries of one archive. If readers of tar disagree, it refuses the archive
/// instead of choosing. Used once, not thread-safe.
final class TarWalk {
  private static final int MAX_PAX = 64 * 1024;

  private final GzipMember source;
  private final InspectLimits limits;
  private final ArchiveProblems problems;
  private final EntryPathChecks paths;
  private final EntryVisitor visitor;
  private final byte[] block = new byte[TarHeader.BLOCK];
  private byte @Nullable [] longName;
  private @Nullable PaxRecords pax;
  private int entries;

  TarWalk(
      GzipMember source,
      EntryPathChecks paths,
      ArchiveProblems problems,
      InspectLimits limits,
      EntryVisitor v) {
    this.source = source;
    this.limits = limits;
    this.problems = problems;
    this.paths = paths;
    this.visitor = v;
  }

  /// Walks to the end.
  ///
  /// @throws BrokenArchiveException if a problem prevents further reading
  void run() {
    while (readBlock()) {
      if (isZero(block, block.length)) {
        end();
        return;
      }
      step(TarHeader.parse(block));
    }
    throw new BrokenArchiveException(
        ArchiveProblemCode.TAR_TRUNCATED, "there is no end-of-archive mark");
  }

  /// Returns the number of files and directories so far.
  int entries() {
    return entries;
  }

  private void step(TarHeader header) {
    switch (header.type()) {
      case TarHeader.GNU_LONG_NAME ->
          // Writers end the name with a zero byte (GNU tar, *Extensions*).
          longName = extension(header, limits.pathBytes() + 1, ArchiveProblemCode.PATH_TOO_LONG);
      case TarHeader.PAX ->
          pax = PaxRecords.parse(extension(header, MAX_PAX, ArchiveProblemCode.HEADER_MALFORMED));
      case TarHeader.FILE, TarHeader.OLD_FILE, TarHeader.DIRECTORY -> entry(header);
      default -> {
        problems.add(
            ArchiveProblemCode.FORBIDDEN_ENTRY_TYPE,
            TarPath.excerpt(path(header)),
            "expected a file or directory, found " + typeName(header.type()));
        countEntry();
        forgetExtensions();
        skipContent(new EntryContent(source, header.size()), header.size());
      }
    }
  }

  private byte[] extension(TarHeader header, int maxBytes, ArchiveProblemCode tooLong) {
    if (!header.extensible()) {
      throw new BrokenArchiveException(
          ArchiveProblemCode.FORBIDDEN_ENTRY_TYPE, "an extended header in a form that has none");
    }
    if (longName != null || pax != null) {
      // Readers disagree on which of the two counts.
      throw new BrokenArchiveException(
          ArchiveProblemCode.PAX_CONFLICT, "two extended headers for one entry");
    }
    if (header.size() > maxBytes) {
      throw new BrokenArchiveException(
          tooLong, "expected an extended header of at most " + maxBytes + " bytes, found more");
    }
    var content = new EntryContent(source, header.size());
    byte[] data = content.read(maxBytes).array();
    skipContent(content, header.size());
    return data;
  }

  private void entry(TarHeader header) {
    countEntry();
    if (pax != null) {
      pax.checkSize(header.size());
    }
    boolean directory = header.type() == TarHeader.DIRECTORY;
    String path = paths.admit(path(header), directory);
    forgetExtensions();
    var content = new EntryContent(source, header.size());
    if (path != null) {
      visitor.visit(new ArchiveEntry(path, directory, header.size()), content);
    }
    skipContent(content, header.size());
  }

  private void countEntry() {
    if (++entries > limits.entries()) {
      throw new BrokenArchiveException(
          ArchiveProblemCode.TOO_MANY_ENTRIES,
          "expected at most " + limits.entries() + ", found more");
    }
  }

  private byte[] path(TarHeader header) {
    if (longName != null) {
      return withoutFinalZero(longName);
    }
    byte[] inPax = pax == null ? null : pax.path();
    return inPax != null ? inPax : header.path();
  }

  private void forgetExtensions() {
    longName = null;
    pax = null;
  }

  private void skipContent(EntryContent content, long size) {
    content.finish();
    long padding = -size & (TarHeader.BLOCK - 1);
    if (source.skip(padding) > 0) {
      throw new BrokenArchiveException(
          ArchiveProblemCode.TAR_TRUNCATED, "the archive ends within the padding of an entry");
    }
  }

  /// Checks that two zero blocks end the archive and only zeros follow. Readers that search for
  /// more entries after the end must not find any.
  private void end() {
    if (longName != null || pax != null) {
      throw new BrokenArchiveException(
          ArchiveProblemCode.HEADER_MALFORMED, "an extended header describes no entry");
    }
    if (!readBlock()) {
      throw new BrokenArchiveException(
          ArchiveProblemCode.TAR_TRUNCATED, "the end-of-archive mark has one block, not two");
    }
    int count = block.length;
    while (count >= 0) {
      if (!isZero(block, count)) {
        throw new BrokenArchiveException(
            ArchiveProblemCode.BYTES_AFTER_END, "something stands behind the end-of-archive mark");
      }
      count = source.read(block, 0, block.length);
    }
    if (source.bytesAfter() > 0) {
      throw new BrokenArchiveException(
          ArchiveProblemCode.SEVERAL_GZIP_MEMBERS,
          source.bytesAfter() + " bytes follow the first gzip member");
    }
  }

  /// Reads a block.
  ///
  /// @return false if the archive ends before it
  /// @throws BrokenArchiveException if it ends within it
  private boolean readBlock() {
    int filled = 0;
    while (filled < block.length) {
      int count = source.read(block, filled, block.length - filled);
      if (count < 0) {
        if (filled == 0) {
          return false;
        }
        throw new BrokenArchiveException(
            ArchiveProblemCode.TAR_TRUNCATED, "the archive ends within a block");
      }
      filled += count;
    }
    return true;
  }

  private static boolean isZero(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] withoutFinalZero(byte[] name) {
    boolean ends = name.length > 0 && name[name.length - 1] == 0;
    return ends ? Arrays.copyOf(name, name.length - 1) : name;
  }

  private static String typeName(char type) {
    return switch (type) {
      case '1' -> "a hard link";
      case '2' -> "a symbolic link";
      case '3' -> "a character device";
      case '4' -> "a block device";
      case '6' -> "a fifo";
      case '7' -> "a contiguous file";
      case 'g' -> "a global pax header";
      case 'K' -> "a long link name";
      case 'S' -> "a sparse file";
      default -> "type '" + type + "'";
    };
  }
}
