package lazaret.vetting.detonation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.review.CapabilityService;
import lazaret.vetting.desk.review.CapabilityService.Reading;
import lazaret.vetting.desk.review.ReviewReport.NotReadable;
import lazaret.vetting.detonation.BehaviorReport.Group;
import lazaret.vetting.detonation.BehaviorReport.Kind;
import lazaret.vetting.detonation.Detonation.Trace;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.serving.UpstreamUnavailableException;
import lazaret.vetting.gate.serving.VersionLookup;
import lazaret.vetting.inspect.CapabilityTable;
import lazaret.vetting.inspect.SourceTextSearch;
import org.jspecify.annotations.Nullable;

/// The service that links the recorded behavior of a version to its sources. Thread-safe; blocks.
public final class BehaviorService {
  /// The limits of the method that hold for every build.
  private static final List<String> LIMITS =
      List.of(
          "Programs that run for a few milliseconds may be missed.",
          "Code that runs only after the build is not observed.",
          "Reads of files are recorded for inputs of a compilation and for decoys alone.",
          "Writes are recorded in OUT_DIR, and elsewhere if the sandbox denied them.",
          "The build has no network: code after a successful connection does not run.",
          "A crate is named only if the record has it; a process can forge that name.");

  private final GateContext parts;
  private final Gate gate;
  private final DetonationService detonations;
  private final CapabilityService capabilities;

  /// @param capabilities the service that reads the sources
  public BehaviorService(GateContext parts, Gate gate, CapabilityService capabilities) {
    this.parts = parts;
    this.gate = gate;
    this.detonations = new DetonationService(parts, gate);
    this.capabilities = capabilities;
  }

  /// Returns the recorded behavior of a version, or empty if the crate or version does not exist.
  ///
  /// @param base the version whose evidence is compared; null for the nearest lower approved
  ///   version that has evidence
  /// @throws UpstreamUnavailableException if the crate is not stored and upstream is unavailable
  /// @throws MalformedException if the base does not exist
  public Optional<BehaviorReport> report(
      CrateName name, CrateVersion version, @Nullable CrateVersion base) {
    return gate.finder().listed(name, version).map(found -> report(found, base));
  }

  private BehaviorReport report(VersionLookup.Found found, @Nullable CrateVersion asked) {
    var id = found.line().entry().id();
    DetonationService.Report evidence = detonations.report(found, asked).orElse(null);
    if (evidence == null) {
      return new BehaviorReport(id, null, List.of(), List.of(), LIMITS, null);
    }
    List<Event> events = events(evidence);
    TracePlaces places = new TracePlaces(CapabilityTable.NONE, Map.of());
    NotReadable unread = null;
    switch (capabilities.read(id)) {
      case Reading.Unread(NotReadable why) -> unread = why;
      case Reading.Read read -> places = new TracePlaces(read.locations(), named(read, events));
    }
    var lines = new TraceLines(places, id.name().published(), evidence.base(), unread != null);
    return new BehaviorReport(
        id,
        evidence,
        events.stream().map(event -> lines.line(event)).toList(),
        notSeen(events),
        limits(evidence.evidence()),
        unread);
  }

  /// An event with its comparison and object.
  ///
  /// @param group the comparison with the base
  /// @param trace the event as filed
  /// @param subject its object
  record Event(Group group, Trace trace, TraceSubject subject) {}

  private static List<Event> events(DetonationService.Report report) {
    Set<Trace> added = new HashSet<>(report.added());
    List<Event> events = new ArrayList<>();
    for (Trace trace : report.evidence().traces()) {
      Group group =
          report.base() == null
              ? Group.NOT_COMPARED
              : added.contains(trace) ? Group.NEW : Group.AS_BEFORE;
      events.add(new Event(group, trace, TraceSubject.of(trace)));
    }
    for (Trace trace : report.gone()) {
      events.add(new Event(Group.GONE, trace, TraceSubject.of(trace)));
    }
    events.sort(
        Comparator.comparing(Event::group)
            .thenComparing((Event event) -> event.subject().kind())
            .thenComparing(Event::trace));
    return events;
  }

  private Map<String, List<SourceTextSearch.Line>> named(Reading.Read read, List<Event> events) {
    List<String> texts =
        events.stream()
            .filter(event -> event.group() != Group.GONE)
            .map(event -> event.subject().text())
            .toList();
    return SourceTextSearch.find(read.archive(), parts.options().inspectLimits(), texts);
  }

  private static List<Kind> notSeen(List<Event> events) {
    Set<Kind> absent = EnumSet.allOf(Kind.class);
    absent.remove(Kind.OTHER);
    events.forEach(event -> absent.remove(event.subject().kind()));
    return List.copyOf(absent);
  }

  private static List<String> limits(Detonation evidence) {
    Stream<String> early =
        evidence.ending().equals("built")
            ? Stream.of()
            : Stream.of(
                "The build did not end well (%s): code after that did not run."
                    .formatted(evidence.ending()));
    Stream<String> cut =
        evidence.traces().size() < Detonation.MAX_TRACES
            ? Stream.of()
            : Stream.of(
                "The record has the maximum of %d events; further ones are missing."
                    .formatted(Detonation.MAX_TRACES));
    return Stream.of(early, cut, LIMITS.stream()).flatMap(all -> all).toList();
  }
}
