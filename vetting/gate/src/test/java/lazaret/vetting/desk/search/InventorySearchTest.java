package lazaret.vetting.desk.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InventorySearchTest {
  private final GateFixture station = new GateFixture();

  @AfterEach
  void close() {
    station.close();
  }

  @Test
  void listsADownloadedVersionThatWasDenied() {
    CrateId bad = used("alpha", "1.0.0");
    used("beta", "1.0.0");
    station.decide(Decision.Kind.DENY, bad);

    InventoryPart part = find(null, 200);

    assertThat(part.checked()).isEqualTo(2);
    assertThat(part.next()).isNull();
    assertThat(part.lines()).hasSize(1);
    InventoryPart.Line line = part.lines().getFirst();
    assertThat(line.name()).isEqualTo(bad.name());
    assertThat(line.downloads()).isEqualTo(1);
    assertThat(line.lockfiles()).isZero();
    assertThat(line.verdict()).isInstanceOf(Verdict.Deny.class);
    assertThat(line.last()).isEqualTo(LocalDate.parse("2026-11-24"));
    assertThat(line.stored()).isEqualTo(station.gate.artifactBytes(bad.cksum()).orElseThrow());
  }

  @Test
  void listsAVersionOfALockfileWithItsName() {
    CrateId young = station.publish("alpha", "1.0.0", 1);
    station.index("alpha");
    see(young, "web/Cargo.lock");

    assertThat(find(null, 200).lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.names()).containsExactly("web/Cargo.lock");
              assertThat(line.lockfiles()).isEqualTo(1);
              assertThat(line.downloads()).isZero();
            });
  }

  @Test
  void listsAVersionThatTheIndexLacksWithoutVerdict() {
    see(station.publish("ghost", "1.0.0", 60), "web/Cargo.lock");

    assertThat(find(null, 200).lines())
        .singleElement()
        .satisfies(line -> assertThat(line.verdict()).isNull());
  }

  @Test
  void continuesAfterAPosition() {
    for (String name : new String[] {"alpha", "beta", "gamma"}) {
      station.decide(Decision.Kind.DENY, used(name, "1.0.0"));
    }

    InventoryPart first = find(null, 2);
    InventoryPart second = find(first.next(), 2);

    assertThat(first.lines())
        .extracting(line -> line.name().published())
        .containsExactly("alpha", "beta");
    assertThat(first.next()).isEqualTo(new VersionPosition("beta", "1.0.0"));
    assertThat(second.lines()).extracting(line -> line.name().published()).containsExactly("gamma");
    assertThat(second.next()).isNull();
  }

  @Test
  void keepsTheFirstVersionsWithinItsLimit() {
    for (String name : new String[] {"gamma", "alpha", "delta", "beta"}) {
      used(name, "1.0.0");
    }
    station.desk.searches();

    VersionUse.Window window = VersionUse.read(station.store, null, 2);

    assertThat(window.complete()).isFalse();
    assertThat(window.uses().keySet())
        .extracting(VersionPosition::crate)
        .containsExactly("alpha", "beta");
  }

  @Test
  void aLockfileWithoutANameIsCountedAlone() {
    CrateId young = station.publish("alpha", "1.0.0", 1);
    station.index("alpha");
    see(young, "");

    assertThat(find(null, 200).lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.names()).isEmpty();
              assertThat(line.lockfiles()).isEqualTo(1);
            });
  }

  private InventoryPart find(@Nullable VersionPosition after, int limit) {
    return station.desk.searches().inventory().find(after, limit);
  }

  private CrateId used(String name, String version) {
    CrateId id = station.publish(name, version, 60);
    station.download(id);
    return id;
  }

  private void see(CrateId id, String name) {
    String text =
        """
        version = 4

        [[package]]
        name = "%s"
        version = "%s"
        source = "registry+https://github.com/rust-lang/crates.io-index"
        checksum = "%s"
        """
            .formatted(id.name(), id.version(), id.cksum().hex());
    station.desk.seen(
        Lockfile.parse(Bytes.utf8(text)),
        Sha256.of(Bytes.utf8(text)),
        name,
        new Requester("ci", "10.0.0.7"));
  }
}
