package lazaret.web.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.behavior.BehaviorEvidenceInfo;
import lazaret.vetting.deskapi.behavior.BehaviorKind;
import lazaret.vetting.deskapi.behavior.BehaviorLineInfo;
import lazaret.vetting.deskapi.behavior.BehaviorLineInfo.Group;
import lazaret.vetting.deskapi.behavior.BehaviorPlaceInfo;
import lazaret.vetting.deskapi.behavior.BehaviorReply;
import lazaret.web.page.PageTime;
import org.jspecify.annotations.Nullable;

/// The lane of recorded behavior: new events, events that are gone, events as before, and what was
/// not seen.
///
/// @param links the addresses of lines
/// @param time the form of numbers
record BehaviorLane(LineLinks links, PageTime time) {
  private static final int MAX_EVENTS = 40;
  private static final int MAX_NAMES = 8;

  /// Returns the content of the lane.
  ///
  /// @param reply the recorded behavior; null if it is not visible
  LaneView of(@Nullable BehaviorReply reply) {
    if (reply == null) {
      return LaneView.without("not known", List.of("The recorded behavior is not available now."));
    }
    BehaviorEvidenceInfo evidence = reply.evidence();
    if (evidence == null) {
      return LaneView.without(
          "not built",
          List.of("No build in the sandbox is recorded. vetting-cli detonate records one."));
    }
    CrateVersion base = evidence.base();
    List<FacetView.Section> sections = new ArrayList<>();
    add(sections, "New", single(reply, Group.NEW));
    add(sections, "Gone", single(reply, Group.GONE));
    add(
        sections,
        base == null ? "As before" : "As in " + base.text(),
        joined(reply, Group.AS_BEFORE));
    add(sections, "Seen; no base has a record", joined(reply, Group.NOT_COMPARED));
    List<String> notes = new ArrayList<>();
    notes.add(
        "The build: %s, recorded %s by %s."
            .formatted(evidence.ending(), time.minute(evidence.at()), evidence.by()));
    notes.addAll(reply.limits());
    long changed = count(reply, Group.NEW) + count(reply, Group.GONE);
    return new LaneView(
        words(reply, changed),
        changed > 0,
        sections,
        "Not seen",
        reply.notSeen().stream().map(BehaviorLane::many).collect(Collectors.joining(", ")),
        notes);
  }

  private String words(BehaviorReply reply, long changed) {
    if (count(reply, Group.NOT_COMPARED) > 0) {
      return "not compared";
    }
    if (changed == 0) {
      return "no change";
    }
    long added = count(reply, Group.NEW);
    return added > 0 ? time.number(added) + " new" : time.number(changed) + " gone";
  }

  private static long count(BehaviorReply reply, Group group) {
    return reply.lines().stream().filter(line -> line.group() == group).count();
  }

  private static void add(List<FacetView.Section> sections, String title, List<FacetView> facets) {
    if (!facets.isEmpty()) {
      sections.add(new FacetView.Section(title, facets));
    }
  }

  /// Returns one statement for each event.
  private List<FacetView> single(BehaviorReply reply, Group group) {
    List<FacetView> facets = new ArrayList<>();
    for (BehaviorLineInfo line : reply.lines()) {
      if (line.group() == group && facets.size() < MAX_EVENTS) {
        facets.add(
            new FacetView(
                true,
                one(line.kind()),
                "",
                group == Group.NEW ? "+1" : "-1",
                "",
                line.what(),
                spots(line),
                note(line)));
      }
    }
    long more = count(reply, group) - facets.size();
    if (more > 0) {
      facets.add(
          new FacetView(true, "Further events", "", time.number(more), "", "", List.of(), ""));
    }
    return facets;
  }

  private static String note(BehaviorLineInfo line) {
    String statement = line.statement();
    if (statement != null) {
      return statement;
    }
    return line.places().isEmpty() ? "No place in this crate shows it." : "";
  }

  private List<FacetView.Spot> spots(BehaviorLineInfo line) {
    return line.places().stream().map(this::spot).toList();
  }

  private FacetView.Spot spot(BehaviorPlaceInfo place) {
    return new FacetView.Spot(
        "", place.path(), place.line(), links.line(place.path(), place.line()));
  }

  /// Returns one statement for all events of a kind.
  private List<FacetView> joined(BehaviorReply reply, Group group) {
    List<FacetView> facets = new ArrayList<>();
    for (BehaviorKind kind : BehaviorKind.values()) {
      List<BehaviorLineInfo> lines =
          reply.lines().stream()
              .filter(line -> line.group() == group && line.kind() == kind)
              .toList();
      if (!lines.isEmpty()) {
        facets.add(joined(kind, lines, group));
      }
    }
    return facets;
  }

  private FacetView joined(BehaviorKind kind, List<BehaviorLineInfo> lines, Group group) {
    String names =
        lines.stream()
            .limit(MAX_NAMES)
            .map(BehaviorLineInfo::what)
            .collect(Collectors.joining(", "));
    int more = lines.size() - MAX_NAMES;
    String number = time.number(lines.size());
    return new FacetView(
        false,
        capital(many(kind)),
        "",
        "",
        group == Group.AS_BEFORE ? number + ", equal" : number,
        more > 0 ? names + " and " + time.number(more) + " more" : names,
        lines.stream().flatMap(line -> spots(line).stream()).limit(1).toList(),
        "");
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static String one(BehaviorKind kind) {
    return switch (kind) {
      case HOST -> "Asked for a host";
      case CREDENTIAL -> "Opened a decoy";
      case SYSTEM -> "Used the system";
      case PROCESS -> "Ran a program";
      case FILE_WRITTEN -> "Wrote a file";
      case FILE_READ -> "Read a file of the machine";
      case VARIABLE -> "Read a variable";
      case INSTRUCTION -> "Instructed cargo";
      case LIMIT -> "Exceeded a limit";
      case OTHER -> "Another event";
    };
  }

  private static String many(BehaviorKind kind) {
    return switch (kind) {
      case HOST -> "hosts";
      case CREDENTIAL -> "opened decoys";
      case SYSTEM -> "interfaces of the system";
      case PROCESS -> "programs";
      case FILE_WRITTEN -> "written files";
      case FILE_READ -> "files read on the machine";
      case VARIABLE -> "variables";
      case INSTRUCTION -> "instructions to cargo";
      case LIMIT -> "exceeded limits";
      case OTHER -> "other events";
    };
  }
}
