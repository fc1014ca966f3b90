package lazaret.cli.verify;

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

/// One package of a lockfile and how it stands.
///
/// @param json what a desk says of it, with the lockfile it is from: foreign text, not neutralised
public record PackageLine(JsonObject json) {
  /// What a package that is handed out may be told about all the same. Other reasons behind the
  /// deciding one explain it, or what an approval knowingly set aside.
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

  /// Reasons that explain another one and say no more, or that each package has alike.
  private static final Set<String> EXPLAINING =
      Set.of("not-inspected", "build-time-code", "no-publish-time", "feeds-old", "feeds-quiet");

  /// The length of the date in a moment.
  private static final int DATE = "2027-02-25".length();

  private static final Set<String> KNOWN_TO_A_PERSON = Set.of("approved", "exempted");

  /// Returns what a desk says of a package.
  ///
  /// @param lockfile as the user named it
  public static PackageLine of(String lockfile, JsonObject json) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("lockfile", lockfile);
    fields.putAll(json.fields());
    return new PackageLine(new JsonObject(fields));
  }

  /// Returns the lockfile as the user named it.
  public String lockfile() {
    return json.words("lockfile");
  }

  /// Returns the line of the lockfile on which the package begins, from 1; 0 where it is not known.
  public int place() {
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

  /// Returns the package as cargo's package id specifications have it: `serde@1.0.9`.
  public String spec() {
    return name() + "@" + version();
  }

  /// Returns how it stands: a word of `docs/reasons.md`.
  public String standing() {
    return json.words("standing");
  }

  /// Tells whether nothing stops a build with it.
  public boolean passes() {
    return standing().equals("served") || standing().equals("clear");
  }

  /// Returns how a command would end for this package alone.
  public ExitCode exitCode() {
    return switch (standing()) {
      case "served", "clear" -> ExitCode.DONE;
      case "tampered" -> ExitCode.TAMPERED;
      case "unavailable" -> ExitCode.UNAVAILABLE;
      case "unknown", "foreign-source" -> ExitCode.UNKNOWN;
      // Whatever a newer gate may say: it is not handed out.
      default -> code().equals("feeds-stale") ? ExitCode.STALE : ExitCode.REFUSED;
    };
  }

  /// Returns the code of what decided: of the deciding reason, or of the standing where no rule was
  /// asked.
  public String code() {
    return judged() ? reasons().getFirst().words("code") : standing();
  }

  /// Returns whether the first reason decided. What advisories say of a package that the gate does
  /// not know, or that was tampered with, decides nothing.
  private boolean judged() {
    return !reasons().isEmpty()
        && switch (standing()) {
          case "tampered", "unavailable", "unknown", "foreign-source" -> false;
          default -> true;
        };
  }

  /// Returns every reason, the deciding one first; empty where no rule was asked.
  public List<JsonObject> reasons() {
    return json.objects("reasons");
  }

  /// Returns what decided, in a clause.
  public String detail() {
    return judged() ? reasons().getFirst().words("detail") : json.words("detail");
  }

  /// Returns what decided, with its code where a rule was asked.
  public String decided() {
    return judged() ? told(reasons().getFirst()) : json.words("detail");
  }

  /// Returns why it stands so: every reason that says something of its own with its code, the
  /// deciding one first.
  public String why() {
    List<JsonObject> reasons = reasons();
    if (reasons.isEmpty()) {
      return json.words("detail");
    }
    String before = judged() ? "" : json.words("detail") + "; ";
    return reasons.stream()
        .filter(r -> r.equals(reasons.getFirst()) || !EXPLAINING.contains(r.words("code")))
        .map(PackageLine::told)
        .collect(Collectors.joining("; ", before, ""));
  }

  /// Returns what a package that passes is warned of; empty where it does not pass.
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
  /// 2027-02-25`; empty if none serves it or if it does not end.
  public Optional<String> until() {
    return isKnown()
        ? json.text("expires").map(at -> code() + " until " + date(at))
        : Optional.empty();
  }

  /// Returns the day of a moment: `2027-02-25`.
  static String date(String moment) {
    return moment.substring(0, Math.min(DATE, moment.length()));
  }

  /// Returns the warnings of a package that passes, behind the end of the decision that serves it.
  public List<String> warnings(List<JsonObject> warned) {
    return Stream.concat(until().stream(), warned.stream().map(PackageLine::told)).toList();
  }

  /// Tells whether a person let the package pass, and so knew what there is to warn of.
  public boolean isKnown() {
    return KNOWN_TO_A_PERSON.contains(code());
  }

  /// Returns `code: detail` of a reason.
  public static String told(JsonObject reason) {
    return reason.words("code") + ": " + reason.words("detail");
  }

  /// Returns the nearest version that passes; empty where none does or the question does not arise.
  public Optional<String> instead() {
    return json.text("instead");
  }

  /// Returns this package with the steps of an answer that repair it.
  ///
  /// @param fixes the steps for its lockfile, in their order
  public PackageLine withFixes(List<JsonObject> fixes) {
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
        : new PackageLine(json.toBuilder().list("fixes", own, f -> f).build());
  }

  /// Returns the steps that repair it, each with its order in the lockfile's steps, `kind` and
  /// `text`; empty if nothing must be repaired.
  public List<JsonObject> fixes() {
    return json.objects("fixes");
  }

  /// Returns the step that repairs it, as commands or a sentence; empty if nothing must be repaired
  /// or the gate cannot say how. A lower version is not a repair.
  public Optional<String> fix() {
    if (Malware.among(reasons())) {
      return Optional.of(Malware.advice(name(), version()));
    }
    return switch (standing()) {
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
            .map(f -> f.words("kind").equals("none") && byBundle() ? whom() : f.words("text"))
            .collect(Collectors.joining(" && "));
    if (!steps.isEmpty()) {
      return steps;
    }
    if (!fixes().isEmpty()) {
      return "no later version of " + name() + " passes: " + whom();
    }
    String instead = instead().orElse("");
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
    return byBundle()
        ? "its bytes come with a bundle; outside: vetting-cli bundle export FOLDER --keys KEYS --crate "
            + spec()
        : "ask a reviewer";
  }

  /// Tells whether the bytes come with a bundle or not at all, so that no decision here brings
  /// them.
  public boolean byBundle() {
    return json.flag("by_bundle");
  }
}
