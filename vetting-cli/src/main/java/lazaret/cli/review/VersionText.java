package lazaret.cli.review;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.cli.lockfile.FeedWarnings;
import lazaret.cli.report.Cell;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.Timestamps;
import lazaret.cli.report.VerdictText;
import lazaret.vetting.deskapi.crates.ArchiveProblemInfo;
import lazaret.vetting.deskapi.crates.CapabilityInfo;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.crates.FetchFailureInfo;
import lazaret.vetting.deskapi.crates.FindingsInfo;
import lazaret.vetting.deskapi.crates.ReleaseDeltaInfo;
import lazaret.vetting.deskapi.crates.RequestInfo;
import lazaret.vetting.deskapi.crates.SignalInfo;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.text.KebabCase;
import lazaret.vetting.text.SizeText;
import org.jspecify.annotations.Nullable;

/// The text of everything about one version.
final class VersionText {
  private final Terminal terminal;
  private final Instant now;

  VersionText(Terminal terminal, Instant now) {
    this.terminal = terminal;
    this.now = now;
  }

  void print(VersionReply report) {
    terminal.line(
        Cell.of(TextStyle.STRONG, report.name() + " " + report.version()),
        Cell.of("  "),
        VerdictText.kind(report.verdict(), report.served()));
    verdict(report);
    fact("sha256", report.cksum().hex());
    moment("published", report.publishedAt());
    moment("first seen", report.firstSeen());
    moment("age from", report.ageFrom());
    fact("stored", stored(report));
    if (report.yanked()) {
      fact("yanked", "yes, upstream");
    }
    moment("gone since", report.goneSince());
    if (report.changedCksum() != null) {
      fact("upstream now", "sha256 " + report.changedCksum());
    }
    findings(report.findings());
    if (report.delta() != null) {
      delta(report.delta());
    } else {
      abilities(report.findings()).forEach(able -> fact("can do", able));
    }
    report.decisions().forEach(this::decision);
    if (report.request() != null) {
      request(report.request());
    }
    if (report.detonation() != null) {
      new DetonationText(terminal).print(report.detonation(), false);
    }
  }

  private String stored(VersionReply report) {
    if (report.stored()) {
      return "yes";
    }
    return report.fetchFailed() == null ? "no" : "no; " + failed(report.fetchFailed(), now);
  }

  /// Returns the time and the result of the last failed fetch of an artifact.
  static String failed(FetchFailureInfo failed, Instant now) {
    return "last requested %s: %s".formatted(Timestamps.distant(failed.at(), now), failed.detail());
  }

  private void verdict(VersionReply report) {
    VerdictInfo verdict = report.verdict();
    FeedWarnings.deciding(verdict.reasons())
        .forEach(reason -> fact("because", VerdictText.reason(reason)));
    if (verdict.until() != null) {
      fact("until", Timestamps.until(verdict.until(), now));
    }
    FeedWarnings.note(terminal, report.feedWarnings());
  }

  private void findings(@Nullable FindingsInfo findings) {
    if (findings == null) {
      fact("inspected", "not yet");
      return;
    }
    fact(
        "inspected",
        "%s; %s%s; %d files, %s unpacked"
            .formatted(
                findings.conformant() ? "archive conformant" : "archive NOT conformant",
                findings.buildScript() ? "has a build script" : "no build script",
                findings.procMacro() ? ", a proc macro" : "",
                findings.entries(),
                SizeText.text(findings.unpackedBytes())));
    if (findings.license() != null) {
      fact("license", findings.license());
    }
    for (ArchiveProblemInfo problem : findings.problems()) {
      String path = problem.path() == null ? "" : problem.path();
      fact("problem", "%s %s %s".formatted(problem.code(), path, problem.detail()));
      fact("", problem.meaning());
    }
    // Notes are only in the JSON form, because most crates have one.
    findings.signals().stream()
        .filter(signal -> signal.weight() != SignalInfo.Weight.NOTE)
        .forEach(this::signal);
  }

  /// Prints the capabilities that the version has in addition to those of its base.
  private void delta(ReleaseDeltaInfo delta) {
    String gained = gained(delta);
    fact("since " + delta.base(), gained.isEmpty() ? "no new capabilities" : "gained " + gained);
    delta.signals().forEach(this::signal);
  }

  /// Returns the capabilities of a version without a base, one line for each part of the code:
  /// `build: process (build.rs:3), network (build.rs:9)`. Tests are omitted.
  ///
  /// @param findings the result of the inspection; null if the version was not inspected
  static List<String> abilities(@Nullable FindingsInfo findings) {
    if (findings == null) {
      return List.of();
    }
    Map<CapabilityInfo.Place, List<String>> places = new LinkedHashMap<>();
    findings.capabilities().stream()
        .filter(each -> each.where() != CapabilityInfo.Place.TEST)
        .forEach(
            each ->
                places
                    .computeIfAbsent(each.where(), _ -> new ArrayList<>())
                    .add("%s (%s)".formatted(each.what(), position(each))));
    return places.entrySet().stream()
        .map(place -> KebabCase.of(place.getKey()) + ": " + String.join(", ", place.getValue()))
        .toList();
  }

  /// Returns the new capabilities of a version as text: `runtime network at src/net.rs:3`. The text
  /// is empty if there are none.
  static String gained(ReleaseDeltaInfo delta) {
    Stream<String> code =
        delta.gained().stream()
            .filter(each -> each.where() != CapabilityInfo.Place.TEST)
            .map(
                each ->
                    "%s %s at %s"
                        .formatted(KebabCase.of(each.where()), each.what(), position(each)));
    return Stream.concat(delta.manifest().stream(), code).collect(Collectors.joining(", "));
  }

  private static String position(CapabilityInfo capability) {
    return "%s:%d".formatted(capability.path() == null ? "" : capability.path(), capability.line());
  }

  private void signal(SignalInfo signal) {
    String line = signal.line() > 0 ? ":" + signal.line() : "";
    String place = signal.path() == null ? "" : " at " + signal.path() + line;
    String excerpt = signal.excerpt().isEmpty() ? "" : ": " + signal.excerpt();
    fact(KebabCase.of(signal.weight()), signal.code() + place + excerpt);
    fact("", signal.meaning());
  }

  private void decision(DecisionInfo decision) {
    fact(
        "decision",
        "%s %s by %s: %s%s"
            .formatted(
                Timestamps.minute(decision.at()),
                KebabCase.of(decision.kind()),
                decision.by(),
                decision.reason(),
                decision.expires() == null
                    ? ""
                    : "; expires " + Timestamps.distant(decision.expires(), now)));
  }

  private void request(RequestInfo request) {
    String requesters = QueueText.requesters(request);
    fact(
        "asked for",
        "%d times, last %s%s"
            .formatted(
                request.count(),
                Timestamps.minute(request.last()),
                requesters.isEmpty() ? "" : " by " + requesters));
  }

  private void moment(String name, @Nullable Instant at) {
    if (at != null) {
      fact(name, Timestamps.distant(at, now));
    }
  }

  private void fact(String name, String value) {
    terminal.line(Cell.of(TextStyle.FAINT, "  %-14s".formatted(name)), Cell.of(value));
  }
}
