package lazaret.vetting.hosting.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import lazaret.testkit.ManualClock;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.desk.api.ProblemException;
import lazaret.vetting.deskapi.hosting.PrivateAlarmInfo;
import lazaret.vetting.deskapi.hosting.PrivateAlarmRequest;
import lazaret.vetting.deskapi.hosting.PrivateAlarmsReply;
import lazaret.vetting.deskapi.hosting.PrivateAlarmsRequest;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.hosting.names.PrivateNameAlarm;
import lazaret.vetting.origin.PatternOrigins;
import lazaret.vetting.roles.CratePattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrivateAlarmHandlersTest {
  private static final Caller ADA = Caller.local("local:ada");

  private final InMemoryStore store = new InMemoryStore();
  private final PrivateNameAlarm alarm =
      new PrivateNameAlarm(
          store,
          new PatternOrigins(List.of(new CratePattern("acme-*")), List.of(), List.of()),
          ManualClock.at("2026-11-24T12:00:00Z"));
  private final PrivateAlarmHandlers handlers = new PrivateAlarmHandlers(alarm);

  @AfterEach
  void close() {
    store.close();
  }

  private static PrivateAlarmRequest request(String... keys) {
    return new PrivateAlarmRequest(List.of(keys));
  }

  @Test
  void listHasPartsOfAThousand() {
    assertThat(handlers.list(new PrivateAlarmsRequest(null)))
        .isEqualTo(new PrivateAlarmsReply(List.of(), 0, null));
    for (int i = 0; i <= PrivateAlarmHandlers.MAX_LISTED; i++) {
      alarm.listed(CrateName.parse("acme-" + i));
    }

    PrivateAlarmsReply first = handlers.list(new PrivateAlarmsRequest(null));
    PrivateAlarmsReply second = handlers.list(new PrivateAlarmsRequest(first.next()));

    assertThat(first.alarms()).hasSize(PrivateAlarmHandlers.MAX_LISTED);
    assertThat(first.total()).isEqualTo(PrivateAlarmHandlers.MAX_LISTED + 1);
    assertThat(second.alarms()).hasSize(1).doesNotContainAnyElementsOf(first.alarms());
    assertThat(second.next()).isNull();
  }

  @Test
  void acknowledgmentRepliesWithItsAlarms() {
    for (String name : List.of("acme-core", "acme-app", "acme-new")) {
      alarm.listed(CrateName.parse(name));
    }

    PrivateAlarmsReply reply =
        handlers.acknowledge(
            request(
                "private-name-public/ACME_core",
                "private-name-public/acme-app",
                "private-name-public/acme-core"),
            ADA);

    assertThat(reply.alarms())
        .extracting(PrivateAlarmInfo::key)
        .containsExactly("private-name-public/acme-core", "private-name-public/acme-app");
    assertThat(reply.alarms()).allSatisfy(each -> assertThat(each.by()).isEqualTo("local:ada"));
    assertThat(reply.total()).isEqualTo(3);
    assertThat(alarm.open()).isEqualTo(1);
  }

  @Test
  void anUnknownKeyAcknowledgesNothing() {
    alarm.listed(CrateName.parse("acme-core"));

    assertThatThrownBy(
            () ->
                handlers.acknowledge(
                    request("private-name-public/acme-core", "two-origins/acme-core"), ADA))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("there is no alarm 'two-origins/acme-core'");
    assertThatThrownBy(() -> handlers.acknowledge(request("two-origins"), ADA))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected ALARM/NAME");
    assertThatThrownBy(() -> handlers.acknowledge(request(), ADA))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected 1 to 1000 keys, found 0");
    assertThat(alarm.open()).isEqualTo(1);
  }
}
