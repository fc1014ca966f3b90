package lazaret.bundle.trust;

import static lazaret.bundle.trust.TestStream.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.trust.TestStream.MemoryTrust;
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

/// One key in two encodings, which must not count as two signers.
class TwinKeyTest {
  private static final String ONE = "1.targets.json";
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private static MemoryTrust trust(TestStream stream) {
    MemoryTrust trust = new MemoryTrust();
    trust.write(Roles.ROOT, stream.files.getOrDefault("1.root.json", Bytes.EMPTY));
    return trust;
  }

  /// The same bytes in PEM with other line ends have another text and another id, but are the same
  /// key.
  @Test
  @Attack(3)
  void attack3OneKeyInTwoTextForms() {
    TestStream stream = TestStream.ofOne();
    SigningKey key = stream.keys("me").getLast();
    TufKey twin = wrappedOtherwise(key.publicKey());
    Map<String, TufKey> keys = new HashMap<>(stream.root.keys());
    keys.put(twin.id(), twin);
    Map<String, RoleKeys> roles = new HashMap<>(stream.root.roles());
    List<String> ids = new ArrayList<>(stream.root.signers(Roles.TARGETS).keyIds());
    ids.add(twin.id());
    roles.put(Roles.TARGETS, new RoleKeys(ids, 3));
    stream.root =
        new Metadata.Root(1, stream.root.expires(), true, keys, roles, stream.root.more());
    stream.publishRoot();
    Bytes canonical =
        MetadataReader.targets(stream.files.getOrDefault(ONE, Bytes.EMPTY), "targets").canonical();
    Map<String, String> signatures = new HashMap<>();
    stream.keys("me").forEach(k -> signatures.put(k.publicKey().id(), k.sign(canonical)));
    signatures.put(twin.id(), key.sign(canonical));
    stream.files.put(ONE, MetadataWriter.file(MetadataWriter.signed(stream.targets), signatures));
    stream.publishSnapshot(Map.of("targets.json", stream.meta(1, ONE)));

    BundleException refusal =
        catchThrowableOfType(
            BundleException.class,
            () -> BundleTrust.refresh(trust(stream), stream.source(), CLOCK));
    assertThat(refusal.reason()).isEqualTo(BundleCode.SIGNATURE_THRESHOLD);
  }

  @Test
  @Attack(3)
  void attack3TwoOfficersWithOneKeyInTwoTextForms() {
    TestStream stream = TestStream.ofThree();
    TufKey twin = wrappedOtherwise(stream.keys("ann").getLast().publicKey());
    Map<String, TufKey> keys = new HashMap<>(stream.root.keys());
    keys.put(twin.id(), twin);
    RootPolicy policy = RootPolicy.of(stream.root);
    Map<String, RootPolicy.Pair> pairs = new HashMap<>(policy.pairs());
    pairs.put(
        "ben", new RootPolicy.Pair(stream.keys("ben").getFirst().publicKey().id(), twin.id()));
    RootPolicy forged =
        new RootPolicy(
            pairs, policy.minPairs(), policy.decisionKeys(), policy.epoch(), policy.stream());
    var root =
        new Metadata.Root(
            1,
            stream.root.expires(),
            true,
            keys,
            stream.root.roles(),
            Map.of(RootPolicy.FIELD, forged.form()));

    assertThatThrownBy(() -> RootPolicy.of(root))
        .hasMessageContaining("two officers have the same key");
  }

  private static TufKey wrappedOtherwise(TufKey key) {
    TufKey twin =
        TufKey.of(key.type(), key.scheme(), key.material().replaceFirst("\n(.{32})", "\n$1\n"));
    assertThat(twin.id()).isNotEqualTo(key.id());
    assertThat(twin.isMlDsa65()).isTrue();
    return twin;
  }
}
