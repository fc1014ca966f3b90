package lazaret.bundle.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lazaret.bundle.BundleCode;
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

/// Attacks on the signatures, keys and thresholds of a bundle, numbers 1 to 12 and 23 of our list,
/// by an attacker who has the medium in hand, some keys or an old bundle. Each is refused with its
/// code, and changes nothing that is trusted but verified roots.
class SignatureAttacksTest extends TrustAttackScene {
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
    stream.sign(
        Roles.TARGETS, List.of(stream.keys("me").getFirst(), ForgedMetadata.rawMlDsa("me")));
    stream.publish();

    // One officer has one valid signature; the other signature of the pair is missing.
    refuses(BundleCode.HYBRID_POLICY_UNMET);
  }

  @Test
  @Attack(10)
  void attack10MlDsaOverTheRawBytesOfOneOfTwo() {
    List<SigningKey> keys = new ArrayList<>(stream.keys("ann"));
    keys.add(stream.keys("ben").getFirst());
    keys.add(ForgedMetadata.rawMlDsa("ben"));
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
            ? TufKey.of("ml-dsa", "ml-dsa-65/1", ForgedMetadata.mlDsa44Key())
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
          case "S+L" -> ForgedMetadata.malleated(sig);
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
    for (String r : ForgedMetadata.SMALL_ORDER) {
      System.arraycopy(HexFormat.of().parseHex(r), 0, signature, 0, 32);
      assertThat(zero.verifies(message, HexFormat.of().formatHex(signature))).isFalse();
    }
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
}
