package lazaret.bundle.trust;

import static lazaret.bundle.trust.TestStream.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.trust.TestStream.MemoryTrust;
import lazaret.bundle.tuf.Roles;
import lazaret.vetting.Bytes;

/// A stream of metadata under attack, and what an importer trusts of it.
abstract class TrustAttackScene {
  static final String ONE = "1.targets.json";

  TestStream stream = TestStream.ofThree();
  final MemoryTrust trust = new MemoryTrust();
  Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

  BundleTrust.Verified accepts() {
    if (trust.kept.isEmpty()) {
      trust.write(Roles.ROOT, stream.files.getOrDefault("1.root.json", Bytes.EMPTY));
    }
    BundleTrust.Verified verified = BundleTrust.refresh(trust, stream.source(), clock);
    trust.kept.putAll(verified.candidates());
    return verified;
  }

  void refuses(BundleCode code) {
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
  void publishNext() {
    stream.versions(2, 2, 2);
    stream.publish();
  }
}
