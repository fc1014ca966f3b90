package lazaret.vetting.policy.file;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import lazaret.vetting.Durations;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.policy.AdvisoryPolicy;
import lazaret.vetting.policy.EvidencePolicy;
import lazaret.vetting.policy.ManifestPolicy;
import lazaret.vetting.policy.ManifestPolicy.AllowList;
import lazaret.vetting.policy.ManifestPolicy.Ban;
import lazaret.vetting.policy.ManifestPolicy.Licenses;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.PolicyLevel;
import lazaret.vetting.policy.PolicyOverride;
import lazaret.vetting.policy.PrivatePolicy;
import lazaret.vetting.policy.SignalPolicy;
import lazaret.vetting.policy.SourcePolicy;
import lazaret.vetting.policy.TakeoverPolicy;
import lazaret.vetting.text.KebabCase;
import lazaret.vetting.toml.TomlStringWriter;
import org.jspecify.annotations.Nullable;

/// A writer of policies as policy files. Reading the file gives an equal policy. The mode is not
/// part of the file.
public final class PolicyWriter {
  private final List<Block> blocks = new ArrayList<>();

  private PolicyWriter() {}

  /// One table of the file.
  ///
  /// @param header header of the table; empty for the keys before the first one
  /// @param lines keys and values
  private record Block(String header, List<String> lines) {
    /// Returns the lines that no other block with this header has. An element of an array of tables
    /// is kept as a whole or removed.
    Block without(List<Block> said) {
      if (header.startsWith("[[")) {
        return said.contains(this) ? new Block(header, List.of()) : this;
      }
      Set<String> known = new HashSet<>();
      said.stream().filter(b -> b.header.equals(header)).forEach(b -> known.addAll(b.lines));
      return new Block(header, lines.stream().filter(line -> !known.contains(line)).toList());
    }
  }

  /// Returns all settings of a policy as a file.
  public static String text(Policy policy) {
    return joined(blocks(policy));
  }

  /// Returns the settings that differ from those of another policy as a file.
  public static String difference(Policy policy, Policy base) {
    List<Block> said = blocks(base);
    return joined(blocks(policy).stream().map(block -> block.without(said)).toList());
  }

  private static String joined(List<Block> blocks) {
    StringBuilder text = new StringBuilder();
    for (Block block : blocks) {
      if (!block.lines().isEmpty()) {
        text.append(text.isEmpty() ? "" : "\n");
        text.append(block.header()).append(block.header().isEmpty() ? "" : "\n");
        block.lines().forEach(line -> text.append(line).append('\n'));
      }
    }
    return text.toString();
  }

  private static List<Block> blocks(Policy policy) {
    PolicyWriter writer = new PolicyWriter();
    writer.cooldowns(policy.cooldowns());
    writer.advisories(policy.advisories());
    writer.signals(policy.signals(), policy.takeover());
    writer.evidence(policy.evidence());
    writer.manifest(policy.manifest());
    writer.sources(policy.sources());
    writer.privateCrates(policy.privateCrates());
    policy.manifest().bans().forEach(writer::ban);
    policy.overrides().forEach(writer::override);
    return List.copyOf(writer.blocks);
  }

  private void begin(String header) {
    blocks.add(new Block(header, new ArrayList<>()));
  }

  private void signals(SignalPolicy signals, TakeoverPolicy takeover) {
    begin("[signals]");
    put("high", signals.high());
    put("review", signals.review());
    put("note", signals.note());
    codes("[signals.codes]", signals.codes());
    begin("[takeover]");
    put("level", takeover.level());
    codes("[takeover.codes]", takeover.codes());
  }

  private void cooldowns(Policy.Cooldowns waiting) {
    begin("");
    line("automatic", String.valueOf(waiting.automatic()));
    put("cooldown", waiting.cooldown());
    put("build-cooldown", waiting.buildCooldown());
    put("fast-lane", waiting.fastLane());
    put("age-from", waiting.ageFrom());
  }

  private void advisories(AdvisoryPolicy rules) {
    begin("[advisories]");
    put("critical", rules.vulnerabilities().critical());
    put("high", rules.vulnerabilities().high());
    put("medium", rules.vulnerabilities().medium());
    put("low", rules.vulnerabilities().low());
    put("unknown", rules.vulnerabilities().unknown());
    put("unsound", rules.unsound());
    put("unmaintained", rules.unmaintained());
    put("notice", rules.notice());
    put("yanked", rules.yanked());
    AdvisoryPolicy.Scores scores = rules.scores();
    if (scores != null) {
      StringJoiner parts = new StringJoiner(", ", "{ ", " }");
      part(parts, "warn", scores.warn());
      part(parts, "review", scores.review());
      part(parts, "deny", scores.deny());
      line("score", parts.toString());
    }
    begin("[feeds]");
    put("warn", rules.feeds().limits().warn());
    put("stop", rules.feeds().limits().stop());
    put("after-stop", rules.feeds().approvedToo() ? "nothing" : "approved");
  }

  private static void part(StringJoiner parts, String key, @Nullable Double score) {
    if (score != null) {
      parts.add(key + " = " + score);
    }
  }

  private void codes(String header, Map<String, PolicyLevel> codes) {
    begin(header);
    codes.forEach(
        (code, level) -> line(TomlStringWriter.key(code), TomlStringWriter.string(level.code())));
  }

  private void evidence(EvidencePolicy rules) {
    begin("[audits]");
    put("criteria", rules.criteria());
    put("violation", rules.violation());
    put("cooldown", rules.cooldown());
    begin("[approvals]");
    put("second-person", rules.secondPerson().stream().map(KebabCase::of).toList());
    put("exemption", rules.exemption());
    put("max-duration", rules.longest());
    StringJoiner shares = new StringJoiner(", ", "{ ", " }").setEmptyValue("{}");
    rules.approver().minRead().forEach((role, part) -> shares.add(role.code() + " = " + part));
    line("min-read", shares.toString());
    line("requester-may-approve", String.valueOf(rules.approver().requesterMayApprove()));
  }

  private void manifest(ManifestPolicy rules) {
    Licenses licenses = rules.licenses();
    if (licenses != null) {
      begin("[licenses]");
      put("allow", licenses.allow().stream().map(Object::toString).toList());
      put("other", licenses.level());
      put("missing", licenses.missing());
      licenses
          .exceptions()
          .forEach(
              exception -> {
                begin("[[licenses.exceptions]]");
                put("crate", exception.crate().toString());
                put("allow", exception.allow().stream().map(Object::toString).toList());
              });
      licenses
          .clarifications()
          .forEach(
              clarification -> {
                begin("[[licenses.clarify]]");
                put("crate", clarification.crate().toString());
                put("expression", clarification.expression().text());
              });
    }
    listed("[crates]", rules.crates());
    listed("[build-scripts]", rules.buildScripts());
  }

  private void listed(String header, @Nullable AllowList listed) {
    if (listed != null) {
      begin(header);
      put("allow", listed.allow().stream().map(Object::toString).toList());
      put("other", listed.level());
    }
  }

  private void sources(SourcePolicy rules) {
    begin("[sources]");
    put("registries", rules.registries());
    put("git", rules.git());
    put("prefixes", rules.prefixes());
    put("organizations", rules.organizations());
    line("other-registries", String.valueOf(rules.otherRegistries()));
    line("other-git", String.valueOf(rules.otherGit()));
    put("pinned", rules.pinned());
  }

  private void privateCrates(PrivatePolicy rules) {
    begin("[private]");
    put("hold", rules.hold());
    put("cooldown", rules.cooldown());
    put("similar-names", rules.similarNames());
    line("self-approval", String.valueOf(rules.selfApproval()));
  }

  private void ban(Ban ban) {
    begin("[[ban]]");
    put("crate", ban.crate().published());
    if (ban.req() != null) {
      put("version", ban.req().text());
    }
    put("reason", ban.reason());
    if (ban.useInstead() != null) {
      put("use-instead", ban.useInstead());
    }
    if (!ban.wrappers().isEmpty()) {
      put("wrappers", ban.wrappers().stream().map(CrateName::published).toList());
    }
    put("level", ban.level());
  }

  private void override(PolicyOverride override) {
    begin("[[override]]");
    CrateName crate = override.crate();
    put("crate", crate == null ? PolicyReader.EVERY : crate.published());
    if (override.req() != null) {
      put("version", override.req().text());
    }
    put("what", override.what());
    put("reason", override.reason());
    line("expires", moment(override.expires()));
  }

  /// Returns a day if the time is the end of one; otherwise the time.
  private static String moment(Instant expires) {
    var time = expires.atOffset(ZoneOffset.UTC);
    return time.toLocalTime().toNanoOfDay() == 0
        ? time.toLocalDate().minusDays(1).toString()
        : expires.toString();
  }

  private void put(String key, Duration value) {
    put(key, Durations.text(value));
  }

  private void put(String key, Enum<?> value) {
    put(key, KebabCase.of(value));
  }

  private void put(String key, String value) {
    line(key, TomlStringWriter.string(value));
  }

  private void put(String key, Collection<String> values) {
    StringJoiner list = new StringJoiner(", ", "[", "]");
    values.forEach(value -> list.add(TomlStringWriter.string(value)));
    line(key, list.toString());
  }

  private void line(String key, String value) {
    blocks.getLast().lines().add(key + " = " + value);
  }
}
