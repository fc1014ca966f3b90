package lazaret.sandbox.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import lazaret.sandbox.Violation.Origin;

/// Tells who opened a file, which inotify does not: who has it open a moment later, or else whose
/// code runs then.
final class Openers {
  private static final int MOST_CANDIDATES = 64;

  private final Witness witness;

  Openers(Witness witness) {
    this.witness = witness;
  }

  /// Returns who has the file open, or all whose code runs as candidates.
  ///
  /// @param fileKey of the file, as the JDK names it
  Origin of(Object fileKey) {
    List<Origin> running = new ArrayList<>();
    List<ProcessHandle> children = ProcessHandle.current().descendants().toList();
    for (ProcessHandle child : children) {
      int id = (int) child.pid();
      ProcessFolder process = ProcessFolder.of(id);
      if (witness.isInside(process)) {
        Origin origin = witness.origin(id);
        if (process.hasOpen(fileKey)) {
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
