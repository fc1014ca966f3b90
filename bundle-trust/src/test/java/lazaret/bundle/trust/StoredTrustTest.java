package lazaret.bundle.trust;

import static lazaret.bundle.trust.TestStream.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.tuf.Roles;
import lazaret.vetting.Bytes;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import org.junit.jupiter.api.Test;

class StoredTrustTest {
  private final TestStream stream = TestStream.ofThree();
  private final Bytes root = stream.files.getOrDefault("1.root.json", Bytes.EMPTY);
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final InMemoryStore store = new InMemoryStore();
  private final StoredTrust trust = new StoredTrust(store);

  private BundleException refused(Bytes file, Fingerprint typed) {
    return catchThrowableOfType(BundleException.class, () -> trust.init(file, typed, NOW, "ann"));
  }

  @Test
  void trustsTheRootWhoseFingerprintWasTyped() {
    Fingerprint typed =
        Fingerprint.parse(
            StoredTrust.fingerprint(root).groups().toUpperCase(java.util.Locale.ROOT));

    assertThat(trust.init(root, typed, NOW, "ann").stream().name()).isEqualTo("prod");
    assertThat(new StoredTrust(store).root().orElseThrow().version()).isEqualTo(1);
    Optional<LedgerEntry> said = store.ledgerHead();
    assertThat(said.orElseThrow().event())
        .isInstanceOfSatisfying(
            Notice.class,
            n -> {
              assertThat(n.kind()).isEqualTo(Notice.Kind.ROOT_TRUSTED);
              assertThat(n.by()).isEqualTo("ann");
              assertThat(n.detail()).contains("prod", "version 1", typed.groups());
            });

    trust.init(root, typed, NOW, "ben");
    assertThat(store.ledgerHead()).isEqualTo(said);
  }

  /// The message must not contain the right fingerprint, which would be copied from the medium
  /// instead of read from the paper.
  @Test
  void aWrongFingerprintIsNeverAnsweredWithTheRightOne() {
    String right = StoredTrust.fingerprint(root).groups();
    String[] groups = right.split(" ", -1);
    String third = groups[2];
    groups[2] = third.equals("0000") ? "1111" : "0000";

    BundleException refusal = refused(root, Fingerprint.parse(String.join(" ", groups)));

    assertThat(refusal).hasMessageContaining("its fingerprint differs in group 3;");
    assertThat(refusal.getMessage()).doesNotContain(right).doesNotContain(" " + third + " ");
  }

  @Test
  void trustsNothingOnFirstUse() {
    BundleException refusal =
        refused(root, Fingerprint.parse("0000 1111 2222 3333 4444 5555 6666 7777 8888 9999"));

    assertThat(refusal.reason()).isEqualTo(BundleCode.FINGERPRINT_MISMATCH);
    assertThat(refusal)
        .hasMessageContaining("you typed '0000 1111 2222 3333 4444 5555 6666 7777 8888 9999'")
        .hasMessageContaining("differs in all ten groups");
    assertThat(trust.root()).isEmpty();
  }

  @Test
  void refusesARootThatLacksSignatures() {
    stream.signers(Roles.ROOT).removeLast();
    stream.publishRoot();
    Bytes half = stream.files.getOrDefault("1.root.json", Bytes.EMPTY);

    assertThat(refused(half, StoredTrust.fingerprint(half)).reason())
        .isEqualTo(BundleCode.SIGNATURE_THRESHOLD);
  }

  @Test
  void isNotMovedToAnotherRootByHand() {
    trust.init(root, StoredTrust.fingerprint(root), NOW, "ann");
    stream.nextRoot(stream.plan, "ann", "ben");
    Bytes next = stream.files.getOrDefault("2.root.json", Bytes.EMPTY);

    BundleException refusal = refused(next, StoredTrust.fingerprint(next));

    assertThat(refusal.reason()).isEqualTo(BundleCode.TRUST_UNUSABLE);
    assertThat(refusal).hasMessageContaining("root version 1 is trusted already");
  }

  @Test
  void holdsTheNextBundleAgainstWhatWasPublished() {
    trust.init(root, StoredTrust.fingerprint(root), NOW, "ann");
    Instant issued = NOW.minus(Duration.ofHours(3));

    BundleTrust.Verified verified = BundleTrust.refresh(trust, stream.source(), clock);
    assertThat(trust.read(Roles.TIMESTAMP)).isEmpty();
    store.commit(Batch.synced(trust.published(verified, issued)));

    assertThat(trust.read(Roles.TIMESTAMP)).contains(stream.files.get("timestamp.json"));
    assertThat(trust.clockFloor()).isEqualTo(issued);
    assertThat(trust.published(verified, issued.minusSeconds(1))).hasSize(3);
  }

  @Test
  void forgetsWhatIsRemoved() {
    trust.write("advisories", root);
    trust.remove("advisories");

    assertThat(trust.read("advisories")).isEmpty();
  }
}
