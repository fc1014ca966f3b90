package lazaret.sandbox.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import lazaret.sandbox.Violation.Origin;

/// Tells who opens a watched file: who is kept waiting for it; or else, a moment later, who has it
/// open, or whose code runs then.
final class Openers {
  private static final int MOST_CANDIDATES = 64;
  private static final int MOST_TRIES = 50;

  private final Witness witness;

  Openers(Witness witness) {
    this.witness = witness;
  }

  /// Returns who waits to open a file that this process has leased, in the order in which they
  /// came; none where the kernel does not tell.
  ///
  /// @param inode the file's number
  List<Origin> waiting(long inode) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      List<Integer> processes = LeaseBreakers.of(inode);
      if (!processes.isEmpty()) {
        return processes.stream().map(witness::origin).toList();
      }
      // The kernel tells of an opener before it notes who it is.
      Thread.onSpinWait();
    }
    return List.of();
  }

  /// Returns who has the file open, or all whose code runs as candidates.
  ///
  /// @param fileKey of the file, as the JDK names it
  Origin of(Object fileKey) {
    return of(process -> process.hasOpen(fileKey));
  }

  /// Returns all whose code runs as candidates.
  Origin running() {
    return of(_ -> false);
  }

  private Origin of(Predicate<ProcessFolder> did) {
    List<Origin> running = new ArrayList<>();
    List<ProcessHandle> children = ProcessHandle.current().descendants().toList();
    for (ProcessHandle child : children) {
      int id = (int) child.pid();
      ProcessFolder process = ProcessFolder.of(id);
      if (witness.isInside(process)) {
        Origin origin = witness.origin(id);
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
      boolean compiler = origin.program().filter(Witness::isRustc).isPresent();
      origin
          .crate()
          // A compiler that has loaded no macro runs nobody's code.
          .filter(crate -> !compiler)
          .map(crate -> crate + origin.version().map(v -> " " + v).orElse(""))
          .ifPresent(names::add);
      names.addAll(origin.candidates());
    }
    return names.stream().limit(MOST_CANDIDATES).toList();
  }
}
