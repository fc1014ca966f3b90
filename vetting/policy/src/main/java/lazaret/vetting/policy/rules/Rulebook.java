package lazaret.vetting.policy.rules;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.AdvisoryGroup;
import lazaret.vetting.advisory.AdvisorySet;
import lazaret.vetting.advisory.FeedAge;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.audit.AuditSet;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.inspect.Ioc;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.UnlistedVerdict;
import lazaret.vetting.policy.UnlistedVersion;
import org.jspecify.annotations.Nullable;

/// The common basis of verdicts: the policy, the advisories and the audits in force. New data makes
/// a new rulebook. Immutable and thread-safe.
public final class Rulebook {
  private final Policy policy;
  private final AdvisorySet advisories;
  private final AuditSet audits;
  private final String policyGeneration;
  private final List<String> feeds;
  private final String bytes;
  private final String base;
  private final @Nullable Instant staleFrom;

  /// The rulebook for private crates; null in that one itself.
  private final @Nullable Rulebook hosted;

  private Rulebook(
      Policy policy, AdvisorySet advisories, AuditSet audits, @Nullable Rulebook hosted) {
    this.policy = policy;
    this.hosted = hosted;
    this.advisories = advisories;
    this.audits = audits;
    this.policyGeneration = policy.generation();
    this.feeds =
        advisories.feeds().stream()
            .map(f -> f.info())
            .map(
                i ->
                    "%s as of %s, %d %s"
                        .formatted(
                            i.name(),
                            i.asOf(),
                            i.records(),
                            i.records() == 1 ? "record" : "records"))
            .toList();
    this.bytes = bytes(advisories);
    this.base = (hosted == null ? "p" : "") + policyGeneration + bytes;
    this.staleFrom =
        advisories.feeds().stream()
            .map(f -> f.info())
            .filter(FeedInfo::ages)
            .map(i -> i.asOf().plus(policy.advisories().feeds().limits().stop()))
            .min(Comparator.naturalOrder())
            .orElse(null);
  }

  /// Creates a rulebook.
  public static Rulebook of(Policy policy, AdvisorySet advisories, AuditSet audits) {
    Rulebook hosted = new Rulebook(policy.hosted(), advisories.ofLocalFeeds(), AuditSet.NONE, null);
    return new Rulebook(policy, advisories, audits, hosted);
  }

  /// Creates a rulebook with a policy only.
  public static Rulebook of(Policy policy) {
    return of(policy, AdvisorySet.NONE, AuditSet.NONE);
  }

  /// Returns this rulebook with another policy.
  public Rulebook with(Policy other) {
    return of(other, advisories, audits);
  }

  /// Returns this rulebook with other advisories.
  public Rulebook with(AdvisorySet other) {
    return of(policy, other, audits);
  }

  /// Returns this rulebook with other audits.
  public Rulebook with(AuditSet other) {
    return of(policy, advisories, other);
  }

  /// Returns the rulebook for the private crates of this gate: of the advisories, those of local
  /// feeds and all that name bytes, and no audits.
  public Rulebook hosted() {
    return hosted == null ? this : hosted;
  }

  /// Returns the generation of the policy, see [Policy#generation()].
  public String policyGeneration() {
    return policyGeneration;
  }

  /// Returns the feeds for a person: name, time, number of records.
  public List<String> feeds() {
    return feeds;
  }

  /// Returns the policy.
  public Policy policy() {
    return policy;
  }

  /// Returns the advisories.
  public AdvisorySet advisories() {
    return advisories;
  }

  /// Returns the audits.
  public AuditSet audits() {
    return audits;
  }

  /// Returns a short name that is equal for two rulebooks exactly if they evaluate a crate alike at
  /// a time. New data on one crate does not change the name for others.
  public String generation(CrateName name, Instant now) {
    String said = advisories.digest(name);
    String generation = said.isEmpty() ? base : base + "-" + said;
    if (audits.speaksOf(name)) {
      generation += "+" + audits.digest(name).hex().substring(0, 16);
    }
    return stale(now) ? generation + "!" : generation;
  }

  /// The parts of a rulebook that verdicts on one crate rest on. If they are equal, two rulebooks
  /// evaluate the crate alike.
  ///
  /// @param policy generation of the policy
  /// @param bytes digest of the bytes that feeds name, whatever their crate is
  /// @param advisories digest of the advisories of the crate; empty if there are none
  /// @param audits digest of the audits of the crate
  /// @param age warning on the age of the feeds; empty if there is none
  public record CrateGeneration(
      String policy, String bytes, String advisories, Sha256 audits, String age) {
    /// Returns whether all parts are equal, ignoring the bytes that feeds name.
    public boolean equalsButForBytes(CrateGeneration other) {
      return policy.equals(other.policy)
          && advisories.equals(other.advisories)
          && audits.equals(other.audits)
          && age.equals(other.age);
    }
  }

  /// Returns the parts that verdicts on a crate rest on at a time.
  ///
  /// @param age result of [#age] for that time; it is the same for all crates
  public CrateGeneration crateGeneration(CrateName name, FeedAge age) {
    return new CrateGeneration(
        policyGeneration,
        bytes,
        advisories.digest(name),
        audits.digest(name),
        age.warns() ? age.state() + " " + age : "");
  }

  /// Returns whether the advisories are too old for vetting.
  public boolean stale(Instant now) {
    return staleFrom != null && !now.isBefore(staleFrom);
  }

  /// Returns the first time at which verdicts can mention the age of a feed; null if no feed
  /// becomes old. It is for a rulebook whose verdicts do not mention one yet.
  public @Nullable Instant freshUntil() {
    var limits = policy.advisories().feeds().limits();
    return advisories.feeds().stream()
        .map(f -> f.info())
        .filter(FeedInfo::ages)
        .map(i -> FeedAge.freshUntil(i, limits))
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /// Returns the time from which the advisories are too old for vetting; null if no feed becomes
  /// old.
  public @Nullable Instant staleFrom() {
    return staleFrom;
  }

  /// Returns the result for a version that the index does not list, by advisories and decisions
  /// only.
  public UnlistedVerdict evaluate(UnlistedVersion unlisted, Instant now) {
    return evaluate(
        unlisted, advisories.hits(unlisted.name(), unlisted.version(), unlisted.cksum()), now);
  }

  /// Returns the result for a version that the index does not list, by its decisions and some
  /// advisories only.
  ///
  /// @param hits the advisories, of this rulebook or others
  public UnlistedVerdict evaluate(UnlistedVersion unlisted, List<AdvisoryGroup> hits, Instant now) {
    return new PolicyEvaluator(policy).evaluate(unlisted, hits, now);
  }

  /// Returns the result for bytes from another source, by the records that name them.
  ///
  /// @param named the records; at least one
  public UnlistedVerdict evaluate(List<AdvisoryGroup> named) {
    return PolicyEvaluator.evaluate(named);
  }

  /// Returns the age of the advisories.
  public FeedAge age(Instant now) {
    return advisories.age(now, policy.advisories().feeds().limits());
  }

  /// Returns the warning on the age of feeds that a report contains once; empty if all feeds are
  /// fresh.
  public Optional<Reason> feedWarning(Instant now) {
    return AdvisoryRule.warning(age(now));
  }

  /// Returns the part of a generation for the bytes that feeds name. They belong to no crate and
  /// are therefore part of every generation.
  private static String bytes(AdvisorySet advisories) {
    String digests =
        advisories.iocs().of(Ioc.Kind.SHA256).map(Ioc::value).collect(Collectors.joining());
    return digests.isEmpty() ? "" : "/" + Sha256.of(Bytes.utf8(digests)).hex().substring(0, 8);
  }
}
