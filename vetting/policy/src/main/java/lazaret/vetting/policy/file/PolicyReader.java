package lazaret.vetting.policy.file;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import lazaret.vetting.Bytes;
import lazaret.vetting.Durations;
import lazaret.vetting.advisory.FeedAgeLimits;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.policy.AdvisoryPolicy;
import lazaret.vetting.policy.AdvisoryPolicy.FeedAges;
import lazaret.vetting.policy.AdvisoryPolicy.Scores;
import lazaret.vetting.policy.AdvisoryPolicy.Severities;
import lazaret.vetting.policy.ApproverPolicy;
import lazaret.vetting.policy.EvidencePolicy;
import lazaret.vetting.policy.EvidencePolicy.Cooldown;
import lazaret.vetting.policy.EvidencePolicy.Risk;
import lazaret.vetting.policy.ManifestPolicy;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.Policy.AgeFrom;
import lazaret.vetting.policy.Policy.Cooldowns;
import lazaret.vetting.policy.Policy.FastLane;
import lazaret.vetting.policy.PolicyLevel;
import lazaret.vetting.policy.PolicyOverride;
import lazaret.vetting.policy.PrivatePolicy;
import lazaret.vetting.policy.SignalPolicy;
import lazaret.vetting.policy.TakeoverPolicy;
import lazaret.vetting.review.ContentRole;
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
  private final FormerPolicyNames former = new FormerPolicyNames();

  private PolicyReader(Policy base, Instant now) {
    this.base = base;
    this.now = now;
  }

  /// Reads a policy file.
  ///
  /// @param document the file
  /// @param base policy for settings that the file does not state
  /// @param now current time, for the maximum duration of overrides
  public static PolicyParseResult read(Bytes document, Policy base, Instant now) {
    PolicyReader reader = new PolicyReader(base, now);
    PolicyTable root = document(document, reader.mistakes, reader.former);
    if (root == null) {
      return reader.wrong();
    }
    FormerTables.refuse(root);
    Policy policy = reader.policy(root);
    List<PolicyExample> examples = PolicyExampleReader.examples(root.tables("test"), policy);
    root.done();
    reader.mistakes.addAll(reader.former.clashes());
    return reader.mistakes.isEmpty()
        ? new PolicyParseResult.Valid(policy, examples, reader.former.notes())
        : reader.wrong();
  }

  /// Reads a `deny.toml` as a policy.
  ///
  /// @param ignoreUntil time at which its ignored advisories count again
  public static PolicyParseResult readDeny(Bytes document, Policy base, Instant ignoreUntil) {
    PolicyReader reader = new PolicyReader(base, ignoreUntil);
    PolicyTable root = document(document, reader.mistakes, null);
    if (root == null) {
      return reader.wrong();
    }
    Policy policy = DenyReader.read(root, base, ignoreUntil);
    return reader.right(policy);
  }

  /// The usable parts of a `deny.toml`.
  ///
  /// @param outcome result; it is wrong if the file has mistakes other than keys without an effect
  ///   here
  /// @param omitted keys without an effect here, in the order of the file
  public record Lenient(PolicyParseResult outcome, List<PolicyMistake> omitted) {
    /// Copies the list.
    public Lenient {
      omitted = List.copyOf(omitted);
    }
  }

  /// Reads a `deny.toml` as a policy without the keys that have no effect for a registry. An empty
  /// list of allowed licenses, which `cargo deny init` writes, is omitted too, since it would hold
  /// every version.
  ///
  /// @param ignoreUntil time at which its ignored advisories count again
  public static Lenient readDenyLeniently(Bytes document, Policy base, Instant ignoreUntil) {
    PolicyReader reader = new PolicyReader(base, ignoreUntil);
    PolicyTable root = document(document, reader.mistakes, null);
    if (root == null) {
      return new Lenient(reader.wrong(), List.of());
    }
    Policy policy = DenyReader.read(root, base, ignoreUntil);
    List<PolicyMistake> leftOut =
        new ArrayList<>(reader.mistakes.stream().filter(PolicyMistake::canBeLeftOut).toList());
    reader.mistakes.removeIf(PolicyMistake::canBeLeftOut);
    ManifestPolicy.Licenses licenses = policy.manifest().licenses();
    if (licenses != null && licenses.allow().isEmpty() && licenses.exceptions().isEmpty()) {
      leftOut.add(
          new PolicyMistake(
              root.table("licenses").line(),
              1,
              "'licenses.allow' is empty, which would withhold every version: list the permitted"
                  + " licenses"));
      ManifestPolicy rules = policy.manifest();
      policy =
          policy.withManifest(
              new ManifestPolicy(
                  base.manifest().licenses(), rules.bans(), rules.crates(), rules.buildScripts()));
    }
    leftOut.sort(PolicyMistake.BY_PLACE);
    return new Lenient(reader.right(policy), leftOut);
  }

  private PolicyParseResult right(Policy policy) {
    return mistakes.isEmpty() ? new PolicyParseResult.Valid(policy, List.of(), List.of()) : wrong();
  }

  private PolicyParseResult wrong() {
    return new PolicyParseResult.Invalid(
        mistakes.stream().sorted(PolicyMistake.BY_PLACE).limit(MAX_MISTAKES).toList());
  }

  /// Returns the root table; null with a mistake if the document is not TOML.
  private static @Nullable PolicyTable document(
      Bytes document, List<PolicyMistake> mistakes, @Nullable FormerPolicyNames former) {
    PolicyTable root = PolicyTable.document(document, mistakes, former);
    return mistakes.isEmpty() ? root : null;
  }

  private Policy policy(PolicyTable root) {
    EvidencePolicy evidence = evidence(root);
    return new Policy(
        base.mode(),
        cooldowns(root),
        advisories(root),
        signals(root.table("signals")),
        takeover(root.table("takeover")),
        ManifestPolicyReader.manifest(root, base.manifest()),
        evidence,
        ManifestPolicyReader.sources(root.table("sources"), base.sources()),
        overrides(root.tables("override"), evidence.longest()),
        privateCrates(root.table("private")));
  }

  private PrivatePolicy privateCrates(PolicyTable table) {
    PrivatePolicy before = base.privateCrates();
    PrivatePolicy rules =
        new PrivatePolicy(
            table.word("hold", PrivatePolicy.Hold.class, before.hold()),
            table.duration("cooldown", before.cooldown()),
            table.word("similar-names", PrivatePolicy.SimilarNames.class, before.similarNames()),
            table.flag("self-approval", before.selfApproval()));
    table.done();
    return rules;
  }

  private Cooldowns cooldowns(PolicyTable root) {
    Cooldowns before = base.cooldowns();
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
    return new Cooldowns(automatic, cooldown, build, lane, from);
  }

  private AdvisoryPolicy advisories(PolicyTable root) {
    AdvisoryPolicy before = base.advisories();
    PolicyTable table = root.table("advisories");
    Severities was = before.vulnerabilities();
    AdvisoryPolicy rules =
        new AdvisoryPolicy(
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

  private static @Nullable Scores scores(PolicyTable advisories, @Nullable Scores before) {
    if (!advisories.has("score")) {
      PolicyTable _ = advisories.table("score");
      return before;
    }
    PolicyTable table = advisories.table("score");
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

  private static FeedAges feeds(PolicyTable table, FeedAges before) {
    Duration warn = table.duration("warn", before.limits().warn());
    Duration stop = table.duration("stop", before.limits().stop());
    AfterStop past =
        table.word(
            "after-stop",
            AfterStop.class,
            before.approvedToo() ? AfterStop.NOTHING : AfterStop.APPROVED);
    table.done();
    if (stop.compareTo(warn) < 0) {
      table.mistake(
          "'feeds.stop' is %s, shorter than 'feeds.warn' with %s"
              .formatted(Durations.text(stop), Durations.text(warn)));
      return before;
    }
    return new FeedAges(new FeedAgeLimits(warn, stop), past == AfterStop.NOTHING);
  }

  /// The versions that are served while feeds are too old.
  private enum AfterStop {
    APPROVED,
    NOTHING
  }

  private SignalPolicy signals(PolicyTable table) {
    SignalPolicy before = base.signals();
    SignalPolicy rules =
        new SignalPolicy(
            table.level("high", before.high()),
            table.level("review", before.review()),
            table.level("note", before.note()),
            table.levels("codes", before.codes()));
    table.done();
    return rules;
  }

  private TakeoverPolicy takeover(PolicyTable table) {
    TakeoverPolicy before = base.takeover();
    TakeoverPolicy rules =
        new TakeoverPolicy(
            table.level("level", before.level()), table.levels("codes", before.codes()));
    table.done();
    return rules;
  }

  private EvidencePolicy evidence(PolicyTable root) {
    EvidencePolicy before = base.evidence();
    PolicyTable audits = root.table("audits");
    PolicyLevel violation = audits.level("violation", before.violation());
    List<String> criteria = audits.texts("criteria", before.criteria());
    Cooldown cooldown = audits.word("cooldown", Cooldown.class, before.cooldown());
    audits.done();
    PolicyTable approvals = root.table("approvals");
    List<Risk> second =
        approvals.words("second-person", Risk.class, List.copyOf(before.secondPerson()));
    Duration exemption = approvals.duration("exemption", before.exemption());
    Duration longest = approvals.duration("max-duration", before.longest());
    ApproverPolicy approver =
        new ApproverPolicy(
            approvals.has("min-read")
                ? minRead(approvals.table("min-read"))
                : before.approver().minRead(),
            approvals.flag("requester-may-approve", before.approver().requesterMayApprove()));
    approvals.done();
    if (exemption.isZero() || exemption.compareTo(longest) > 0) {
      approvals.mistake(
          "'approvals.exemption' is %s: expected more than 0 and at most 'approvals.max-duration' with %s"
              .formatted(Durations.text(exemption), Durations.text(longest)));
      return before;
    }
    return new EvidencePolicy(
        violation, criteria, cooldown, new TreeSet<>(second), exemption, longest, approver);
  }

  /// Returns the shares to read for each role. 0 is the same as no entry.
  private static SortedMap<ContentRole, Integer> minRead(PolicyTable table) {
    SortedMap<ContentRole, Integer> shares = new TreeMap<>();
    for (ContentRole role : ContentRole.values()) {
      Integer percent =
          table.value(
              role.code(),
              "a whole number of percent from 0 to 100",
              raw -> raw instanceof Long n && n >= 0 && n <= 100 ? n.intValue() : null,
              null);
      if (percent != null && percent > 0) {
        shares.put(role, percent);
      }
    }
    table.done();
    return shares;
  }

  private List<PolicyOverride> overrides(List<PolicyTable> tables, Duration longest) {
    List<PolicyOverride> overrides = new ArrayList<>(base.overrides());
    for (PolicyTable table : tables) {
      String what =
          table.code(
              "what",
              table.needed(
                  "what", "an advisory's id, or the code of a signal or reason to set aside"));
      boolean every = OverrideTargets.isAdvisory(what) && EVERY.equals(table.textOrNull("crate"));
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
      if (OverrideTargets.isHard(what)) {
        table.mistakeAt("what", "'override.what' is '%s': %s".formatted(what, OverrideTargets.WHY));
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
      PolicyTable table, String key, @Nullable Instant expires, Duration longest) {
    if (expires != null && expires.isAfter(now.plus(longest))) {
      table.mistakeAt(
          key,
          "%s is more than %s ahead, which 'approvals.max-duration' forbids"
              .formatted(table.named(key), Durations.text(longest)));
    }
  }
}
