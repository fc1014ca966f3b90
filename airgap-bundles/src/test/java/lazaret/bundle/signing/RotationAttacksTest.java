package lazaret.bundle.signing;

import static lazaret.bundle.trust.TestStream.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.keys.PublicPair;
import lazaret.bundle.keys.RootPlan;
import lazaret.bundle.trust.BundleTrust;
import lazaret.bundle.trust.RootPolicy;
import lazaret.bundle.trust.TestStream;
import lazaret.bundle.trust.TestStream.MemoryTrust;
import lazaret.bundle.tuf.FolderMetadataSource;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.RoleKeys;
import lazaret.bundle.tuf.Roles;
import lazaret.bundle.tuf.TargetPaths;
import lazaret.bundle.tuf.TufKey;
import lazaret.testkit.Attack;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The attacks on delegations, rotated keys and epochs: numbers 25 to 30 and 43 of
/// `docs/bundle-attacks.md`.
class RotationAttacksTest {
  private static final String ADVISORIES = "advisories";

  private final TestStream stream = TestStream.ofThree();
  private final MemoryTrust trust = new MemoryTrust();
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

  @BeforeEach
  void trustTheFirstRoot() {
    trust.write(Roles.ROOT, stream.files.getOrDefault("1.root.json", Bytes.EMPTY));
  }

  private BundleTrust.Verified accepts() {
    BundleTrust.Verified verified = BundleTrust.refresh(trust, stream.source(), clock);
    trust.kept.putAll(verified.candidates());
    return verified;
  }

  private void refuses(BundleCode code) {
    BundleException refusal =
        catchThrowableOfType(
            BundleException.class, () -> BundleTrust.refresh(trust, stream.source(), clock));
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(code);
  }

  /// Delegates advisories to cem's pair, under a given role name.
  private void delegate(String role, String path, Optional<Metadata.Delegations> further) {
    PublicPair cem = TestStream.pair("cem").publicPair();
    Map<String, TufKey> keys = new HashMap<>();
    cem.keys().forEach(key -> keys.put(key.id(), key));
    var signers = new RoleKeys(List.copyOf(keys.keySet()), 2);
    var delegation =
        new Metadata.Delegation(
            role, signers, true, new TargetPaths.Patterns(List.of("*advisories*")));
    stream.targets =
        new Metadata.Targets(
            1,
            stream.targets.expires(),
            stream.targets.targets(),
            Optional.of(new Metadata.Delegations(keys, List.of(delegation))));
    stream.put("1.targets.json", stream.targets, Roles.TARGETS);
    var own =
        new Metadata.Targets(
            1, stream.targets.expires(), Map.of(path, TestStream.file("denied")), further);
    stream.put("1." + ADVISORIES + ".json", own, stream.keys("cem"));
    stream.publishSnapshot(
        Map.of(
            "targets.json",
            stream.meta(1, "1.targets.json"),
            "advisories.json",
            stream.meta(1, "1.advisories.json")));
  }

  @Test
  void anOnCallOfficerMaySpeakOfAdvisories() {
    delegate(ADVISORIES, "advisories.ndjson.gz", Optional.empty());

    assertThat(accepts().delegated()).containsOnlyKeys(ADVISORIES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bundle.json", "part-0001.tar", "x/advisories"})
  @Attack(25)
  void attack25AdvisoriesSpeaksOfSomethingElse(String path) {
    delegate(ADVISORIES, path, Optional.empty());

    refuses(BundleCode.ROLE_NOT_AUTHORIZED);
  }

  @Test
  @Attack(25)
  void attack25HalfOfThePairOnCall() {
    delegate(ADVISORIES, "advisories.ndjson.gz", Optional.empty());
    stream.put(
        "1.advisories.json",
        new Metadata.Targets(1, stream.targets.expires(), Map.of(), Optional.empty()),
        stream.keys("cem").subList(0, 1));
    stream.publishSnapshot(
        Map.of(
            "targets.json",
            stream.meta(1, "1.targets.json"),
            "advisories.json",
            stream.meta(1, "1.advisories.json")));

    refuses(BundleCode.HYBRID_POLICY_UNMET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "Advisories", "a b"})
  @Attack(26)
  void attack26ARoleOfAnOddName(String role) {
    delegate(role, "advisories.ndjson.gz", Optional.empty());

    refuses(BundleCode.METADATA_MALFORMED);
  }

  @Test
  @Attack(27)
  void attack27ADelegationInACircle() {
    PublicPair cem = TestStream.pair("cem").publicPair();
    Map<String, TufKey> keys = new HashMap<>();
    cem.keys().forEach(key -> keys.put(key.id(), key));
    var circle =
        new Metadata.Delegations(
            keys,
            List.of(
                new Metadata.Delegation(
                    ADVISORIES,
                    new RoleKeys(List.copyOf(keys.keySet()), 2),
                    false,
                    new TargetPaths.Patterns(List.of("*")))));
    delegate(ADVISORIES, "advisories.ndjson.gz", Optional.of(circle));

    refuses(BundleCode.METADATA_MALFORMED);
  }

  private RootPlan withHost(String host, long epoch) {
    RootPlan plan =
        TestStream.plan(
            List.of(
                TestStream.pair("ann"),
                TestStream.pair("ben"),
                TestStream.pair("cem"),
                TestStream.pair(host)),
            Set.of("ann", "ben", "cem"),
            2,
            host);
    return new RootPlan(
        plan.stream(), epoch, plan.expires(), plan.officers(), plan.roles(), plan.decisionKeys());
  }

  @Test
  @Attack(28)
  void attack28ARotatedKeyIsReplayed() {
    accepts();
    stream.nextRoot(withHost("other", 2), "ann", "ben");
    stream.versions(2, 2, 2);
    stream.publish();

    refuses(BundleCode.SIGNATURE_THRESHOLD);
  }

  @Test
  @Attack(29)
  void attack29VersionsDrivenUpBindNoLongerAfterANewEpoch() {
    stream.versions(7, Long.MAX_VALUE, Long.MAX_VALUE);
    stream.publish();
    accepts();
    stream.versions(8, 8, 8);
    stream.publish();
    refuses(BundleCode.METADATA_ROLLBACK);

    stream.nextRoot(withHost("other", 2), "ann", "ben");
    stream.sign(Roles.SNAPSHOT, stream.keys("other"));
    stream.sign(Roles.TIMESTAMP, stream.keys("other"));
    stream.publish();

    assertThat(accepts().policy().epoch()).isEqualTo(2);
    stream.versions(7, 7, 7);
    stream.publish();
    refuses(BundleCode.METADATA_ROLLBACK);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 3})
  @Attack(29)
  void attack29NewKeysNeedTheNextEpoch(long epoch) {
    accepts();
    stream.nextRoot(withHost("other", epoch), "ann", "ben");

    refuses(BundleCode.BUNDLE_EPOCH_INVALID);
  }

  @Test
  @Attack(43)
  void attack43ANewEpochNeedsNewKeys() {
    accepts();
    stream.nextRoot(withHost("host", 2), "ann", "ben");

    refuses(BundleCode.BUNDLE_EPOCH_INVALID);
  }

  @Test
  void aRootOfAnotherStreamIsNotFollowed() {
    accepts();
    RootPlan plan = stream.plan;
    var other = new RootPolicy.Stream("test", plan.stream().uuid());
    stream.nextRoot(
        new RootPlan(other, 1, plan.expires(), plan.officers(), plan.roles(), plan.decisionKeys()),
        "ann",
        "ben");

    refuses(BundleCode.BUNDLE_WRONG_STREAM);
  }

  @Test
  void anOfficerThatWasLostIsReplacedByTheOthers() {
    accepts();
    RootPlan plan =
        TestStream.plan(
            List.of(
                TestStream.pair("ann"),
                TestStream.pair("ben"),
                TestStream.pair("dia"),
                TestStream.pair("host")),
            Set.of("ann", "ben", "dia"),
            2,
            "host");
    stream.nextRoot(plan, "ann", "ben");
    stream.sign(Roles.TARGETS, stream.keys("ben", "dia"));
    stream.versions(2, 2, 2);
    stream.publish();

    assertThat(accepts().policy().pairs()).containsOnlyKeys("ann", "ben", "dia", "host");
    stream.sign(Roles.TARGETS, stream.keys("ann", "cem"));
    stream.versions(3, 3, 3);
    stream.publish();
    refuses(BundleCode.SIGNATURE_THRESHOLD);
  }

  @Test
  void whoWasInTheDarkForYearsFollowsEveryRoot() {
    for (int i = 2; i <= 40; i++) {
      stream.nextRoot(
          stream.plan.until(NOW.plus(Duration.ofDays(i == 40 ? 100 : -i))), "ann", "cem");
    }

    assertThat(accepts().root().version()).isEqualTo(40);
    assertThat(RootPlan.of(accepts().root())).isEqualTo(stream.plan);
  }

  @Test
  @Attack(30)
  void attack30ABundleThatNobodySigned() {
    stream.signers.values().forEach(List::clear);
    stream.publish();

    refuses(BundleCode.SIGNATURE_THRESHOLD);
  }

  @Test
  @Attack(30)
  void attack30MetadataIsMissing(@TempDir Path folder) {
    BundleException refusal =
        catchThrowableOfType(
            BundleException.class, () -> FolderMetadataSource.read(folder.resolve("metadata")));
    assertThat(refusal.reason()).isEqualTo(BundleCode.METADATA_MISSING);

    stream.files.remove("1.targets.json");
    refuses(BundleCode.METADATA_MISSING);
    stream.files.clear();
    refuses(BundleCode.METADATA_MISSING);
  }

  @Test
  void nothingIsVerifiedWithoutTrust() {
    trust.kept.clear();

    refuses(BundleCode.TRUST_UNUSABLE);
  }
}
