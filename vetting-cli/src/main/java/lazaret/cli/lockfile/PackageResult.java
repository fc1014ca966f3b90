package lazaret.cli.lockfile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.vetting.crates.CrateVersion;

/// The result of one package of a lockfile.
///
/// @param json the object in the reply of the desk, with the name of the lockfile; foreign text
///   that is not neutralized
public record PackageResult(JsonObject json) {
  /// The reasons that are reported as warnings of a served package. Other reasons after the
  /// deciding one explain it, or were set aside by an approval.
  private static final Set<String> WARNINGS =
      Set.of(
          "vulnerable",
          "unsound",
          "unmaintained",
          "violation",
          "banned",
          "licence",
          "yanked",
          "signal",
          "takeover",
          "approval-expired",
          "audit-of-other-bytes",
          "audit-mode");

  /// Reasons without information of their own, or that all packages share.
  private static final Set<String> EXPLAINING =
      Set.of("not-inspected", "build-time-code", "no-publish-time", "feeds-old", "feeds-quiet");

  /// The length of the date in a point in time.
  private static final int DATE = "2027-02-25".length();

  private static final Set<String> KNOWN_TO_A_PERSON = Set.of("approved", "exempted");

  /// Returns the result of a package from the reply of a desk.
  ///
  /// @param lockfile the lockfile as the user named it
  public static PackageResult of(String lockfile, JsonObject json) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("lockfile", lockfile);
    fields.putAll(json.fields());
    return new PackageResult(new JsonObject(fields));
  }

  /// Returns the lockfile as the user named it.
  public String lockfile() {
    return json.words("lockfile");
  }

  /// Returns the line of the lockfile on which the package begins, from 1, or 0 if it is unknown.
  public int location() {
    return Math.toIntExact(Math.clamp(json.number("line"), 0, Integer.MAX_VALUE));
  }

  /// Returns the name of the package.
  public String name() {
    return json.words("name");
  }

  /// Returns the version of the package.
  public String version() {
    return json.words("version");
  }

  /// Returns the package in the form of cargo's package id specifications: `serde@1.0.9`.
  public String spec() {
    return name() + "@" + version();
  }

  /// Returns the status of the package, a word of `docs/reasons.md`.
  public String status() {
    return json.words("standing");
  }

  /// Returns whether a build may use the package.
  public boolean passes() {
    return status().equals("served") || status().equals("clear");
  }

  /// Returns the exit code of a command for this package alone.
  public ExitCode exitCode() {
    return switch (status()) {
      case "served", "clear" -> ExitCode.DONE;
      case "tampered" -> ExitCode.TAMPERED;
      case "unavailable" -> ExitCode.UNAVAILABLE;
      case "unknown", "foreign-source" -> ExitCode.UNKNOWN;
      // An unknown status from a newer gate is a refusal.
      default -> code().equals("feeds-stale") ? ExitCode.STALE : ExitCode.REFUSED;
    };
  }

  /// Returns the code of the deciding reason, or the status if no rule was evaluated.
  public String code() {
    return judged() ? reasons().getFirst().words("code") : status();
  }

  /// Returns whether the first reason decided. Advisories about a package that the gate does not
  /// know, or whose checksum is wrong, do not decide.
  private boolean judged() {
    return !reasons().isEmpty()
        && switch (status()) {
          case "tampered", "unavailable", "unknown", "foreign-source" -> false;
          default -> true;
        };
  }

  /// Returns all reasons, the deciding one first, or an empty list if no rule was evaluated.
  public List<JsonObject> reasons() {
    return json.objects("reasons");
  }

  /// Returns the deciding reason as a clause.
  public String detail() {
    return judged() ? reasons().getFirst().words("detail") : json.words("detail");
  }

  /// Returns the deciding reason, with its code if a rule was evaluated.
  public String decided() {
    return judged() ? told(reasons().getFirst()) : json.words("detail");
  }

  /// Returns the explanation of the status: all reasons with information of their own, with their
  /// codes, the deciding one first.
  public String why() {
    List<JsonObject> reasons = reasons();
    if (reasons.isEmpty()) {
      return json.words("detail");
    }
    String before = judged() ? "" : json.words("detail") + "; ";
    return reasons.stream()
        .filter(r -> r.equals(reasons.getFirst()) || !EXPLAINING.contains(r.words("code")))
        .map(PackageResult::told)
        .collect(Collectors.joining("; ", before, ""));
  }

  /// Returns the warnings about a package that passes, or an empty list if it does not pass.
  public List<JsonObject> warnings() {
    List<JsonObject> warnings = new ArrayList<>(0);
    if (passes()) {
      for (JsonObject reason : reasons()) {
        if (WARNINGS.contains(reason.words("code"))) {
          warnings.add(reason);
        }
      }
    }
    return Collections.unmodifiableList(warnings);
  }

  /// Returns the end of the approval or exemption that serves the package: `exempted until
  /// 2027-02-25`. The result is empty if no decision serves it or if the decision has no end.
  public Optional<String> until() {
    return isKnown()
        ? json.text("expires").map(at -> code() + " until " + date(at))
        : Optional.empty();
  }

  /// Returns the date of a point in time: `2027-02-25`.
  static String date(String moment) {
    return moment.substring(0, Math.min(DATE, moment.length()));
  }

  /// Returns the warnings of a package that passes, after the end of the decision that serves it.
  public List<String> warnings(List<JsonObject> warned) {
    return Stream.concat(until().stream(), warned.stream().map(PackageResult::told)).toList();
  }

  /// Returns whether a person approved or exempted the package, and so knew the warnings about it.
  public boolean isKnown() {
    return KNOWN_TO_A_PERSON.contains(code());
  }

  /// Returns a reason as `code: detail`.
  public static String told(JsonObject reason) {
    return reason.words("code") + ": " + reason.words("detail");
  }

  /// Returns the nearest version that passes. It is empty if none passes or if the package passes
  /// itself.
  public Optional<String> replacement() {
    return json.text("instead");
  }

  /// Returns this package with the steps of a reply that repair it.
  ///
  /// @param fixes the steps for its lockfile, in their order
  public PackageResult withFixes(List<JsonObject> fixes) {
    List<JsonObject> own = new ArrayList<>();
    for (int i = 0; i < fixes.size(); i++) {
      JsonObject fix = fixes.get(i);
      if (fix.texts("repairs").contains(spec())) {
        own.add(
            JsonObject.builder()
                .put("order", i)
                .put("kind", fix.words("kind"))
                .put("text", fix.words("text"))
                .build());
      }
    }
    return own.isEmpty()
        ? this
        : new PackageResult(json.toBuilder().list("fixes", own, f -> f).build());
  }

  /// Returns the steps that repair the package, each with its order in the lockfile's steps, `kind`
  /// and `text`. The list is empty if no repair is necessary.
  public List<JsonObject> fixes() {
    return json.objects("fixes");
  }

  /// Returns the step that repairs the package, as commands or a sentence. The result is empty if
  /// no repair is necessary or the gate does not know one. A lower version is not a repair.
  public Optional<String> fix() {
    if (MalwareAdvice.among(reasons())) {
      return Optional.of(MalwareAdvice.advice(name(), version()));
    }
    return switch (status()) {
      case "withheld" -> Optional.of(withheld());
      case "tampered" ->
          Optional.of("find out who changed the checksum, then restore the lockfile");
      default -> Optional.empty();
    };
  }

  private String withheld() {
    String steps =
        fixes().stream()
            .filter(f -> !f.words("kind").equals("lower"))
            .map(f -> f.words("kind").equals("none") && onlyByBundle() ? whom() : f.words("text"))
            .collect(Collectors.joining(" && "));
    if (!steps.isEmpty()) {
      return steps;
    }
    if (!fixes().isEmpty()) {
      return "no later version of " + name() + " passes: " + whom();
    }
    String instead = replacement().orElse("");
    if (instead.isEmpty() || isLower(instead)) {
      return "no version of " + name() + " passes: " + whom();
    }
    return json.flag("compatible")
        ? "cargo update -p " + spec() + " --precise " + instead
        : "raise "
            + (json.texts("required_by").isEmpty()
                ? "its dependents"
                : String.join(", ", json.texts("required_by")))
            + " to versions that accept "
            + name()
            + " "
            + instead;
  }

  private boolean isLower(String version) {
    return CrateVersion.parse(version).compareTo(CrateVersion.parse(version())) < 0;
  }

  private String whom() {
    return onlyByBundle()
        ? "its bytes come with a bundle; outside: vetting-cli bundle export FOLDER --keys KEYS --crate "
            + spec()
        : "ask a reviewer";
  }

  /// Returns whether the artifact can only arrive by a bundle import. No decision here makes it
  /// available.
  public boolean onlyByBundle() {
    return json.flag("by_bundle");
  }
}
