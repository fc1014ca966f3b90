package lazaret.bundle.keys;

import static lazaret.bundle.keys.TestStream.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.keys.TestStream.MemoryTrust;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.MetadataReader;
import lazaret.bundle.tuf.MetadataWriter;
import lazaret.bundle.tuf.RoleKeys;
import lazaret.bundle.tuf.Roles;
import lazaret.bundle.tuf.SigningKey;
import lazaret.bundle.tuf.TufKey;
import lazaret.testkit.Attack;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The attacks on the trust in a bundle: numbers 1 to 24 of `docs/bundle-attacks.md`. The attacker
/// has the medium, some keys or an old bundle. Each attack is refused with its code, and changes
/// the trust store only by verified roots.
class TrustAttacksTest {
  private static final String ONE = "1.targets.json";

  private TestStream stream = TestStream.ofThree();
  private final MemoryTrust trust = new MemoryTrust();
  private Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

  private BundleTrust.Verified accepts() {
    if (trust.kept.isEmpty()) {
      trust.write(Roles.ROOT, stream.files.getOrDefault("1.root.json", Bytes.EMPTY));
    }
    BundleTrust.Verified verified = BundleTrust.refresh(trust, stream.source(), clock);
    trust.kept.putAll(verified.candidates());
    return verified;
  }

  private void refuses(BundleCode code) {
    if (trust.kept.isEmpty()) {
      trust.write(Roles.ROOT, stream.files.getOrDefault("1.root.json", Bytes.EMPTY));
    }
    Map<String, Bytes> before = new HashMap<>(trust.kept);
    BundleException refusal =
        catchThrowableOfType(
            BundleException.class, () -> BundleTrust.refresh(trust, stream.source(), clock));
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(code);
    Map<String, Bytes> after = new HashMap<>(trust.kept);
    after.remove(Roles.ROOT);
    before.remove(Roles.ROOT);
    assertThat(after).isEqualTo(before);
  }

  /// Publishes version 2 of everything.
  private void publishNext() {
    stream.versions(2, 2, 2);
    stream.publish();
  }

  @Test
  void anHonestBundleIsAcceptedAndSoIsTheNext() {
    assertThat(accepts().policy().stream().name()).isEqualTo("prod");
    publishNext();

    assertThat(accepts().targets().version()).isEqualTo(2);
    assertThat(accepts().candidates()).containsOnlyKeys("targets", "snapshot", "timestamp");
  }

  @Test
  void oneOperatorIsEnoughWhereTheRootSaysSo() {
    stream = TestStream.ofOne();

    assertThat(accepts().policy().pairs()).containsOnlyKeys("me");
  }

  @ParameterizedTest
  @ValueSource(strings = {"timestamp.json", "1.snapshot.json", ONE})
  @Attack(1)
  void attack1AByteOfWhatIsSigned(String name) {
    stream.edit(name, "2027-01-03", "2027-01-04");
    if (name.equals(ONE)) {
      stream.publishSnapshot(Map.of("targets.json", stream.meta(1, ONE)));
    } else if (name.equals("1.snapshot.json")) {
      stream.publishTimestamp();
    }

    refuses(BundleCode.SIGNATURE_THRESHOLD);
  }

  @Test
  @Attack(1)
  void attack1AByteOfTheRoot() {
    accepts();
    stream.nextRoot(stream.plan, "ann", "ben");
    stream.edit("2.root.json", "2029-08-20", "2029-08-21");

    refuses(BundleCode.SIGNATURE_THRESHOLD);
  }

  @Test
  @Attack(2)
  void attack2OneSignatureTooFew() {
    stream.signers(Roles.TARGETS).removeLast();
    stream.publish();

    refuses(BundleCode.SIGNATURE_THRESHOLD);
  }

  @Test
  @Attack(3)
  void attack3OneKeyUnderTwoIds() {
    stream = TestStream.ofOne();
    SigningKey key = stream.keys("me").getFirst();
    TufKey own = key.publicKey();
    Map<String, TufKey> keys = new HashMap<>(stream.root.keys());
    keys.put("twin", new TufKey("twin", own.type(), own.scheme(), own.material()));
    Map<String, RoleKeys> roles = new HashMap<>(stream.root.roles());
    List<String> ids = new ArrayList<>(stream.root.signers(Roles.TARGETS).keyIds());
    ids.add("twin");
    roles.put(Roles.TARGETS, new RoleKeys(ids, 3));
    stream.root =
        new Metadata.Root(1, stream.root.expires(), true, keys, roles, stream.root.more());
    stream.publishRoot();
    var signed = MetadataWriter.signed(stream.targets);
    Map<String, String> signatures = new HashMap<>();
    Bytes canonical =
        MetadataReader.targets(stream.files.getOrDefault(ONE, Bytes.EMPTY), "targets").canonical();
    stream.keys("me").forEach(k -> signatures.put(k.publicKey().id(), k.sign(canonical)));
    signatures.put("twin", key.sign(canonical));
    stream.files.put(ONE, MetadataWriter.file(signed, signatures));
    stream.publishSnapshot(Map.of("targets.json", stream.meta(1, ONE)));

    refuses(BundleCode.SIGNATURE_THRESHOLD);
  }

  @Test
  @Attack(4)
  void attack4AKeyIdThatSignsTwice() {
    String file = stream.text("timestamp.json");
    String first = file.substring(file.indexOf("[{") + 1, file.indexOf("}") + 1);
    stream.edit("timestamp.json", "\"signatures\":[", "\"signatures\":[" + first + ",");

    refuses(BundleCode.METADATA_MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1"})
  @Attack(5)
  void attack5AThresholdBelowOne(String threshold) {
    accepts();
    stream.nextRoot(stream.plan, "ann", "ben");
    stream.edit("2.root.json", "\"threshold\":2", "\"threshold\":" + threshold);

    refuses(BundleCode.THRESHOLD_INVALID);
  }

  @Test
  @Attack(6)
  void attack6AThresholdOutOfReach() {
    Map<String, RoleKeys> roles = new HashMap<>(stream.root.roles());
    roles.put(Roles.TARGETS, new RoleKeys(stream.root.signers(Roles.TARGETS).keyIds(), 7));
    stream.root =
        new Metadata.Root(
            1, stream.root.expires(), true, stream.root.keys(), roles, stream.root.more());
    stream.publishRoot();
    stream.sign(Roles.TARGETS, stream.keys("ann", "ben", "cem"));
    stream.publish();

    refuses(BundleCode.SIGNATURE_THRESHOLD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ml-dsa"})
  @Attack({7, 8})
  void attacks7And8HalvesOfOneAlgorithm(String type) {
    stream.sign(
        Roles.TARGETS,
        stream.keys("ann", "ben", "cem").stream()
            .filter(key -> key.publicKey().type().equals(type))
            .toList());
    stream.publish();

    refuses(BundleCode.HYBRID_POLICY_UNMET);
  }

  @Test
  @Attack(9)
  void attack9HalvesOfTwoOfficers() {
    stream = TestStream.ofAny();
    stream.sign(
        Roles.TARGETS, List.of(stream.keys("ann").getFirst(), stream.keys("ben").getLast()));
    stream.publish();

    refuses(BundleCode.HYBRID_POLICY_UNMET);
  }

  @Test
  @Attack(9)
  void attack9AWholePairAndTwoHalvesAreNotTwoPairs() {
    List<SigningKey> keys = new ArrayList<>(stream.keys("ann"));
    keys.add(stream.keys("ben").getFirst());
    keys.add(stream.keys("cem").getLast());
    stream.sign(Roles.TARGETS, keys);
    stream.publish();

    refuses(BundleCode.HYBRID_POLICY_UNMET);
  }

  @Test
  @Attack(10)
  void attack10MlDsaOverTheRawBytes() {
    stream = TestStream.ofOne();
    stream.sign(Roles.TARGETS, List.of(stream.keys("me").getFirst(), Forged.rawMlDsa("me")));
    stream.publish();

    // One officer has one valid signature; the other signature of the pair is missing.
    refuses(BundleCode.HYBRID_POLICY_UNMET);
  }

  @Test
  @Attack(10)
  void attack10MlDsaOverTheRawBytesOfOneOfTwo() {
    List<SigningKey> keys = new ArrayList<>(stream.keys("ann"));
    keys.add(stream.keys("ben").getFirst());
    keys.add(Forged.rawMlDsa("ben"));
    stream.sign(Roles.TARGETS, keys);
    stream.publish();

    refuses(BundleCode.SIGNATURE_THRESHOLD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ml-dsa-65/2", "ml-dsa-44"})
  @Attack(11)
  void attack11AKeyOfAnotherScheme(String scheme) {
    TufKey own = stream.keys("cem").getLast().publicKey();
    TufKey other =
        scheme.equals("ml-dsa-44")
            ? TufKey.of("ml-dsa", "ml-dsa-65/1", Forged.mlDsa44Key())
            : TufKey.of("ml-dsa", scheme, own.material());
    Map<String, TufKey> keys = new HashMap<>(stream.root.keys());
    keys.put(other.id(), other);
    stream.root =
        new Metadata.Root(
            2, stream.root.expires(), true, keys, stream.root.roles(), stream.root.more());
    stream.publishRoot();

    refuses(BundleCode.KEY_MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"S+L", "short", "long", "empty", "not hex"})
  @Attack(12)
  void attack12ASignatureOfAnOddForm(String how) {
    String name = "timestamp.json";
    SigningKey key = stream.keys("host").getFirst();
    String sig =
        key.sign(
            MetadataReader.timestamp(stream.files.getOrDefault(name, Bytes.EMPTY)).canonical());
    String odd =
        switch (how) {
          case "S+L" -> Forged.malleated(sig);
          case "short" -> sig.substring(2);
          case "long" -> sig + "00";
          case "empty" -> "";
          default -> "zz" + sig.substring(2);
        };
    SigningKey second = stream.keys("host").getLast();
    stream.files.put(
        name,
        MetadataWriter.file(
            MetadataWriter.signed(stream.timestamp),
            Map.of(key.publicKey().id(), odd, second.publicKey().id(), second.sign(Bytes.EMPTY))));

    refuses(BundleCode.SIGNATURE_THRESHOLD);
  }

  @Test
  @Attack(12)
  void attack12AKeyOfZeroesSignsNothing() {
    Bytes message = Bytes.utf8("anything");
    TufKey zero = TufKey.of("ed25519", "ed25519", "0".repeat(64));
    byte[] signature = new byte[64];

    // R = -kA for a point A of order four: one of four values, S = 0.
    for (String r : Forged.SMALL_ORDER) {
      System.arraycopy(HexFormat.of().parseHex(r), 0, signature, 0, 32);
      assertThat(zero.verifies(message, HexFormat.of().formatHex(signature))).isFalse();
    }
  }

  @Test
  @Attack(13)
  void attack13ARootIsMissing() {
    accepts();
    stream.nextRoot(stream.plan, "ann", "ben");
    stream.files.remove("2.root.json");
    stream.nextRoot(stream.plan, "ann", "ben");

    refuses(BundleCode.ROOT_VERSION_GAP);
  }

  @Test
  @Attack(14)
  void attack14ARootThatOnlyOneSideSigned() {
    RootPlan thieves =
        TestStream.plan(
            List.of(TestStream.pair("eve"), TestStream.pair("mal"), stream.people.get("host")),
            java.util.Set.of("eve", "mal"),
            2,
            "host");
    accepts();
    stream.nextRoot(thieves, "eve", "mal");
    refuses(BundleCode.ROOT_CHAIN_BROKEN);

    stream.sign(Roles.ROOT, stream.keys("ann", "ben"));
    stream.publishRoot();
    refuses(BundleCode.ROOT_CHAIN_BROKEN);
  }

  @Test
  @Attack(15)
  void attack15TheNameOfARootIsNotItsVersion() {
    accepts();
    stream.root = stream.plan.root(3);
    stream.put("2.root.json", stream.root, Roles.ROOT);

    refuses(BundleCode.METADATA_VERSION_MISMATCH);
  }

  @Test
  @Attack(16)
  void attack16OlderMetadata() {
    stream.versions(5, 5, 5);
    stream.publish();
    accepts();

    stream.versions(5, 5, 4);
    stream.publish();
    refuses(BundleCode.METADATA_ROLLBACK);
    stream.versions(5, 4, 6);
    stream.publish();
    refuses(BundleCode.METADATA_ROLLBACK);
    stream.versions(4, 6, 6);
    stream.publish();
    refuses(BundleCode.METADATA_ROLLBACK);
  }

  @Test
  @Attack(16)
  void attack16AnOlderRoot() {
    stream.nextRoot(stream.plan, "ann", "ben");
    accepts();
    stream.files.remove("2.root.json");

    refuses(BundleCode.METADATA_ROLLBACK);
  }

  @Test
  @Attack(17)
  void attack17TheSameVersionWithOtherContent() {
    accepts();
    stream.targets =
        new Metadata.Targets(
            1,
            stream.targets.expires(),
            Map.of("bundle.json", TestStream.file("other")),
            stream.targets.delegations());
    stream.publish();
    refuses(BundleCode.METADATA_CONTENT_CHANGED);

    stream.versions(1, 2, 2);
    stream.publish();
    refuses(BundleCode.METADATA_CONTENT_CHANGED);
  }

  @Test
  @Attack(17)
  void attack17TheTrustedRootWithOtherContent() {
    accepts();
    stream.root = stream.plan.until(NOW.plus(Duration.ofDays(500))).root(1);
    stream.publishRoot();

    refuses(BundleCode.METADATA_CONTENT_CHANGED);
  }

  @Test
  void moreSignaturesAreNotOtherContent() {
    accepts();
    stream.sign(Roles.TARGETS, stream.keys("ann", "ben", "cem"));
    stream.versions(1, 2, 2);
    stream.publish();

    assertThat(accepts().targets().version()).isEqualTo(1);
  }

  @Test
  @Attack(18)
  void attack18ARoleIsDroppedFromTheSnapshot() {
    Metadata.MetaFile own = stream.meta(1, ONE);
    stream.publishSnapshot(Map.of("targets.json", own, "advisories.json", own));
    accepts();
    publishNext();

    refuses(BundleCode.METADATA_ROLLBACK);
  }

  @Test
  @Attack(19)
  void attack19TargetsOfAnotherBundle() {
    Bytes snapshot = stream.files.getOrDefault("1.snapshot.json", Bytes.EMPTY);
    Bytes timestamp = stream.files.getOrDefault("timestamp.json", Bytes.EMPTY);
    stream.targets =
        new Metadata.Targets(1, stream.targets.expires(), Map.of(), stream.targets.delegations());
    stream.publish();
    stream.files.put("1.snapshot.json", snapshot);
    stream.files.put("timestamp.json", timestamp);

    refuses(BundleCode.METADATA_HASH_MISMATCH);
  }

  @Test
  @Attack(20)
  void attack20ARootAsTargets() {
    stream.put(ONE, stream.root, Roles.ROOT);
    stream.publishSnapshot(Map.of("targets.json", stream.meta(1, ONE)));

    refuses(BundleCode.METADATA_TYPE_MISMATCH);
  }

  @Test
  @Attack(21)
  void attack21WhatHasExpired() {
    clock = Clock.fixed(NOW.plus(Duration.ofDays(41)), ZoneOffset.UTC);
    refuses(BundleCode.METADATA_EXPIRED);

    clock = Clock.fixed(NOW.plus(Duration.ofDays(1_001)), ZoneOffset.UTC);
    refuses(BundleCode.METADATA_EXPIRED);
  }

  @Test
  @Attack(21)
  void attack21TargetsThatExpiredWhileTheRestWasRenewed() {
    stream.targets =
        new Metadata.Targets(
            1, NOW.minusSeconds(1), stream.targets.targets(), stream.targets.delegations());
    stream.publish();

    refuses(BundleCode.METADATA_EXPIRED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9999-12-31T23:59:59Z", "2027-11-26T00:00:00Z"})
  @Attack(21)
  void attack21WhatExpiresTooLate(String moment) {
    stream.targets =
        new Metadata.Targets(
            1, Instant.parse(moment), stream.targets.targets(), stream.targets.delegations());
    stream.publish();

    refuses(BundleCode.METADATA_MALFORMED);
  }

  @Test
  @Attack(21)
  void attack21AMomentThatIsNotUtc() {
    stream.edit("timestamp.json", "2027-01-03T12:00:00Z", "2027-01-03T12:00:00+02:00");

    refuses(BundleCode.METADATA_MALFORMED);
  }

  @Test
  @Attack(22)
  void attack22TheClockIsSetBack() {
    Instant floor = NOW.plus(Duration.ofDays(50));

    BundleException refusal =
        catchThrowableOfType(BundleException.class, () -> ClockFloor.over(clock, floor));

    assertThat(refusal.reason()).isEqualTo(BundleCode.CLOCK_BEHIND);
    clock = ClockFloor.over(Clock.fixed(floor.minusSeconds(3_600), ZoneOffset.UTC), floor);
    assertThat(clock.instant()).isEqualTo(floor);
    refuses(BundleCode.METADATA_EXPIRED);
  }

  @Test
  @Attack(23)
  void attack23AThousandSignatures() {
    String many =
        IntStream.range(0, 1_000)
            .mapToObj("{\"keyid\":\"%d\",\"sig\":\"00\"},"::formatted)
            .collect(Collectors.joining());
    stream.edit("timestamp.json", "\"signatures\":[", "\"signatures\":[" + many);

    refuses(BundleCode.LIMIT_EXCEEDED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"twice", "NaN", "float", "BOM", "trailing", "deep", "control", "not ASCII"})
  @Attack(24)
  void attack24WhatTwoReadersSeeDifferently(String how) {
    String name = "timestamp.json";
    switch (how) {
      case "twice" -> stream.edit(name, "\"version\":1}", "\"version\":1,\"version\":2}");
      case "NaN" -> stream.edit(name, "\"version\":1}", "\"version\":NaN}");
      case "float" -> stream.edit(name, "\"version\":1}", "\"version\":1.0}");
      case "BOM" -> stream.files.put(name, Bytes.utf8("\uFEFF" + stream.text(name)));
      case "trailing" -> stream.files.put(name, Bytes.utf8(stream.text(name) + "{}"));
      case "deep" -> stream.files.put(name, Bytes.utf8("[".repeat(10_000) + "]".repeat(10_000)));
      case "control" -> stream.edit(name, "\"timestamp\"", "\"time\u0000stamp\"");
      default -> {
        stream.targets =
            new Metadata.Targets(
                1,
                stream.targets.expires(),
                Map.of("b\u00fcndel.json", TestStream.file("{}")),
                stream.targets.delegations());
        stream.publish();
      }
    }

    refuses(BundleCode.METADATA_MALFORMED);
  }

  /// The signatures and keys of an attacker.
  private static final class Forged {
    /// The order of the group of Ed25519.
    private static final BigInteger ORDER =
        BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    /// The points of order one, two and four.
    static final List<String> SMALL_ORDER =
        List.of(
            "01" + "00".repeat(31),
            "ec" + "ff".repeat(30) + "7f",
            "00".repeat(32),
            "00".repeat(31) + "80");

    /// Returns a key whose signatures lack the prefix and digest of TAP 21.
    static SigningKey rawMlDsa(String name) {
      SigningPair pair = TestStream.pair(name);
      return new SigningKey() {
        @Override
        public TufKey publicKey() {
          return pair.mlDsa().publicKey();
        }

        @Override
        public String sign(Bytes canonical) {
          return RawMlDsa.sign(name, canonical);
        }
      };
    }

    static String mlDsa44Key() {
      return RawMlDsa.publicKey44();
    }

    static String malleated(String signature) {
      byte[] bytes = HexFormat.of().parseHex(signature);
      byte[] s = reversed(Arrays.copyOfRange(bytes, 32, 64));
      byte[] larger = new BigInteger(1, s).add(ORDER).toByteArray();
      byte[] padded = new byte[32];
      System.arraycopy(larger, larger.length - 32, padded, 0, 32);
      System.arraycopy(reversed(padded), 0, bytes, 32, 32);
      return HexFormat.of().formatHex(bytes);
    }

    private static byte[] reversed(byte[] bytes) {
      byte[] reversed = new byte[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        reversed[i] = bytes[bytes.length - 1 - i];
      }
      return reversed;
    }
  }
}
