package lazaret.sandbox.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import lazaret.sandbox.Violation.Origin;

/// The determination of the processes that open a watched file. They are the processes that wait
/// for it, or else those that have it open a moment later, or else all whose code runs then.
final class FileOpeners {
  private static final int MOST_CANDIDATES = 64;

  /// The time for which the list of the kernel is read again, in nanoseconds. It is far above the
  /// time that the kernel needs, because a busy host may stop one processor of a virtual machine.
  static final long LISTED_WITHIN = 20_000_000L;

  private static final long PAUSE = 50_000L;

  private final CrateAttribution attribution;

  FileOpeners(CrateAttribution attribution) {
    this.attribution = attribution;
  }

  /// Returns the origins of the processes that wait to open a file leased by this process, in the
  /// order of their arrival. The list is empty if the kernel does not report them.
  ///
  /// @param inode the inode number of the file
  /// @param until the value of [System#nanoTime] until which an empty list is read again
  List<Origin> waiting(long inode, long until) {
    List<Integer> processes = LeaseBreakers.of(inode);
    // The kernel reports an opener before it lists its process.
    while (processes.isEmpty() && System.nanoTime() - until < 0) {
      LockSupport.parkNanos(PAUSE);
      processes = LeaseBreakers.of(inode);
    }
    return processes.stream().map(attribution::origin).toList();
  }

  /// Returns the origin of a process that has the file open, or all running crates as candidates.
  ///
  /// @param fileKey the key of the file as defined by the JDK
  Origin of(Object fileKey) {
    return of(process -> process.hasOpen(fileKey));
  }

  /// Returns all running crates as candidates.
  Origin running() {
    return of(_ -> false);
  }

  private Origin of(Predicate<ProcFolder> did) {
    List<Origin> running = new ArrayList<>();
    List<ProcessHandle> children = ProcessHandle.current().descendants().toList();
    for (ProcessHandle child : children) {
      int id = (int) child.pid();
      ProcFolder process = ProcFolder.of(id);
      if (attribution.isInside(process)) {
        Origin origin = attribution.origin(id);
        if (did.test(process)) {
          return origin;
        }
        running.add(origin);
      }
    }
    return new Origin(Optional.empty(), Optional.empty(), Optional.empty(), candidates(running));
  }

  private static List<String> candidates(List<Origin> running) {
    Set<String> names = new TreeSet<>();
    for (Origin origin : running) {
      boolean compiler = origin.program().filter(CrateAttribution::isRustc).isPresent();
      origin
          .crate()
          // A compiler that has loaded no macro runs no crate code.
          .filter(crate -> !compiler)
          .map(crate -> crate + origin.version().map(v -> " " + v).orElse(""))
          .ifPresent(names::add);
      names.addAll(origin.candidates());
    }
    return names.stream().limit(MOST_CANDIDATES).toList();
  }
}
