package lazaret.bundle.tuf;

import static lazaret.bundle.tuf.TestRepository.NOW;
import static lazaret.bundle.tuf.TestRepository.ed25519;
import static lazaret.bundle.tuf.TestRepository.mlDsa;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.tuf.TestRepository.MemoryStore;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The client workflow with malicious repositories.
class TufClientTest {
  private final TestRepository repository = TestRepository.published();
  private final MemoryStore store = new MemoryStore();
  private Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

  private TufClient refresh() throws IOException {
    if (store.kept.isEmpty()) {
      store.kept.put(Roles.ROOT, repository.files.getOrDefault("1.root.json", Bytes.EMPTY));
    }
    return TufClient.refreshed(store, repository, clock);
  }

  /// Asserts that the refresh is refused, and that the stored files of the later roles are
  /// unchanged.
  private void refuses(BundleCode code) {
    Map<String, Bytes> before = new HashMap<>(store.kept);
    BundleException refusal = catchThrowableOfType(BundleException.class, this::refresh);
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).isEqualTo(code);
    assertThat(store.kept.get(Roles.TARGETS)).isEqualTo(before.get(Roles.TARGETS));
  }

  @Test
  void asksForTheNextRootAndThenForEachRoleOnce() throws IOException {
    refresh();

    assertThat(repository.asked)
        .containsExactly("2.root.json", "timestamp.json", "1.snapshot.json", "1.targets.json");
    assertThat(store.kept)
        .containsEntry(Roles.TARGETS, repository.files.get("1.targets.json"))
        .containsKeys(Roles.ROOT, Roles.TIMESTAMP, Roles.SNAPSHOT);
  }

  @Test
  void asksAgainOnlyForWhatIsNew() throws IOException {
    refresh();
    repository.asked.clear();

    refresh();

    assertThat(repository.asked).containsExactly("2.root.json", "timestamp.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"timestamp.json", "1.snapshot.json", "1.targets.json"})
  void refusesAChangedByte(String name) {
    repository.edit(name, "2026-12-24", "2027-12-24");

    refuses(BundleCode.SIGNATURE_THRESHOLD);
  }

  @Test
  void refusesARootWithAChangedByte() throws IOException {
    refresh();
    repository.nextRoot();
    repository.edit("2.root.json", "2026-12-24", "2027-12-24");

    refuses(BundleCode.SIGNATURE_THRESHOLD);
  }

  @Test
  void refusesOneSignatureLessThanTheThreshold() {
    repository.signers(Roles.TARGETS).add(ed25519("second"));
    repository.signers(Roles.TARGETS).add(ed25519("third"));
    repository.trustSigners();
    repository.threshold(Roles.TARGETS, 3);
    repository.nextRoot();
    repository.signers(Roles.TARGETS).removeLast();
    repository.publishNext();

    refuses(BundleCode.SIGNATURE_THRESHOLD);
  }

  @Test
  void countsOneKeyUnderTwoIdsOnce() {
    SigningKey key = ed25519(Roles.TARGETS);
    TufKey twin =
        new TufKey(
            "twin", key.publicKey().type(), key.publicKey().scheme(), key.publicKey().material());
    Map<String, TufKey> keys = new HashMap<>(repository.root.keys());
    keys.put("twin", twin);
    Map<String, RoleKeys> roles = new HashMap<>(repository.root.roles());
    roles.put(Roles.TARGETS, new RoleKeys(List.of(key.publicKey().id(), "twin"), 2));
    repository.root = new Metadata.Root(1, repository.root.expires(), true, keys, roles);
    repository.nextRoot();
    repository.publishNext();
    String signature = "{\"keyid\":\"" + key.publicKey().id() + "\",\"sig\":\"";
    String file = repository.text("2.targets.json");
    String value = file.substring(file.indexOf(signature) + signature.length());
    value = value.substring(0, value.indexOf('"'));
    repository.edit(
        "2.targets.json",
        "\"signatures\":[",
        "\"signatures\":[{\"keyid\":\"twin\",\"sig\":\"" + value + "\"},");

    refuses(BundleCode.SIGNATURE_THRESHOLD);
  }

  @Test
  void refusesAKeyIdThatSignsTwiceThoughTheThresholdIsMet() {
    String file = repository.text("1.targets.json");
    String signature = file.substring(file.indexOf("[{") + 1, file.indexOf("}]") + 1);
    repository.edit("1.targets.json", "\"signatures\":[", "\"signatures\":[" + signature + ",");

    refuses(BundleCode.METADATA_MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1"})
  void refusesAThresholdBelowOne(String threshold) {
    repository.nextRoot();
    repository.edit("2.root.json", "\"threshold\":1", "\"threshold\":" + threshold);

    refuses(BundleCode.THRESHOLD_INVALID);
  }

  @Test
  void refusesAThresholdThatItsKeysCannotReach() {
    repository.threshold(Roles.SNAPSHOT, 2);
    repository.nextRoot();
    repository.publishNext();

    refuses(BundleCode.SIGNATURE_THRESHOLD);
  }

  @Test
  void takesMlDsaSignaturesOverThePrefixedDigest() throws IOException {
    repository.signers.put(Roles.TARGETS, new ArrayList<>(List.of(mlDsa("officer"))));
    repository.trustSigners();
    repository.nextRoot();
    repository.publishNext();

    refresh();

    assertThat(store.kept).containsEntry(Roles.TARGETS, repository.files.get("2.targets.json"));
  }

  @ParameterizedTest
  @CsvSource({"ml-dsa-65/1,ml-dsa-65/2", "ml-dsa-65/1,ml-dsa-44/1"})
  void doesNotCountKeysOfAnotherScheme(String scheme, String other) {
    repository.signers.put(Roles.TARGETS, new ArrayList<>(List.of(mlDsa("officer"))));
    repository.trustSigners();
    Map<String, TufKey> keys = new HashMap<>();
    repository
        .root
        .keys()
        .forEach(
            (id, key) ->
                keys.put(
                    id,
                    new TufKey(
                        id,
                        key.type(),
                        key.scheme().equals(scheme) ? other : key.scheme(),
                        key.material())));
    repository.root =
        new Metadata.Root(1, repository.root.expires(), true, keys, repository.root.roles());
    repository.nextRoot();
    repository.publishNext();

    refuses(BundleCode.SIGNATURE_THRESHOLD);
  }

  @Test
  void refusesARootThatLeavesOneOut() {
    repository.root(3);
    repository.publishRoot();
    repository.files.put("2.root.json", repository.files.getOrDefault("3.root.json", Bytes.EMPTY));

    refuses(BundleCode.METADATA_VERSION_MISMATCH);
  }

  @Test
  void refusesARootThatOnlyNewKeysSigned() {
    repository.signers.put(Roles.ROOT, new ArrayList<>(List.of(ed25519("thief"))));
    repository.trustSigners();
    repository.nextRoot();

    refuses(BundleCode.ROOT_CHAIN_BROKEN);
  }

  @Test
  void refusesARootThatOnlyOldKeysSigned() {
    SigningKey old = ed25519(Roles.ROOT);
    repository.signers.put(Roles.ROOT, new ArrayList<>(List.of(ed25519("new"))));
    repository.trustSigners();
    repository.signers.put(Roles.ROOT, new ArrayList<>(List.of(old)));
    repository.nextRoot();

    refuses(BundleCode.ROOT_CHAIN_BROKEN);
  }

  @Test
  void followsARotationSignedByBoth() throws IOException {
    SigningKey old = ed25519(Roles.ROOT);
    repository.signers.put(Roles.ROOT, new ArrayList<>(List.of(ed25519("new"))));
    repository.trustSigners();
    repository.signers(Roles.ROOT).add(old);
    repository.nextRoot();
    repository.signers(Roles.ROOT).remove(old);
    repository.nextRoot();

    refresh();

    assertThat(store.kept).containsEntry(Roles.ROOT, repository.files.get("3.root.json"));
  }

  @Test
  void refusesAnOlderTimestamp() throws IOException {
    repository.publishNext();
    refresh();
    repository.versions(2, 1);
    repository.publishTimestamp();

    refuses(BundleCode.METADATA_ROLLBACK);
  }

  @Test
  void refusesAnOlderSnapshotUnderANewTimestamp() throws IOException {
    repository.publishNext();
    refresh();
    repository.versions(1, 3);
    repository.publishSnapshot();

    refuses(BundleCode.METADATA_ROLLBACK);
  }

  @Test
  void refusesOlderTargetsUnderANewSnapshot() throws IOException {
    repository.publishNext();
    refresh();
    repository.targets =
        new Metadata.Targets(1, repository.targets.expires(), Map.of(), Optional.empty());
    repository.versions(3, 3);
    repository.publish();

    refuses(BundleCode.METADATA_ROLLBACK);
  }

  @Test
  void refusesASnapshotThatDropsARole() throws IOException {
    refresh();
    repository.snapshot = new Metadata.Snapshot(2, repository.snapshot.expires(), Map.of());
    repository.versions(2, 2);
    repository.publishSnapshot();

    refuses(BundleCode.METADATA_ROLLBACK);
  }

  @Test
  void keepsATimestampWhoseVersionIsTheSameWhateverElseItSays() throws IOException {
    refresh();
    repository.timestamp =
        new Metadata.Timestamp(1, repository.timestamp.expires(), TestRepository.metaFile(100));
    repository.publishTimestamp();

    refresh();

    assertThat(store.kept.get(Roles.TIMESTAMP))
        .isNotEqualTo(repository.files.get("timestamp.json"));
  }

  @Test
  void forgetsVersionsThatAThiefDroveUpOnceTheKeysAreRotated() throws IOException {
    repository.versions(1, Long.MAX_VALUE);
    repository.publishTimestamp();
    refresh();
    repository.signers.put(Roles.TIMESTAMP, new ArrayList<>(List.of(ed25519("fresh"))));
    repository.trustSigners();
    repository.nextRoot();
    repository.versions(1, 1);
    repository.publishTimestamp();

    refresh();

    assertThat(store.kept).containsEntry(Roles.TIMESTAMP, repository.files.get("timestamp.json"));
  }

  @Test
  void refusesARoleInThePlaceOfAnother() {
    repository.signers(Roles.TIMESTAMP).add(ed25519(Roles.SNAPSHOT));
    repository.trustSigners();
    repository.nextRoot();
    repository.files.put(
        "timestamp.json", repository.files.getOrDefault("1.snapshot.json", Bytes.EMPTY));

    refuses(BundleCode.METADATA_TYPE_MISMATCH);
  }

  @Test
  void refusesAFileWhoseVersionIsNotTheOneOfItsName() {
    repository.snapshot =
        new Metadata.Snapshot(2, repository.snapshot.expires(), repository.snapshot.files());
    repository.put("1.snapshot.json", repository.snapshot, repository.signers(Roles.SNAPSHOT));

    refuses(BundleCode.METADATA_VERSION_MISMATCH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"root", "timestamp", "snapshot", "targets"})
  void refusesWhatHasExpired(String role) {
    Instant past = NOW.minus(Duration.ofSeconds(1));
    switch (role) {
      case "root" ->
          repository.root =
              new Metadata.Root(1, past, true, repository.root.keys(), repository.root.roles());
      case "timestamp" ->
          repository.timestamp = new Metadata.Timestamp(1, past, TestRepository.metaFile(1));
      case "snapshot" -> repository.snapshot = new Metadata.Snapshot(1, past, Map.of());
      default -> repository.targets = new Metadata.Targets(1, past, Map.of(), Optional.empty());
    }
    repository.publishRoot();
    repository.publish();

    refuses(BundleCode.METADATA_EXPIRED);
  }

  @Test
  void judgesTheExpiryOfRootAtTheEndOfTheChainOnly() throws IOException {
    refresh();
    clock = Clock.fixed(NOW.plus(Duration.ofDays(40)), ZoneOffset.UTC);
    Instant later = NOW.plus(Duration.ofDays(90));
    repository.root =
        new Metadata.Root(1, later, true, repository.root.keys(), repository.root.roles());
    repository.nextRoot();
    repository.targets = new Metadata.Targets(1, later, Map.of(), Optional.empty());
    repository.snapshot = new Metadata.Snapshot(1, later, Map.of());
    repository.timestamp = new Metadata.Timestamp(1, later, TestRepository.metaFile(1));
    repository.publishNext();

    refresh();

    assertThat(store.kept).containsEntry(Roles.ROOT, repository.files.get("2.root.json"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"timestamp.json", "1.snapshot.json", "1.targets.json"})
  void refusesARepositoryThatLacksAFile(String name) {
    repository.files.remove(name);

    refuses(BundleCode.METADATA_MISSING);
  }

  @Test
  void refusesAFileThatIsLongerThanAllowed() {
    repository.files.put("timestamp.json", Bytes.of(new byte[1 << 20]));

    refuses(BundleCode.LIMIT_EXCEEDED);
  }

  @Test
  void refusesAThousandSignatures() {
    var all = new StringBuilder("\"signatures\":[");
    for (int i = 0; i < 1000; i++) {
      all.append("{\"keyid\":\"").append(i).append("\",\"sig\":\"00\"},");
    }
    repository.edit("timestamp.json", "\"signatures\":[", all.toString());

    refuses(BundleCode.LIMIT_EXCEEDED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"version\":1 | \"version\":1,\"version\":1",
        "\"version\":1 | \"version\":1.0",
        "\"version\":1 | \"version\":NaN",
        "\"version\":1 | \"version\":0",
        "\"version\":1 | \"version\":9223372036854775808",
        "2026-12-24T12:00:00Z | 2026-12-24T12:00:00+01:00",
        "2026-12-24T12:00:00Z | 2026-02-30T12:00:00Z",
        "\"signatures\" | \"signature\"",
        "\"1.0.34\" | \"2.0.0\"",
      })
  void refusesMetadataOfAnotherForm(String from, String to) {
    repository.edit("1.targets.json", from, to);

    refuses(BundleCode.METADATA_MALFORMED);
  }

  @Test
  void refusesAByteOrderMarkBytesBehindTheEndAndDeepNesting() {
    Bytes good = repository.files.getOrDefault("timestamp.json", Bytes.EMPTY);
    for (String bad :
        List.of("\uFEFF" + good.text(), good.text() + "{}", "[".repeat(10_000), "", "null")) {
      repository.files.put("timestamp.json", Bytes.utf8(bad));

      refuses(BundleCode.METADATA_MALFORMED);
    }
  }

  @Test
  void keepsFilesByteForByteWithFieldsThatNobodyKnows() throws IOException {
    repository.edit("timestamp.json", "{\"signatures\"", "{ \"more\":[1], \"signatures\"");

    refresh();

    assertThat(store.kept).containsEntry(Roles.TIMESTAMP, repository.files.get("timestamp.json"));
  }

  @Test
  void goesOnWithOneGoodSignatureBesideOddOnes() throws IOException {
    repository.signers(Roles.TIMESTAMP).add(ed25519("second"));
    repository.trustSigners();
    repository.nextRoot();
    for (String odd : List.of("", "zz", "00", "f".repeat(128), "0".repeat(127))) {
      repository.publishTimestamp();
      String file = repository.text("timestamp.json");
      int at = file.lastIndexOf("\"sig\":\"") + 7;
      String good = file.substring(at, file.indexOf('"', at));
      repository.edit("timestamp.json", good, odd);

      refresh();
    }
  }

  @Test
  void refusesToStartFromARootThatDidNotSignItself() {
    repository.edit("1.root.json", "2026-12-24", "2027-12-24");

    refuses(BundleCode.SIGNATURE_THRESHOLD);
    assertThat(repository.asked).isEmpty();
  }
}
