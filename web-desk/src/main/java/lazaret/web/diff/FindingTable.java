package lazaret.web.diff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.behavior.CapabilitiesReply;
import lazaret.vetting.deskapi.behavior.CapabilityCountInfo;
import lazaret.vetting.deskapi.behavior.CapabilityPlaceInfo;
import lazaret.vetting.deskapi.crates.CapabilityInfo;
import lazaret.vetting.deskapi.crates.FindingsInfo;
import lazaret.vetting.deskapi.crates.SignalInfo;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.deskapi.reasons.ReasonText;
import org.jspecify.annotations.Nullable;

/// The findings of a version by file and line: signals, and places of capabilities. Immutable.
public final class FindingTable {
  /// The table of rows whose findings are not shown.
  public static final FindingTable NONE = new FindingTable(Map.of());

  private static final int MAX_OF_LINE = 4;

  private final Map<Place, List<Found>> places;

  private FindingTable(Map<Place, List<Found>> places) {
    this.places = Map.copyOf(places);
  }

  private record Place(String path, long line) {}

  private record Found(String kind, String text, String code) {}

  /// Returns the findings that a reviewer of a difference needs: signals that call for a person,
  /// and places of capabilities that the base lacks.
  ///
  /// @param capabilities the capabilities; null if they are not known
  public static FindingTable ofChange(
      VersionReply version, @Nullable CapabilitiesReply capabilities) {
    return of(version, capabilities, false);
  }

  /// Returns all findings of a version, for a page of a whole file.
  ///
  /// @param capabilities the capabilities; null if they are not known
  public static FindingTable ofVersion(
      VersionReply version, @Nullable CapabilitiesReply capabilities) {
    return of(version, capabilities, true);
  }

  private static FindingTable of(
      VersionReply version, @Nullable CapabilitiesReply capabilities, boolean all) {
    Map<Place, List<Found>> places = new HashMap<>();
    FindingsInfo findings = version.findings();
    if (findings != null) {
      for (SignalInfo signal : findings.signals()) {
        String path = signal.path();
        if (path != null && (all || signal.weight() != SignalInfo.Weight.NOTE)) {
          Found found = new Found("Signal", ReasonText.signal(signal.code()), signal.code());
          add(places, new Place(path, signal.line()), found);
        }
      }
    }
    if (capabilities != null) {
      for (CapabilityCountInfo capability : capabilities.capabilities()) {
        addPlaces(places, capability, capabilities.base(), all);
      }
    }
    return new FindingTable(places);
  }

  private static void addPlaces(
      Map<Place, List<Found>> places,
      CapabilityCountInfo capability,
      @Nullable CrateVersion base,
      boolean all) {
    String kind = "Capability, " + where(capability.where());
    for (CapabilityPlaceInfo place : capability.places()) {
      if (all || place.added()) {
        String since =
            place.added() && base != null ? "; %s has no such line".formatted(base.text()) : "";
        add(
            places,
            new Place(place.path(), place.line()),
            new Found(kind, lower(capability.title()) + since, capability.what()));
      }
    }
  }

  private static void add(Map<Place, List<Found>> places, Place place, Found found) {
    List<Found> here = places.computeIfAbsent(place, _ -> new ArrayList<>());
    if (here.size() < MAX_OF_LINE && !here.contains(found)) {
      here.add(found);
    }
  }

  /// Returns the words of a place in which code runs, inside a sentence.
  public static String where(CapabilityInfo.Place place) {
    return switch (place) {
      case BUILD -> "build script";
      case MACRO -> "macro";
      case RUNTIME -> "runtime";
      case TEST -> "tests";
    };
  }

  private static String lower(String title) {
    return title.isEmpty()
        ? title
        : title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1);
  }

  /// Returns the rows in front of a line.
  ///
  /// @param line the line of the reviewed version, from 1
  public List<RowView.Finding> rows(ReviewFile file, long line) {
    return rows(file.info().path(), line, file.id() + "-");
  }

  /// Returns the rows in front of a line.
  ///
  /// @param line from 1
  /// @param prefix the part of the id before the line
  public List<RowView.Finding> rows(String path, long line, String prefix) {
    List<Found> found = places.getOrDefault(new Place(path, line), List.of());
    List<RowView.Finding> rows = new ArrayList<>();
    for (Found each : found) {
      String id = "%s%d-f%d".formatted(prefix, line, rows.size() + 1);
      rows.add(new RowView.Finding(id, each.kind(), each.text(), each.code()));
    }
    return rows;
  }
}
