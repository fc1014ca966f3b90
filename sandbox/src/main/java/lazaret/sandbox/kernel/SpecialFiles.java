package lazaret.sandbox.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import lazaret.sandbox.filter.Errno;

/// The search for sockets, FIFOs and devices in a folder by the types in directory entries. A
/// package cache has tens of thousands of files, and reading the attributes of each would take
/// longer than the rest of a start.
///
/// Source: getdents(2), readdir(3).
public final class SpecialFiles {
  private static final int AT_FDCWD = -100;
  private static final int NONBLOCK_CLOEXEC = 02004000;
  private static final int BUFFER = 64 << 10;

  /// The offsets of length, type and name in `struct linux_dirent64`.
  private static final int LENGTH_AT = 16;

  private static final int TYPE_AT = 18;
  private static final int NAME_AT = 19;

  private static final byte UNKNOWN = 0;
  private static final byte FIFO = 1;
  private static final byte CHARACTER_DEVICE = 2;
  private static final byte FOLDER = 4;
  private static final byte BLOCK_DEVICE = 6;
  private static final byte SOCKET = 12;

  private final MemorySegment buffer;
  private final Deque<byte[]> folders = new ArrayDeque<>();
  private final List<Path> found = new ArrayList<>();

  private SpecialFiles(MemorySegment buffer) {
    this.buffer = buffer;
  }

  /// Returns the special files and the folders that cannot be listed. A path through such a folder
  /// may lead to a socket.
  ///
  /// @param folder a real path
  /// @param most the number of results after which the search ends
  /// @return absolute paths, slightly more than `most` at most; a name that is not UTF-8 contains
  ///   replacement characters
  /// @throws SystemCallException if the kernel refuses
  public static List<Path> below(Path folder, int most) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      var files = new SpecialFiles(arena.allocate(BUFFER, Long.BYTES));
      files.folders.add(folder.toString().getBytes(StandardCharsets.UTF_8));
      while (!files.folders.isEmpty() && files.found.size() <= most) {
        files.list(files.folders.remove());
      }
      return List.copyOf(files.found);
    }
  }

  private void list(byte[] folder) throws SystemCallException {
    int descriptor;
    try {
      descriptor = open(folder);
    } catch (SystemCallException e) {
      if (e.is(Errno.EACCES)) {
        found.add(path(folder));
      } else if (!e.is(Errno.ENOENT)) {
        throw e;
      }
      return;
    }
    try {
      int bytes = read(descriptor);
      while (bytes > 0) {
        entries(folder, bytes);
        bytes = read(descriptor);
      }
    } finally {
      FileDescriptors.close(descriptor);
    }
  }

  private static int open(byte[] folder) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      byte[] name = Arrays.copyOf(folder, folder.length + 1);
      long address = arena.allocateFrom(ValueLayout.JAVA_BYTE, name).address();
      return (int) SystemCalls.call("openat", AT_FDCWD, address, NONBLOCK_CLOEXEC);
    }
  }

  private int read(int descriptor) throws SystemCallException {
    return (int) SystemCalls.call("getdents64", descriptor, buffer.address(), BUFFER);
  }

  private void entries(byte[] folder, int bytes) {
    for (int at = 0; at < bytes; ) {
      int length = Short.toUnsignedInt(buffer.get(ValueLayout.JAVA_SHORT, at + LENGTH_AT));
      byte type = buffer.get(ValueLayout.JAVA_BYTE, at + TYPE_AT);
      switch (type) {
        case FIFO, CHARACTER_DEVICE, BLOCK_DEVICE, SOCKET ->
            found.add(path(below(folder, at, length)));
        case FOLDER -> {
          if (!isDots(at)) {
            folders.add(below(folder, at, length));
          }
        }
        case UNKNOWN -> look(below(folder, at, length), isDots(at));
        default -> {
          // a regular file or a link
        }
      }
      at += length;
    }
  }

  /// Reads the attributes of an entry. Some file systems do not store types in directory entries.
  private void look(byte[] entry, boolean dots) {
    Path path = path(entry);
    if (dots
        || Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
        || Files.isSymbolicLink(path)) {
      return;
    }
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      folders.add(entry);
    } else {
      found.add(path);
    }
  }

  /// Returns whether the name of an entry is `.` or `..`.
  private boolean isDots(int at) {
    int first = at + NAME_AT;
    if (byteAt(first) != '.') {
      return false;
    }
    return byteAt(first + 1) == 0 || (byteAt(first + 1) == '.' && byteAt(first + 2) == 0);
  }

  private byte byteAt(int position) {
    return buffer.get(ValueLayout.JAVA_BYTE, position);
  }

  private byte[] below(byte[] folder, int at, int length) {
    int end = at + NAME_AT;
    while (end < at + length && byteAt(end) != 0) {
      end++;
    }
    int name = end - at - NAME_AT;
    byte[] path = Arrays.copyOf(folder, folder.length + 1 + name);
    path[folder.length] = '/';
    MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, at + NAME_AT, path, folder.length + 1, name);
    return path;
  }

  private static Path path(byte[] bytes) {
    return Path.of(new String(bytes, StandardCharsets.UTF_8));
  }
}
