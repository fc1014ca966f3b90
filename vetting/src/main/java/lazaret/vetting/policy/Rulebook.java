package lazaret.vetting.policy;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.AdvisoryHit;
import lazaret.vetting.advisory.AdvisorySet;
import lazaret.vetting.advisory.FeedAge;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.advisory.Ioc;
import lazaret.vetting.audit.AuditSet;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// What verdicts rest on beside the crate itself: the policy, the advisories and the audits in
/// force. One rulebook never changes; new data makes a new one. Thread-safe.
public final class Rulebook {
  private final Policy policy;
  private final AdvisorySet advisories;
  private final AuditSet audits;
  private final String policyGeneration;
  private final List<String> feeds;
  private final String bytes;
  private final String base;
  private final @Nullable Instant staleFrom;

  private Rulebook(Policy policy, AdvisorySet advisories, AuditSet audits) {
    this.policy = policy;
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
    this.base = policyGeneration + bytes;
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
    return new Rulebook(policy, advisories, audits);
  }

  /// Creates a rulebook of a policy alone.
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

  /// Returns the generation of the policy, as [Policy#generation()] makes it.
  public String policyGeneration() {
    return policyGeneration;
  }

  /// Returns the feeds for a person: name, moment, number of records.
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

  /// Returns a short name that two rulebooks share for a crate at a moment exactly when they judge
  /// it alike: new data about one crate leaves the views of all others as they are.
  public String generation(CrateName name, Instant now) {
    String said = advisories.digest(name);
    String generation = said.isEmpty() ? base : base + "-" + said;
    if (audits.speaksOf(name)) {
      generation += "+" + audits.digest(name).hex().substring(0, 16);
    }
    return stale(now) ? generation + "!" : generation;
  }

  /// Everything of a rulebook that verdicts on one crate rest on: two rulebooks judge it alike
  /// where these are equal.
  ///
  /// @param policy the generation of the policy
  /// @param bytes a digest of the bytes that feeds name, whatever crate they are of
  /// @param advisories a digest of what feeds say of the crate; empty for nothing
  /// @param audits a digest of what audits say of it
  /// @param age what verdicts say of the age of the feeds; empty where they say nothing
  public record Bearing(String policy, String bytes, String advisories, Sha256 audits, String age) {
    /// Tells whether all is equal but for the bytes that feeds name.
    public boolean equalsButForBytes(Bearing other) {
      return policy.equals(other.policy)
          && advisories.equals(other.advisories)
          && audits.equals(other.audits)
          && age.equals(other.age);
    }
  }

  /// Returns what of this rulebook bears on a crate at a moment.
  ///
  /// @param age what [#age] returns for the moment: the same for all crates
  public Bearing bearing(CrateName name, FeedAge age) {
    return new Bearing(
        policyGeneration,
        bytes,
        advisories.digest(name),
        audits.digest(name),
        age.warns() ? age.state() + " " + age : "");
  }

  /// Tells whether the advisories are too old to vet by.
  public boolean stale(Instant now) {
    return staleFrom != null && !now.isBefore(staleFrom);
  }

  /// Returns from when on the advisories are too old to vet by; null where no feed ages.
  public @Nullable Instant staleFrom() {
    return staleFrom;
  }

  /// Judges a version that the index does not list, by advisories and decisions alone.
  public Unlisted judge(UnlistedVersion unlisted, Instant now) {
    return new Judge(policy)
        .judge(
            unlisted, advisories.hits(unlisted.name(), unlisted.version(), unlisted.cksum()), now);
  }

  /// Judges bytes that come from elsewhere, by the records that name them.
  ///
  /// @param named the records; at least one
  public Unlisted judge(List<AdvisoryHit> named) {
    return Judge.judge(named);
  }

  /// Returns how old the advisories are.
  public FeedAge age(Instant now) {
    return advisories.age(now, policy.advisories().feeds().limits());
  }

  /// Returns what an answer says of the feeds once, whatever it is about; empty while all are
  /// fresh.
  public Optional<Reason> feedWarning(Instant now) {
    return AdvisoryRule.warning(age(now));
  }

  /// The bytes that feeds name belong to no crate, so that they are part of every generation.
  private static String bytes(AdvisorySet advisories) {
    String digests =
        advisories.iocs().of(Ioc.Kind.SHA256).map(Ioc::value).collect(Collectors.joining());
    return digests.isEmpty() ? "" : "/" + Sha256.of(Bytes.utf8(digests)).hex().substring(0, 8);
  }
}
