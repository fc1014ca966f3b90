package lazaret.vetting.detonation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.vetting.detonation.BehaviorReport.Place;
import lazaret.vetting.inspect.CapabilityTable;
import lazaret.vetting.inspect.CapabilityTable.Location;
import lazaret.vetting.inspect.ExecutionContext;
import lazaret.vetting.inspect.SourceTextSearch;
import lazaret.vetting.inspect.source.Capability;

/// The lines of one artifact that can cause recorded events. Not thread-safe.
final class TracePlaces {
  private static final Set<ExecutionContext> BUILDING =
      EnumSet.of(ExecutionContext.BUILD, ExecutionContext.MACRO);
  private static final Set<ExecutionContext> COMPILED =
      EnumSet.of(ExecutionContext.BUILD, ExecutionContext.MACRO, ExecutionContext.RUNTIME);

  private final CapabilityTable locations;
  private final Map<String, List<SourceTextSearch.Line>> named;
  private final Map<String, Capability> capabilities = new HashMap<>();

  /// Few sets of capabilities occur in thousands of events.
  private final Map<Cause, List<Place>> found = new HashMap<>();

  /// The capabilities that can cause an event.
  ///
  /// @param capabilities the capabilities
  /// @param where the places in which the code runs
  private record Cause(Set<Capability> capabilities, Set<ExecutionContext> where) {}

  /// @param locations the places of the capabilities
  /// @param named the lines that name objects, by the text that they contain
  TracePlaces(CapabilityTable locations, Map<String, List<SourceTextSearch.Line>> named) {
    this.locations = locations;
    this.named = Map.copyOf(named);
    locations
        .entries()
        .forEach(
            entry ->
                entry
                    .locations()
                    .forEach(
                        at -> capabilities.putIfAbsent(key(at.path(), at.line()), entry.what())));
  }

  private static String key(String path, int line) {
    return path + ":" + line;
  }

  /// Returns the lines that name the object of an event. Lines that show a capability come first.
  List<Place> naming(TraceSubject subject) {
    List<Place> shown = new ArrayList<>();
    List<Place> others = new ArrayList<>();
    for (SourceTextSearch.Line line : named.getOrDefault(subject.text(), List.of())) {
      Capability what = capabilities.get(key(line.path(), line.line()));
      Place place = new Place(line.path(), line.line(), line.excerpt(), what, true);
      (what == null ? others : shown).add(place);
    }
    shown.addAll(others);
    return shown;
  }

  /// Returns the lines with a capability that can cause an event, once each. Code that does not run
  /// in a build is left out, except for what the compiler reads.
  List<Place> causing(TraceSubject subject) {
    Set<ExecutionContext> where = subject.byCompilation() ? COMPILED : BUILDING;
    return found.computeIfAbsent(new Cause(subject.capabilities(), where), this::causing);
  }

  private List<Place> causing(Cause cause) {
    Map<String, Place> places = new LinkedHashMap<>();
    for (CapabilityTable.Entry entry : locations.entries()) {
      if (cause.where().contains(entry.where()) && cause.capabilities().contains(entry.what())) {
        for (Location at : entry.locations()) {
          places.putIfAbsent(
              key(at.path(), at.line()),
              new Place(at.path(), at.line(), at.excerpt(), entry.what(), false));
        }
      }
    }
    return List.copyOf(places.values());
  }
}
