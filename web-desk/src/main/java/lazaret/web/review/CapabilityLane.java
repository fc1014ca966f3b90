package lazaret.web.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.behavior.CapabilitiesReply;
import lazaret.vetting.deskapi.behavior.CapabilityCountInfo;
import lazaret.vetting.deskapi.behavior.CapabilityCountInfo.Change;
import lazaret.vetting.deskapi.behavior.CapabilityNameInfo;
import lazaret.vetting.deskapi.behavior.CapabilityPlaceInfo;
import lazaret.vetting.deskapi.crates.CapabilityInfo;
import lazaret.web.diff.FindingTable;
import lazaret.web.page.PageTime;
import org.jspecify.annotations.Nullable;

/// The lane of capabilities: what changed first, by the place in which code runs.
///
/// @param links the addresses of lines
/// @param time the form of numbers
record CapabilityLane(LineLinks links, PageTime time) {
  private static final int MAX_SPOTS = 8;
  private static final int MAX_EXCERPT = 80;
  private static final Pattern VARIABLE = Pattern.compile("\"([A-Za-z0-9_]{1,60})\"");

  /// The kinds come with the most dangerous first.
  private static final int MAX_ABSENT = 12;

  /// Returns the content of the lane.
  ///
  /// @param reply the capabilities; null if they cannot be compared
  LaneView of(@Nullable CapabilitiesReply reply) {
    if (reply == null) {
      return LaneView.without("not known", List.of("The capabilities cannot be compared now."));
    }
    if (reply.notReadable() != null) {
      return LaneView.without("not known", List.of(reply.notReadable().detail()));
    }
    List<FacetView.Section> sections = new ArrayList<>();
    for (CapabilityInfo.Place place : CapabilityInfo.Place.values()) {
      List<FacetView> facets =
          reply.capabilities().stream()
              .filter(each -> each.where() == place)
              .map(this::facet)
              .toList();
      if (!facets.isEmpty()) {
        sections.add(new FacetView.Section(capital(FindingTable.where(place)), facets));
      }
    }
    long changed = reply.capabilities().stream().filter(CapabilityLane::isChanged).count();
    CrateVersion base = reply.base();
    String count =
        base == null
            ? time.plural(reply.capabilities().size(), "kind")
            : changed == 0 ? "no change" : time.number(changed) + " changed";
    return new LaneView(
        count,
        changed > 0,
        sections,
        base == null ? "Not found" : "Not found, before or now",
        absent(reply),
        reply.whole()
            ? List.of()
            : List.of("Not all sources were read: a line can be marked as new without being new."));
  }

  private static boolean isChanged(CapabilityCountInfo capability) {
    return capability.change() != Change.SAME;
  }

  private FacetView facet(CapabilityCountInfo capability) {
    List<CapabilityPlaceInfo> added =
        capability.places().stream().filter(CapabilityPlaceInfo::added).toList();
    boolean changed = isChanged(capability);
    List<FacetView.Spot> spots =
        changed && !added.isEmpty()
            ? added.stream()
                .limit(MAX_SPOTS)
                .map(place -> spot(place, text(capability, place)))
                .toList()
            : capability.places().stream().limit(1).map(place -> spot(place, "")).toList();
    int more = changed ? added.size() - spots.size() : 0;
    String note = more > 0 ? "and " + time.plural(more, "further new line") : "";
    String now = time.number(capability.now());
    return switch (capability.change()) {
      case GAINED -> new FacetView(true, capability.title(), "new, ", now, "", "", spots, note);
      case CHANGED, LOST -> {
        String before = time.number(capability.before()) + " to ";
        yield new FacetView(true, capability.title(), before, now, "", "", spots, note);
      }
      case SAME ->
          new FacetView(false, capability.title(), "", "", now + ", equal", "", spots, note);
    };
  }

  private FacetView.Spot spot(CapabilityPlaceInfo place, String text) {
    return new FacetView.Spot(
        text, place.path(), place.line(), links.line(place.path(), place.line()));
  }

  /// Returns the name of a variable that is read, otherwise the line.
  private static String text(CapabilityCountInfo capability, CapabilityPlaceInfo place) {
    String excerpt = place.excerpt().strip();
    Matcher variable = VARIABLE.matcher(excerpt);
    if (capability.what().startsWith("env-") && variable.find()) {
      return variable.group(1);
    }
    return excerpt.length() > MAX_EXCERPT ? excerpt.substring(0, MAX_EXCERPT) + "..." : excerpt;
  }

  private String absent(CapabilitiesReply reply) {
    List<String> titles =
        reply.absent().stream()
            .flatMap(each -> each.capabilities().stream())
            .map(CapabilityNameInfo::title)
            .distinct()
            .filter(title -> reply.capabilities().stream().noneMatch(c -> c.title().equals(title)))
            .toList();
    String named =
        Stream.concat(
                titles.stream().limit(1).map(CapabilityLane::capital),
                titles.stream().limit(MAX_ABSENT).skip(1).map(CapabilityLane::small))
            .collect(Collectors.joining(", "));
    int more = titles.size() - MAX_ABSENT;
    return more > 0 ? "%s, and %s".formatted(named, time.plural(more, "other kind")) : named;
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static String small(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }
}
