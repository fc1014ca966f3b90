package lazaret.vetting.detonation;

import java.util.List;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.detonation.BehaviorReport.Group;
import lazaret.vetting.detonation.BehaviorReport.Kind;
import lazaret.vetting.detonation.BehaviorReport.Line;
import lazaret.vetting.detonation.BehaviorReport.Place;
import org.jspecify.annotations.Nullable;

/// The lines of a report on recorded behavior, each with its places or a statement.
///
/// @param places the lines of the sources that can cause events
/// @param own the name of the crate that was built
/// @param base the version for comparison; null if there is none
/// @param unread whether the sources are not readable
record TraceLines(TracePlaces places, String own, @Nullable CrateVersion base, boolean unread) {
  /// The maximum number of places of one event.
  static final int MAX_PLACES = 5;

  /// The folder of the toolchain in the sandbox, which a build cannot write.
  private static final String TOOLCHAIN = "/opt/rust/";

  /// Returns the line of an event.
  Line line(BehaviorService.Event event) {
    TraceSubject subject = event.subject();
    String starter = starter(subject);
    boolean explained = starter != null && subject.kind() == Kind.PROCESS;
    List<Place> all = event.group() == Group.GONE ? List.of() : all(subject, explained);
    return new Line(
        event.group(),
        subject.kind(),
        event.trace(),
        subject.what(),
        subject.crate(),
        all.stream().limit(MAX_PLACES).toList(),
        Math.max(0, all.size() - MAX_PLACES),
        event.group() == Group.GONE
            ? "Only the build of %s shows it.".formatted(base)
            : statement(subject, starter, all));
  }

  /// Returns the places of an event. A line that names its object explains it better than any line
  /// with the capability.
  private List<Place> all(TraceSubject subject, boolean explained) {
    List<Place> naming = places.naming(subject);
    return naming.isEmpty() && !explained ? places.causing(subject) : naming;
  }

  private @Nullable String statement(
      TraceSubject subject, @Nullable String starter, List<Place> all) {
    if (starter != null || !all.isEmpty()) {
      return starter;
    }
    if (unread) {
      return "The sources cannot be read.";
    }
    return subject.capabilities().isEmpty()
        ? "Inspection has no capability for it, and no place in this crate names it."
        : "No place in this crate shows it.";
  }

  /// Returns the origin of an event other than a place in the sources; null if none is known.
  private @Nullable String starter(TraceSubject subject) {
    String crate = subject.crate();
    if (crate != null && subject.kind() == Kind.PROCESS) {
      return crate.equals(own)
          ? "It is the build script of this crate."
          : "No place in this crate shows it: it is the build script of %s.".formatted(crate);
    }
    if (crate != null) {
      return "The record names %s as its origin.".formatted(crate);
    }
    return subject.kind() == Kind.PROCESS && subject.what().startsWith(TOOLCHAIN)
        ? "It is a program of the Rust toolchain, which each build starts."
        : null;
  }
}
