package lazaret.sandbox.bubblewrap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The arguments of bubblewrap, in order: a later mount covers an earlier one. Not thread-safe.
///
/// Source: bwrap(1) of 0.12.
final class Arguments {
  /// What programs of the system need: compilers, their headers and libraries, and the data of
  /// those that build scripts run. Not `/usr/local` and `/usr/src`.
  private static final List<String> SYSTEM =
      List.of(
          "/usr/bin",
          "/usr/sbin",
          "/usr/lib",
          "/usr/lib32",
          "/usr/lib64",
          "/usr/libexec",
          "/usr/include",
          // Without it there is no linker `cc` on Debian.
          "/etc/alternatives",
          "/etc/ld.so.cache");

  /// The same of `/usr/share`, by the beginnings of names.
  private static final List<String> SHARED =
      List.of("aclocal", "autoconf", "automake", "bison", "cmake", "libtool", "perl", "pkgconfig");

  /// The entries of `/proc` that compilers, build tools and the C library ask for.
  private static final Set<String> VISIBLE =
      Set.of("cpuinfo", "filesystems", "loadavg", "meminfo", "stat", "sys", "uptime", "version");

  private static final List<String> MERGED = List.of("bin", "lib", "lib32", "lib64", "sbin");
  private static final long SHARED_MEMORY = 64L << 20;

  private final List<String> all = new ArrayList<>();

  /// Appends an argument and its values.
  Arguments add(String... words) {
    Collections.addAll(all, words);
    return this;
  }

  /// What holds for every command: namespaces of its own, no privileges, no terminal, dead with its
  /// parent.
  Arguments isolate() {
    return add("--unshare-all", "--unshare-user", "--disable-userns", "--assert-userns-disabled")
        .add("--uid", "1000", "--gid", "1000", "--hostname", "sandbox")
        .add("--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv");
  }

  /// The programs and libraries of the machine.
  Arguments system() {
    SYSTEM.stream().filter(path -> Files.exists(Path.of(path))).forEach(p -> readOnly(p, p));
    shared().forEach(path -> readOnly(path, path));
    for (String name : MERGED) {
      Path path = Path.of("/", name);
      if (Files.isSymbolicLink(path)) {
        add("--symlink", linkTarget(path), path.toString());
      } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        readOnly(path.toString(), path.toString());
      }
    }
    return this;
  }

  private static List<String> shared() {
    Path folder = Path.of("/usr/share");
    try (Stream<Path> paths = Files.list(folder)) {
      return paths
          .filter(p -> SHARED.stream().anyMatch(s -> p.getFileName().toString().startsWith(s)))
          .map(Path::toString)
          .sorted()
          .toList();
    } catch (IOException _) {
      return List.of();
    }
  }

  private static String linkTarget(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the link " + link, e);
    }
  }

  /// A new `/proc`: processes, and of the kernel's data what compilers ask for. It is read-only, so
  /// that no process writes to the memory of another one. Of `/proc/sys` there is a copy of one
  /// setting.
  ///
  /// @param empty an empty file
  /// @param overcommit the contents of the setting of that name
  Arguments processes(String empty, String overcommit) {
    add("--proc", "/proc", "--tmpfs", "/proc/sys");
    readOnly(overcommit, "/proc/sys/vm/overcommit_memory").add("--remount-ro", "/proc/sys");
    for (Path path : kernelData()) {
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        hide(path.toString());
      } else {
        readOnly(empty, path.toString());
      }
    }
    // Process 1 is bubblewrap itself, of the same user: its memory has paths of the machine, and
    // process_vm_readv is refused for the same reason.
    return readOnly(empty, "/proc/1/mem").add("--remount-ro", "/proc");
  }

  /// Returns the entries of `/proc` that are not processes and not in the list of what stays.
  private static List<Path> kernelData() {
    try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
      return entries.filter(Arguments::isHidden).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list /proc", e);
    }
  }

  private static boolean isHidden(Path entry) {
    String name = entry.getFileName().toString();
    return !Character.isDigit(name.charAt(0))
        && !VISIBLE.contains(name)
        && !Files.isSymbolicLink(entry);
  }

  /// A minimal `/dev`, and what may be written beside the target folder.
  Arguments devices(long temporaryBytes) {
    return add("--dev", "/dev", "--remount-ro", "/dev")
        .add("--size", Long.toString(SHARED_MEMORY), "--tmpfs", "/dev/shm")
        .add("--size", Long.toString(temporaryBytes), "--tmpfs", Inside.TEMPORARY);
  }

  /// A folder or file of the machine, for reading.
  Arguments readOnly(String outside, String inside) {
    return add("--ro-bind", outside, inside);
  }

  /// A folder of the machine, for writing.
  Arguments writable(String outside, String inside) {
    return add("--bind", outside, inside);
  }

  /// An empty folder in the place of one that must not be seen.
  Arguments hide(String inside) {
    return add("--tmpfs", inside, "--remount-ro", inside);
  }

  /// The environment, in the order of names.
  Arguments environment(Map<String, String> variables) {
    variables.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(v -> add("--setenv", v.getKey(), v.getValue()));
    return this;
  }

  /// Returns the arguments as `--args FD` reads them.
  byte[] bytes() {
    StringBuilder text = new StringBuilder();
    all.forEach(word -> text.append(word).append('\0'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
