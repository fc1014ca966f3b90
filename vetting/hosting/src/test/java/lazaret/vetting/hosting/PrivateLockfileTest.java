package lazaret.vetting.hosting;

import static lazaret.vetting.hosting.HostingFixture.ADA;
import static lazaret.vetting.hosting.HostingFixture.crate;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.Dependency;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CratesIo;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.lockfiles.ClosureQuery;
import lazaret.vetting.desk.lockfiles.ClosureReport;
import lazaret.vetting.desk.lockfiles.LockfileReport;
import lazaret.vetting.gate.retention.NoticeLimit;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.hosting.PublishResult.Accepted;
import lazaret.vetting.hosting.names.NameAlarmRegister;
import lazaret.vetting.hosting.names.PrivateNameAlarm;
import lazaret.vetting.hosting.record.RaisedAlarm;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.policy.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The check of lockfiles with private crates, by the source that they name.
class PrivateLockfileTest {
  private static final String PUBLIC = "registry+" + CratesIo.GIT_INDEX;

  private final HostingFixture fixture = new HostingFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private LockfileReport.Line verified(CrateId id, String source) {
    Bytes text =
        Bytes.utf8(
            """
            version = 4

            [[package]]
            name = "%s"
            version = "%s"
            source = "%s"
            checksum = "%s"
            """
                .formatted(id.name().published(), id.version().text(), source, id.cksum().hex()));
    Lockfile lock =
        fixture.tested.desk.seen(
            Lockfile.parse(text), Sha256.of(text), "app", new Requester("ci", "127.0.0.1"));
    return fixture.tested.desk.verify(lock).lines().getFirst();
  }

  private long alarms() {
    return Collections.frequency(fixture.notices(), Notice.Kind.PRIVATE_NAME_IN_PUBLIC_SOURCE);
  }

  @Test
  void aPrivateNameWithThePublicSourceHasItsReasonAndOneAlarmADay() {
    CrateId id = crate("acme-core", "1.0.0").id();
    assertThat(fixture.publish(ADA, crate("acme-core", "1.0.0"))).isInstanceOf(Accepted.class);

    for (int i = 0; i < 3; i++) {
      LockfileReport.Line line = verified(id, PUBLIC);
      assertThat(line.status()).isEqualTo(LockfileReport.Status.FOREIGN_SOURCE);
      assertThat(line.reasons())
          .extracting(Reason::code)
          .containsExactly(Reason.Code.PRIVATE_NAME_IN_PUBLIC_SOURCE);
    }
    assertThat(alarms()).isEqualTo(1);

    fixture.clock.advance(Duration.ofDays(1));
    assertThat(verified(id, PUBLIC).status()).isEqualTo(LockfileReport.Status.FOREIGN_SOURCE);
    assertThat(alarms()).isEqualTo(2);
  }

  @Test
  void acknowledgedAlarmIsOpenAgainAfterTheNextLockfile() {
    CrateId id = crate("acme-core", "1.0.0").id();
    assertThat(fixture.publish(ADA, crate("acme-core", "1.0.0"))).isInstanceOf(Accepted.class);
    PrivateNameAlarm alarm = new PrivateNameAlarm(fixture.store, fixture.origins, fixture.clock);
    NameAlarmRegister alarms = new NameAlarmRegister(fixture.store);
    LockfileReport.Line _ = verified(id, PUBLIC);
    assertThat(alarm.open()).isZero();

    alarms.collect();

    RaisedAlarm raised =
        alarm.find(Notice.Kind.PRIVATE_NAME_IN_PUBLIC_SOURCE, id.name(), "").orElseThrow();
    assertThat(raised.raised()).isEqualTo(fixture.clock.instant());
    fixture.clock.advance(Duration.ofHours(1));
    RaisedAlarm _ = alarm.acknowledge(List.of(raised), "ada").getFirst();
    alarms.collect();
    new NameAlarmRegister(fixture.store).collect();
    assertThat(alarm.open()).isZero();

    fixture.clock.advance(Duration.ofDays(1));
    LockfileReport.Line _ = verified(id, PUBLIC);
    alarms.collect();

    assertThat(alarm.raised("", 10))
        .singleElement()
        .satisfies(
            again -> {
              assertThat(again.acknowledged()).isNull();
              assertThat(again.raised()).isEqualTo(fixture.clock.instant());
            });
  }

  private ClosureReport closure(CrateId id) {
    return fixture.tested.desk.closure(new ClosureQuery.Of(id.name(), id.version())).orElseThrow();
  }

  /// Cargo looks for the dependency of a public crate in the public registry.
  @Test
  void aPrivateCrateMeetsNoRequirementOfAPublicOne() {
    CrateBuilder own =
        crate("acme-app", "1.0.0")
            .manifest(
                """
                [package]
                name = "acme-app"
                version = "1.0.0"
                [dependencies.acme-core]
                version = "1"
                registry-index = "sparse+%s"
                """
                    .formatted(HostingFixture.INDEX));
    assertThat(fixture.publish(ADA, crate("acme-core", "1.0.0"))).isInstanceOf(Accepted.class);
    assertThat(fixture.publish(ADA, own)).isInstanceOf(Accepted.class);
    CrateId other =
        fixture.upstream.registry.publish(
            crate("public-app", "1.0.0").dependency(Dependency.on("acme-core", "^1")),
            HostingFixture.START.minus(Duration.ofDays(100)));

    assertThat(closure(own.id()).holds()).isTrue();
    assertThat(closure(other).unmet())
        .singleElement()
        .satisfies(
            unmet -> {
              assertThat(unmet.by()).isEqualTo(other);
              assertThat(unmet.cause()).isEqualTo(ClosureReport.Cause.NO_CRATE);
            });
  }

  @Test
  void aReservedNameWithThePublicSourceIsAnAlarmToo() {
    CrateId id = crate("internal-x", "1.0.0").id();

    assertThat(verified(id, PUBLIC).reasons())
        .extracting(Reason::code)
        .containsExactly(Reason.Code.PRIVATE_NAME_IN_PUBLIC_SOURCE);

    assertThat(alarms()).isEqualTo(1);
    assertThat(fixture.upstream.asked).isEmpty();
  }

  /// A client can make up any number of reserved names, which must not silence the others.
  @Test
  void reservedNamesOfOnePatternHaveOneAlarmADay() {
    for (String name : List.of("internal-a", "internal-b", "acme-new", "acme-newer")) {
      assertThat(verified(crate(name, "1.0.0").id(), PUBLIC).status())
          .isEqualTo(LockfileReport.Status.FOREIGN_SOURCE);
    }
    assertThat(alarms()).as("for internal-* and acme-*").isEqualTo(2);
    assertThat(fixture.publish(ADA, crate("acme-core", "1.0.0"))).isInstanceOf(Accepted.class);

    LockfileReport.Line _ = verified(crate("acme-core", "1.0.0").id(), PUBLIC);

    assertThat(alarms()).as("and for the private crate").isEqualTo(3);
  }

  @Test
  void anAlarmThatTheLedgerDidNotTakeIsRaisedLater() {
    CrateId id = crate("acme-core", "1.0.0").id();
    assertThat(fixture.publish(ADA, crate("acme-core", "1.0.0"))).isInstanceOf(Accepted.class);
    Instant now = fixture.clock.instant();
    for (int i = 0; i < NoticeLimit.KIND_A_DAY; i++) {
      Notice other =
          new Notice(
              Notice.Kind.PRIVATE_NAME_IN_PUBLIC_SOURCE,
              now,
              Notice.GATE,
              CrateName.parse("acme-" + i),
              null,
              "a lockfile");
      assertThat(fixture.tested.parts.growth().notices().admits(other, now)).isTrue();
    }
    LockfileReport.Line _ = verified(id, PUBLIC);
    assertThat(alarms()).isZero();

    fixture.clock.advance(Duration.ofHours(13));
    LockfileReport.Line _ = verified(id, PUBLIC);

    assertThat(alarms()).as("the next day begins").isEqualTo(1);
  }

  @Test
  void aFormerAddressMeansThisRegistry() {
    CrateId id = crate("acme-core", "1.0.0").id();
    assertThat(fixture.publish(ADA, crate("acme-core", "1.0.0"))).isInstanceOf(Accepted.class);

    for (String own : new String[] {HostingFixture.INDEX, HostingFixture.FORMER}) {
      assertThat(verified(id, "sparse+" + own).status())
          .as(own)
          .isEqualTo(LockfileReport.Status.SERVED);
    }
    assertThat(verified(id, "sparse+https://elsewhere.example/index/").status())
        .isEqualTo(LockfileReport.Status.FOREIGN_SOURCE);
    assertThat(alarms()).isZero();
  }
}
