package lazaret.sandbox.limits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.sandbox.SandboxLimits;

/// The control groups of one run, which limit the memory and the number of all its processes
/// together. Only root and users with delegated groups (by systemd) can create them.
///
/// Source: Linux cgroup-v2.rst; cgroup-v1/memory.rst and pids.rst.
public final class ControlGroup implements AutoCloseable {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final Pattern KILLS = Pattern.compile("(?m)^oom_kill (\\d{1,9})$");
  private static final Pattern REFUSALS = Pattern.compile("(?m)^max (\\d{1,9})$");
  private static final int REMOVALS = 60;
  private static final long FIRST_PAUSE = 50_000;
  private static final long LONGEST_PAUSE = 10_000_000;

  private final List<Path> folders = new ArrayList<>();
  private final Path memory;
  private final Path processes;

  private ControlGroup(Path memory, Path processes) {
    this.memory = memory;
    this.processes = processes;
    folders.add(memory);
    if (!processes.equals(memory)) {
      folders.add(processes);
    }
  }

  /// Creates the groups of a run, or returns empty if this user cannot.
  ///
  /// @param name the name of the groups, which must be unique
  /// @param limits the limits
  public static Optional<ControlGroup> make(String name, SandboxLimits limits) {
    try {
      String own = Files.readString(Path.of("/proc/self/cgroup"));
      // The processes of bubblewrap count here too, so this limit is reached before that of each
      // process. Only the groups report that it was reached.
      String processes = Integer.toString(limits.processes());
      String memory = Long.toString(limits.memoryBytes());
      return Files.exists(ROOT.resolve("cgroup.controllers"))
          ? unified(own, name, memory, processes)
          : separate(own, name, memory, processes);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static Optional<ControlGroup> unified(
      String own, String name, String memory, String processes) throws IOException {
    Path parent = ROOT.resolve(path(own, "0::/")).normalize().getParent();
    if (parent == null || !parent.startsWith(ROOT)) {
      return Optional.empty();
    }
    List<String> controlled =
        List.of(Files.readString(parent.resolve("cgroup.subtree_control")).strip().split(" "));
    if (!controlled.containsAll(List.of("memory", "pids"))) {
      return Optional.empty();
    }
    Path group = parent.resolve(name);
    ControlGroup made = new ControlGroup(group, group);
    return made.filled(
        new Limit(group.resolve("memory.max"), memory),
        new Limit(group.resolve("memory.swap.max"), "0"),
        new Limit(group.resolve("pids.max"), processes));
  }

  private static Optional<ControlGroup> separate(
      String own, String name, String memory, String processes) throws IOException {
    Path forMemory = ROOT.resolve("memory").resolve(path(own, ":memory:/")).resolve(name);
    Path forProcesses = ROOT.resolve("pids").resolve(path(own, ":pids:/")).resolve(name);
    ControlGroup made = new ControlGroup(forMemory, forProcesses);
    return made.filled(
        new Limit(forMemory.resolve("memory.limit_in_bytes"), memory),
        new Limit(forMemory.resolve("memory.memsw.limit_in_bytes"), memory),
        new Limit(forProcesses.resolve("pids.max"), processes));
  }

  /// Returns the path of the group of this process in its hierarchy.
  private static String path(String own, String mark) {
    return own.lines()
        .filter(line -> line.contains(mark))
        .map(line -> line.substring(line.indexOf(mark) + mark.length()))
        .findFirst()
        .orElse("nowhere");
  }

  private record Limit(Path file, String value) {}

  private Optional<ControlGroup> filled(Limit... limits) {
    try {
      for (Path folder : folders) {
        Files.createDirectory(folder);
      }
      for (Limit limit : limits) {
        // The file is missing if the kernel does not account for swap.
        if (Files.exists(limit.file())) {
          Files.writeString(limit.file(), limit.value());
        }
      }
      return Optional.of(this);
    } catch (IOException _) {
      close();
      return Optional.empty();
    }
  }

  /// Moves the calling thread and the processes that it starts later into the groups, if the kernel
  /// supports single threads (version 1). A thread moves itself at once; for a process the kernel
  /// waits for all processors, ten milliseconds or more.
  public void enter() throws IOException {
    for (Path folder : folders) {
      Path threads = folder.resolve("tasks");
      if (Files.exists(threads)) {
        Files.writeString(threads, "0", StandardOpenOption.WRITE);
      }
    }
  }

  /// Returns the files to which the first process must write its number; empty if [#enter] moves
  /// it.
  public List<String> entryPoints() {
    return folders.stream()
        .filter(folder -> !Files.exists(folder.resolve("tasks")))
        .map(folder -> folder.resolve("cgroup.procs").toString())
        .toList();
  }

  /// Returns the number of processes that were killed for exceeding the memory limit.
  public int killed() {
    int unified = count(memory.resolve("memory.events"), KILLS);
    return unified > 0 ? unified : count(memory.resolve("memory.oom_control"), KILLS);
  }

  /// Returns the number of processes and threads that were refused for exceeding their limit.
  public int refused() {
    return count(processes.resolve("pids.events"), REFUSALS);
  }

  /// Returns a counter of a file, or 0 if the file is missing. Each version of control groups has
  /// one of the two files.
  private static int count(Path file, Pattern line) {
    try {
      Matcher found = line.matcher(Files.readString(file));
      return found.find() ? Integer.parseInt(found.group(1)) : 0;
    } catch (IOException _) {
      return 0;
    }
  }

  /// Removes the groups. They must be empty, so the removal is repeated for a short time.
  @Override
  public void close() {
    for (Path folder : folders) {
      long pause = FIRST_PAUSE;
      for (int i = 0; i < REMOVALS && !removed(folder); i++) {
        LockSupport.parkNanos(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE);
      }
    }
  }

  private static boolean removed(Path folder) {
    try {
      Files.deleteIfExists(folder);
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
