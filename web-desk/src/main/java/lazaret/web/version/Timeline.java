package lazaret.web.version;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.crates.ContextInfo;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.crates.DetonationInfo;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.deskapi.requests.RequestStepInfo;

/// The history of a version, from its explanation and the steps of its requests.
final class Timeline {
  private final List<TimelineStep> steps = new ArrayList<>();

  private Timeline() {}

  /// Returns the steps, newest first.
  static List<TimelineStep> of(VersionReply version, List<RequestStepInfo> requests) {
    Timeline timeline = new Timeline();
    version.decisions().forEach(timeline::add);
    requests.forEach(timeline::add);
    DetonationInfo built = version.detonation();
    if (built != null) {
      timeline.gate(built.at(), "package", built.by() + " recorded a build in the sandbox");
    }
    timeline.gate(version.firstSeen(), "feed", "First seen here");
    Instant published = version.publishedAt();
    if (published != null) {
      timeline.gate(published, "feed", "Published upstream");
    }
    timeline.steps.sort(Comparator.comparing(TimelineStep::at).reversed());
    return timeline.steps;
  }

  private void gate(Instant at, String icon, String what) {
    steps.add(new TimelineStep(at, icon, "", "", what, ""));
  }

  private void add(DecisionInfo decision) {
    TimelineStep step =
        switch (decision.kind()) {
          case APPROVE -> step(decision, "allow", "approved it");
          case EXEMPT -> step(decision, "allow", "exempted it");
          case DENY -> step(decision, "deny", "denied it");
          case REVOKE -> step(decision, "deny", "revoked it");
        };
    steps.add(step);
  }

  private static TimelineStep step(DecisionInfo decision, String icon, String what) {
    return new TimelineStep(
        decision.at(),
        icon,
        "ink-" + icon,
        decision.by(),
        what + against(decision) + read(decision),
        decision.reason());
  }

  private static String against(DecisionInfo decision) {
    CrateVersion base = decision.delta();
    return base == null ? "" : " as a difference to " + base.text();
  }

  /// Returns the lines that the person had read, as the ledger has them: `, read: build-script
  /// 29/29`.
  private static String read(DecisionInfo decision) {
    ContextInfo context = decision.context();
    return context == null || context.reading().isEmpty()
        ? ""
        : ", read: " + String.join(", ", context.reading());
  }

  private void add(RequestStepInfo step) {
    String words = step.text() == null ? "" : step.text();
    String what =
        switch (step.act()) {
          case ASK -> "asked for it";
          case CLOSE -> "closed the request";
          case REOPEN -> "opened the request again";
          case COMMENT -> "wrote";
          case ASSIGN -> "assigned it to";
          case UNASSIGN -> "removed the assignment";
        };
    steps.add(new TimelineStep(step.at(), "person", "", step.by(), what, words));
  }
}
