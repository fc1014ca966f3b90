package lazaret.sandbox.watch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The folder of one process or thread under `/proc`, read with limits. Data that cannot be read is
/// empty, for example of an ended process.
///
/// Source: proc(5).
final class ProcFolder {
  private static final int MOST_STATUS = 1 << 14;
  private static final int MOST_ENVIRONMENT = 1 << 18;
  private static final int MOST_MAPS = 1 << 21;
  private static final int MOST_NAME = 256;
  private static final int MOST_LIBRARIES = 256;

  /// A library made by cargo: the name of the crate with underscores, and the hash of cargo.
  private static final Pattern LIBRARY =
      Pattern.compile(" (/.*/lib(\\w{1,64})-[0-9a-f]{16}\\.so)$");

  /// The last of the numbers of a process in nested namespaces.
  private static final Pattern NUMBERS = Pattern.compile("(?m)^NSpid:.*\\t(\\d{1,9})$");

  private final Path folder;

  private ProcFolder(Path folder) {
    this.folder = folder;
  }

  static ProcFolder of(long id) {
    return new ProcFolder(Path.of("/proc", Long.toString(id)));
  }

  /// Returns the folder of the calling thread.
  static ProcFolder ofThisThread() {
    return new ProcFolder(Path.of("/proc/thread-self"));
  }

  /// Returns the number of seccomp filters. It never decreases, and children inherit it.
  OptionalInt filters() {
    return status("Seccomp_filters");
  }

  OptionalInt parent() {
    return status("PPid");
  }

  /// Returns the name of the PID namespace.
  Optional<String> processes() {
    try {
      return Optional.of(Files.readSymbolicLink(folder.resolve("ns/pid")).toString());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// Returns the number of the process in its own PID namespace, or 0 if it has ended.
  int numberInside() {
    Matcher numbers = NUMBERS.matcher(read("status", MOST_STATUS));
    return numbers.find() ? Integer.parseInt(numbers.group(1)) : 0;
  }

  private OptionalInt status(String name) {
    String text = read("status", MOST_STATUS);
    String start = "\n" + name + ":\t";
    int at = text.indexOf(start);
    if (at < 0) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(
        Integer.parseInt(text, at + start.length(), text.indexOf('\n', at + 1), 10));
  }

  /// Returns the path of the executable, as seen in the sandbox.
  Optional<String> program() {
    try {
      String path = Files.readSymbolicLink(folder.resolve("exe")).toString();
      return Optional.of(path.substring(0, Math.min(path.length(), MOST_NAME)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// Returns the environment at the start of the process, each entry as `NAME=value`.
  String[] environment() {
    return read("environ", MOST_ENVIRONMENT).split("\0", -1);
  }

  /// Returns the names of the loaded libraries of crates; in rustc, these are procedural macros.
  ///
  /// @param except the folder of the libraries of the toolchain
  Set<String> crateLibraries(String except) {
    Set<String> names = new TreeSet<>();
    for (String line : read("maps", MOST_MAPS).split("\n", -1)) {
      Matcher library = LIBRARY.matcher(line);
      if (names.size() < MOST_LIBRARIES && library.find() && !library.group(1).startsWith(except)) {
        names.add(library.group(2));
      }
    }
    return names;
  }

  /// Returns whether the process has a file open.
  boolean hasOpen(Object fileKey) {
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(folder.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        if (fileKey.equals(fileKey(descriptor))) {
          return true;
        }
      }
    } catch (IOException | DirectoryIteratorException _) {
      // The process has ended meanwhile.
    }
    return false;
  }

  private static @Nullable Object fileKey(Path descriptor) {
    try {
      return Files.readAttributes(descriptor, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }

  /// Returns bytes of the memory of the process, as many as are readable.
  byte[] memory(long address, int length) {
    try (FileChannel memory = FileChannel.open(folder.resolve("mem"))) {
      ByteBuffer bytes = ByteBuffer.allocate(length);
      // A read ends early at the last page of a mapping.
      while (bytes.hasRemaining() && memory.read(bytes, address + bytes.position()) > 0) {}
      return Arrays.copyOf(bytes.array(), bytes.position());
    } catch (IOException | IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private String read(String name, int most) {
    try (InputStream in = Files.newInputStream(folder.resolve(name))) {
      return new String(in.readNBytes(most), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
