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

/// A builder of the arguments of bubblewrap, in order: a later mount covers an earlier one. Not
/// thread-safe.
///
/// Source: bwrap(1) of 0.12.
final class BwrapArguments {
  /// The system folders that programs need: compilers, their headers and libraries, and the data of
  /// programs that build scripts run. `/usr/local` and `/usr/src` are left out.
  private static final List<String> SYSTEM =
      List.of(
          "/usr/bin",
          "/usr/sbin",
          "/usr/lib",
          "/usr/lib32",
          "/usr/lib64",
          "/usr/libexec",
          "/usr/include",
          // Debian's linker `cc` is a link into this folder.
          "/etc/alternatives",
          "/etc/ld.so.cache");

  /// The prefixes of needed entries of `/usr/share`.
  private static final List<String> SHARED =
      List.of("aclocal", "autoconf", "automake", "bison", "cmake", "libtool", "perl", "pkgconfig");

  /// The entries of `/proc` that compilers, build tools and the C library read.
  private static final Set<String> VISIBLE =
      Set.of("cpuinfo", "filesystems", "loadavg", "meminfo", "stat", "sys", "uptime", "version");

  private static final List<String> MERGED = List.of("bin", "lib", "lib32", "lib64", "sbin");
  private static final long SHARED_MEMORY = 64L << 20;

  private final List<String> all = new ArrayList<>();

  /// Appends an argument and its values.
  BwrapArguments add(String... words) {
    Collections.addAll(all, words);
    return this;
  }

  /// Adds the isolation of every command: its own namespaces, no privileges, no terminal, and death
  /// with its parent.
  BwrapArguments isolate() {
    return add("--unshare-all", "--unshare-user", "--disable-userns", "--assert-userns-disabled")
        .add("--uid", "1000", "--gid", "1000", "--hostname", "sandbox")
        .add("--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv");
  }

  /// Adds the programs and libraries of the machine.
  BwrapArguments system() {
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

  /// Adds a new, read-only `/proc` with processes and the kernel data that compilers read.
  /// Read-only prevents writes to the memory of other processes. `/proc/sys` has a copy of one
  /// setting only.
  ///
  /// @param empty the path of an empty file
  /// @param overcommit the path of a file with the value of the setting of that name
  BwrapArguments processes(String empty, String overcommit) {
    add("--proc", "/proc", "--tmpfs", "/proc/sys");
    readOnly(overcommit, "/proc/sys/vm/overcommit_memory").add("--remount-ro", "/proc/sys");
    for (Path path : kernelData()) {
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        hide(path.toString());
      } else {
        readOnly(empty, path.toString());
      }
    }
    // Process 1 is bubblewrap itself, running as the same user. Its memory contains paths of the
    // machine; process_vm_readv is refused for the same reason.
    return readOnly(empty, "/proc/1/mem").add("--remount-ro", "/proc");
  }

  /// Returns the entries of `/proc` that are hidden. Processes, links and visible entries are not.
  private static List<Path> kernelData() {
    try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
      return entries.filter(BwrapArguments::isHidden).sorted().toList();
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

  /// Adds a minimal `/dev` and the writable temporary file systems.
  BwrapArguments devices(long temporaryBytes) {
    return add("--dev", "/dev", "--remount-ro", "/dev")
        .add("--size", Long.toString(SHARED_MEMORY), "--tmpfs", "/dev/shm")
        .add("--size", Long.toString(temporaryBytes), "--tmpfs", SandboxPaths.TEMPORARY);
  }

  /// Adds a folder or file of the machine read-only.
  BwrapArguments readOnly(String outside, String inside) {
    return add("--ro-bind", outside, inside);
  }

  /// Adds a writable folder of the machine.
  BwrapArguments writable(String outside, String inside) {
    return add("--bind", outside, inside);
  }

  /// Covers a folder with an empty one.
  BwrapArguments hide(String inside) {
    return add("--tmpfs", inside, "--remount-ro", inside);
  }

  /// Sets the environment variables, sorted by name.
  BwrapArguments environment(Map<String, String> variables) {
    variables.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(v -> add("--setenv", v.getKey(), v.getValue()));
    return this;
  }

  /// Returns the arguments in the format of `--args FD`.
  byte[] bytes() {
    StringBuilder text = new StringBuilder();
    all.forEach(word -> text.append(word).append('\0'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
