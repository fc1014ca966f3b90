package lazaret.vetting.policy.file;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import lazaret.vetting.Bytes;
import lazaret.vetting.Durations;
import lazaret.vetting.advisory.FeedAgeLimits;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.policy.AdvisoryRules;
import lazaret.vetting.policy.AdvisoryRules.Feeds;
import lazaret.vetting.policy.AdvisoryRules.Scores;
import lazaret.vetting.policy.AdvisoryRules.Severities;
import lazaret.vetting.policy.EvidenceRules;
import lazaret.vetting.policy.EvidenceRules.Cooldown;
import lazaret.vetting.policy.EvidenceRules.Risk;
import lazaret.vetting.policy.Level;
import lazaret.vetting.policy.ManifestRules;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.Policy.AgeFrom;
import lazaret.vetting.policy.Policy.FastLane;
import lazaret.vetting.policy.Policy.Waiting;
import lazaret.vetting.policy.PolicyOverride;
import lazaret.vetting.policy.SignalRules;
import lazaret.vetting.policy.TakeoverRules;
import lazaret.vetting.toml.OperatorToml;
import org.jspecify.annotations.Nullable;

/// A reader of `policy.toml`. Settings that the file does not state keep the values of the base
/// policy. All mistakes are reported at once, each with line and column.
public final class PolicyReader {
  /// The maximum size of the file, in bytes.
  public static final int MAX_BYTES = OperatorToml.MAX_BYTES;

  private static final int MAX_MISTAKES = 100;

  /// The crate name of an override that applies to every crate.
  static final String EVERY = "*";

  private final Policy base;
  private final Instant now;
  private final List<PolicyMistake> mistakes = new ArrayList<>();

  private PolicyReader(Policy base, Instant now) {
    this.base = base;
    this.now = now;
  }

  /// Reads a policy file.
  ///
  /// @param document the file
  /// @param base policy for settings that the file does not state
  /// @param now current time, for the maximum duration of overrides
  public static PolicyOutcome read(Bytes document, Policy base, Instant now) {
    PolicyReader reader = new PolicyReader(base, now);
    TableReader root = document(document, reader.mistakes);
    if (root == null) {
      return reader.wrong();
    }
    FormerTables.refuse(root);
    Policy policy = reader.policy(root);
    List<PolicyExample> examples = ExampleReader.examples(root.tables("test"), policy);
    root.done();
    return reader.mistakes.isEmpty() ? new PolicyOutcome.Right(policy, examples) : reader.wrong();
  }

  /// Reads a `deny.toml` as a policy.
  ///
  /// @param ignoreUntil time at which its ignored advisories count again
  public static PolicyOutcome readDeny(Bytes document, Policy base, Instant ignoreUntil) {
    PolicyReader reader = new PolicyReader(base, ignoreUntil);
    TableReader root = document(document, reader.mistakes);
    if (root == null) {
      return reader.wrong();
    }
    Policy policy = DenyReader.read(root, base, ignoreUntil);
    return reader.mistakes.isEmpty() ? new PolicyOutcome.Right(policy, List.of()) : reader.wrong();
  }

  /// The usable parts of a `deny.toml`.
  ///
  /// @param outcome result; it is wrong if the file has mistakes other than keys without an effect
  ///   here
  /// @param leftOut keys without an effect here, in the order of the file
  public record Lenient(PolicyOutcome outcome, List<PolicyMistake> leftOut) {
    /// Copies the list.
    public Lenient {
      leftOut = List.copyOf(leftOut);
    }
  }

  /// Reads a `deny.toml` as a policy without the keys that have no effect for a registry. An empty
  /// list of allowed licenses, which `cargo deny init` writes, is omitted too, since it would hold
  /// every version.
  ///
  /// @param ignoreUntil time at which its ignored advisories count again
  public static Lenient readDenyLeniently(Bytes document, Policy base, Instant ignoreUntil) {
    PolicyReader reader = new PolicyReader(base, ignoreUntil);
    TableReader root = document(document, reader.mistakes);
    if (root == null) {
      return new Lenient(reader.wrong(), List.of());
    }
    Policy policy = DenyReader.read(root, base, ignoreUntil);
    List<PolicyMistake> leftOut =
        new ArrayList<>(reader.mistakes.stream().filter(PolicyMistake::canBeLeftOut).toList());
    reader.mistakes.removeIf(PolicyMistake::canBeLeftOut);
    ManifestRules.Licences licences = policy.manifest().licences();
    if (licences != null && licences.allow().isEmpty() && licences.exceptions().isEmpty()) {
      leftOut.add(
          new PolicyMistake(
              root.table("licenses").line(),
              1,
              "'licenses.allow' is empty, which would withhold every version: list the permitted licenses"));
      ManifestRules rules = policy.manifest();
      policy =
          policy.withManifest(
              new ManifestRules(
                  base.manifest().licences(), rules.bans(), rules.crates(), rules.buildScripts()));
    }
    leftOut.sort(PolicyMistake.BY_PLACE);
    return new Lenient(
        reader.mistakes.isEmpty() ? new PolicyOutcome.Right(policy, List.of()) : reader.wrong(),
        leftOut);
  }

  private PolicyOutcome wrong() {
    return new PolicyOutcome.Wrong(
        mistakes.stream().sorted(PolicyMistake.BY_PLACE).limit(MAX_MISTAKES).toList());
  }

  /// Returns the root table; null with a mistake if the document is not TOML.
  private static @Nullable TableReader document(Bytes document, List<PolicyMistake> mistakes) {
    TableReader root = TableReader.document(document, mistakes);
    return mistakes.isEmpty() ? root : null;
  }

  private Policy policy(TableReader root) {
    EvidenceRules evidence = evidence(root);
    return new Policy(
        base.mode(),
        waiting(root),
        advisories(root),
        signals(root.table("signals")),
        takeover(root.table("takeover")),
        ManifestReader.manifest(root, base.manifest()),
        evidence,
        ManifestReader.sources(root.table("sources"), base.sources()),
        overrides(root.tables("override"), evidence.longest()));
  }

  private Waiting waiting(TableReader root) {
    Waiting before = base.waiting();
    boolean automatic = root.flag("automatic", before.automatic());
    Duration cooldown = root.duration("cooldown", before.cooldown());
    Duration build = root.duration("build-cooldown", before.buildCooldown());
    FastLane lane = root.word("fast-lane", FastLane.class, before.fastLane());
    AgeFrom from = root.word("age-from", AgeFrom.class, before.ageFrom());
    if (build.compareTo(cooldown) < 0) {
      root.mistakeAt(
          root.has("build-cooldown") ? "build-cooldown" : "cooldown",
          "'build-cooldown' is %s%s, shorter than 'cooldown' with %s%s"
              .formatted(
                  Durations.text(build),
                  root.has("build-cooldown") ? "" : " by default",
                  Durations.text(cooldown),
                  root.has("build-cooldown") ? "" : ": set it as well"));
      return before;
    }
    return new Waiting(automatic, cooldown, build, lane, from);
  }

  private AdvisoryRules advisories(TableReader root) {
    AdvisoryRules before = base.advisories();
    TableReader table = root.table("advisories");
    Severities was = before.vulnerabilities();
    AdvisoryRules rules =
        new AdvisoryRules(
            new Severities(
                table.level("critical", was.critical()),
                table.level("high", was.high()),
                table.level("medium", was.medium()),
                table.level("low", was.low()),
                table.level("unknown", was.unknown())),
            scores(table, before.scores()),
            table.level("unsound", before.unsound()),
            table.level("unmaintained", before.unmaintained()),
            table.level("notice", before.notice()),
            table.level("yanked", before.yanked()),
            feeds(root.table("feeds"), before.feeds()));
    table.done();
    return rules;
  }

  private static @Nullable Scores scores(TableReader advisories, @Nullable Scores before) {
    if (!advisories.has("score")) {
      TableReader _ = advisories.table("score");
      return before;
    }
    TableReader table = advisories.table("score");
    Scores scores =
        new Scores(
            table.number("warn", 0, 10),
            table.number("review", 0, 10),
            table.number("deny", 0, 10));
    table.done();
    if (!scores.ordered()) {
      table.mistake("'warn', 'review' and 'deny' of [advisories.score] must be in ascending order");
    }
    return scores;
  }

  private static Feeds feeds(TableReader table, Feeds before) {
    Duration warn = table.duration("warn", before.limits().warn());
    Duration stop = table.duration("stop", before.limits().stop());
    PastStop past =
        table.word(
            "past-stop",
            PastStop.class,
            before.approvedToo() ? PastStop.NOTHING : PastStop.APPROVED);
    table.done();
    if (stop.compareTo(warn) < 0) {
      table.mistake(
          "'feeds.stop' is %s, shorter than 'feeds.warn' with %s"
              .formatted(Durations.text(stop), Durations.text(warn)));
      return before;
    }
    return new Feeds(new FeedAgeLimits(warn, stop), past == PastStop.NOTHING);
  }

  /// The versions that are served while feeds are too old.
  private enum PastStop {
    APPROVED,
    NOTHING
  }

  private SignalRules signals(TableReader table) {
    SignalRules before = base.signals();
    SignalRules rules =
        new SignalRules(
            table.level("high", before.high()),
            table.level("review", before.review()),
            table.level("note", before.note()),
            table.levels("codes", before.codes()));
    table.done();
    return rules;
  }

  private TakeoverRules takeover(TableReader table) {
    TakeoverRules before = base.takeover();
    TakeoverRules rules =
        new TakeoverRules(
            table.level("level", before.level()), table.levels("codes", before.codes()));
    table.done();
    return rules;
  }

  private EvidenceRules evidence(TableReader root) {
    EvidenceRules before = base.evidence();
    TableReader audits = root.table("audits");
    Level violation = audits.level("violation", before.violation());
    List<String> criteria = audits.texts("criteria", before.criteria());
    Cooldown cooldown = audits.word("cooldown", Cooldown.class, before.cooldown());
    audits.done();
    TableReader approvals = root.table("approvals");
    List<Risk> second =
        approvals.words("second-person", Risk.class, List.copyOf(before.secondPerson()));
    Duration exemption = approvals.duration("exemption", before.exemption());
    Duration longest = approvals.duration("longest", before.longest());
    approvals.done();
    if (exemption.isZero() || exemption.compareTo(longest) > 0) {
      approvals.mistake(
          "'approvals.exemption' is %s: expected more than 0 and at most 'approvals.longest' with %s"
              .formatted(Durations.text(exemption), Durations.text(longest)));
      return before;
    }
    return new EvidenceRules(
        violation, criteria, cooldown, new TreeSet<>(second), exemption, longest);
  }

  private List<PolicyOverride> overrides(List<TableReader> tables, Duration longest) {
    List<PolicyOverride> overrides = new ArrayList<>(base.overrides());
    for (TableReader table : tables) {
      String what =
          table.needed("what", "an advisory's id, or the code of a signal or reason to set aside");
      boolean every = OverrideWords.isAdvisory(what) && EVERY.equals(table.textOrNull("crate"));
      CrateName crate = every ? null : table.crate("crate");
      var req = table.req("version");
      String reason = table.needed("reason", "why it is set aside");
      Instant expires = table.moment("expires");
      table.done();
      if (expires == null && !table.has("expires")) {
        table.mistake(
            "[override] lacks 'expires': a date at most %s ahead"
                .formatted(Durations.text(longest)));
      }
      checkExpiry(table, "expires", expires, longest);
      if (OverrideWords.isHard(what)) {
        table.mistakeAt("what", "'override.what' is '%s': %s".formatted(what, OverrideWords.WHY));
      }
      if ((crate != null || every) && expires != null) {
        overrides.add(new PolicyOverride(crate, req, what, reason, expires));
      }
    }
    return overrides;
  }

  /// Checks that an expiry is not too late. An expired override is not a mistake, since a valid
  /// file must not become invalid with time.
  private void checkExpiry(
      TableReader table, String key, @Nullable Instant expires, Duration longest) {
    if (expires != null && expires.isAfter(now.plus(longest))) {
      table.mistakeAt(
          key,
          "%s is more than %s ahead, which 'approvals.longest' forbids"
              .formatted(table.named(key), Durations.text(longest)));
    }
  }
}
