package lazaret.cli.review;

import lazaret.cli.report.SizeText;
import lazaret.cli.report.VerdictText;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.cli.report.Cell;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Timestamps;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.Terminal;
import lazaret.cli.lockfile.FeedWarnings;

/// The text of everything about one version, from a reply without a record.
final class VersionJsonText {
  private final Terminal terminal;
  private final Instant now;

  VersionJsonText(Terminal terminal, Instant now) {
    this.terminal = terminal;
    this.now = now;
  }

  void print(JsonObject report) {
    terminal.line(
        Cell.of(TextStyle.STRONG, report.words("name") + " " + report.words("version")),
        Cell.of("  "),
        VerdictText.kind(report.object("verdict"), report.flag("served")));
    verdict(report);
    fact("sha256", report.words("cksum"));
    moment("published", report, "published_at");
    moment("first seen", report, "first_seen");
    moment("age from", report, "age_from");
    fact("stored", held(report));
    if (report.flag("yanked")) {
      fact("yanked", "yes, upstream");
    }
    moment("gone since", report, "gone_since");
    report.text("changed_cksum").ifPresent(sha -> fact("upstream now", "sha256 " + sha));
    findings(report.object("findings"));
    delta(report.object("delta"));
    if (!report.object("delta").has("base")) {
      abilities(report.object("findings")).forEach(able -> fact("can do", able));
    }
    report.objects("decisions").forEach(this::decision);
    request(report.object("request"));
    new DetonationJsonText(terminal).print(report.object("detonation"), false);
  }

  private String held(JsonObject report) {
    if (report.flag("held")) {
      return "yes";
    }
    return report.has("fetch_failed") ? "no; " + failed(report.object("fetch_failed"), now) : "no";
  }

  /// Returns the time and the result of the last failed fetch of an artifact.
  static String failed(JsonObject failed, Instant now) {
    return "last requested %s: %s"
        .formatted(Timestamps.distant(failed.words("at"), now), failed.words("detail"));
  }

  private void verdict(JsonObject report) {
    JsonObject verdict = report.object("verdict");
    FeedWarnings.without(verdict.objects("reasons"))
        .forEach(reason -> fact("because", VerdictText.reason(reason)));
    verdict.text("until").ifPresent(until -> fact("until", Timestamps.until(until, now)));
    FeedWarnings.print(terminal, report);
  }

  private void findings(JsonObject findings) {
    if (findings.fields().isEmpty()) {
      fact("inspected", "not yet");
      return;
    }
    fact(
        "inspected",
        "%s; %s%s; %d files, %s unpacked"
            .formatted(
                findings.flag("conformant") ? "archive conformant" : "archive NOT conformant",
                findings.flag("build_script") ? "has a build script" : "no build script",
                findings.flag("proc_macro") ? ", a proc macro" : "",
                findings.number("entries"),
                SizeText.text(findings.number("unpacked_bytes"))));
    findings.text("license").ifPresent(licence -> fact("license", licence));
    for (JsonObject problem : findings.objects("problems")) {
      fact(
          "problem",
          "%s %s %s"
              .formatted(problem.words("code"), problem.words("path"), problem.words("detail")));
      fact("", problem.words("meaning"));
    }
    // Notes are only in the JSON form, because most crates have one.
    findings.objects("signals").stream()
        .filter(signal -> !signal.words("weight").equals("note"))
        .forEach(this::signal);
  }

  /// Prints the capabilities that the version has in addition to those of its base.
  private void delta(JsonObject delta) {
    if (!delta.has("base")) {
      return;
    }
    String gained = gained(delta);
    fact(
        "since " + delta.words("base"),
        gained.isEmpty() ? "no new capabilities" : "gained " + gained);
    delta.objects("signals").forEach(this::signal);
  }

  /// Returns the capabilities of a version without a base, one line for each part of the code:
  /// `build script: process (build.rs:3), network (build.rs:9)`. Tests are omitted.
  static List<String> abilities(JsonObject findings) {
    Map<String, List<String>> places = new LinkedHashMap<>();
    for (JsonObject held : findings.objects("capabilities")) {
      if (!held.words("where").equals("test")) {
        places
            .computeIfAbsent(held.words("where"), _ -> new ArrayList<>())
            .add(
                "%s (%s:%d)"
                    .formatted(held.words("what"), held.words("path"), held.number("line")));
      }
    }
    return places.entrySet().stream()
        .map(place -> place.getKey() + ": " + String.join(", ", place.getValue()))
        .toList();
  }

  /// Returns the new capabilities of a version as text: `runtime network at src/net.rs:3`. The text
  /// is empty if there are none.
  static String gained(JsonObject delta) {
    Stream<String> code =
        delta.objects("gained").stream()
            .filter(held -> !held.words("where").equals("test"))
            .map(
                held ->
                    "%s %s at %s:%d"
                        .formatted(
                            held.words("where"),
                            held.words("what"),
                            held.words("path"),
                            held.number("line")));
    return Stream.concat(delta.texts("manifest").stream(), code).collect(Collectors.joining(", "));
  }

  private void signal(JsonObject signal) {
    String line = signal.number("line") > 0 ? ":" + signal.number("line") : "";
    String place = signal.text("path").map(path -> " at " + path + line).orElse("");
    String excerpt = signal.words("excerpt").isEmpty() ? "" : ": " + signal.words("excerpt");
    fact(signal.words("weight"), signal.words("code") + place + excerpt);
    fact("", signal.words("meaning"));
  }

  private void decision(JsonObject decision) {
    fact(
        "decision",
        "%s %s by %s: %s%s"
            .formatted(
                Timestamps.minute(decision.words("at")),
                decision.words("kind"),
                decision.words("by"),
                decision.words("reason"),
                decision
                    .text("expires")
                    .map(at -> "; expires " + Timestamps.distant(at, now))
                    .orElse("")));
  }

  private void request(JsonObject request) {
    if (request.number("count") > 0) {
      fact(
          "asked for",
          "%d times, last %s%s"
              .formatted(
                  request.number("count"),
                  Timestamps.minute(request.words("last")),
                  request.texts("askers").isEmpty()
                      ? ""
                      : " by " + String.join(", ", request.texts("askers"))));
    }
  }

  private void moment(String name, JsonObject report, String field) {
    report.text(field).ifPresent(at -> fact(name, Timestamps.distant(at, now)));
  }

  private void fact(String name, String value) {
    terminal.line(Cell.of(TextStyle.FAINT, "  %-14s".formatted(name)), Cell.of(value));
  }
}
