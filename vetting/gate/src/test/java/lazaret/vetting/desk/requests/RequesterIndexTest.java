package lazaret.vetting.desk.requests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.desk.decisions.DecisionReport;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.policy.ApproverPolicy;
import lazaret.vetting.policy.EvidencePolicy;
import lazaret.vetting.policy.Policy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequesterIndexTest {
  private final GateFixture station = new GateFixture();
  private final CrateId id = station.publish("alpha", "1.0.0", 1);

  @AfterEach
  void close() {
    station.close();
  }

  private void ask(String person, CrateId version) {
    Notice notice =
        new Notice(
            Notice.Kind.REQUEST_MADE,
            station.clock.instant(),
            person,
            version.name(),
            version.version().text(),
            "needed");
    station.store.commit(Batch.synced(List.of(new Batch.Write.Append(notice))));
  }

  private boolean asked(RequesterIndex requesters, String person) {
    return requesters.asked(person, id.name(), id.version());
  }

  @Test
  void findsThePersonsWhoAskedForAVersion() {
    CrateId other = station.publish("alpha", "1.1.0", 1);
    var requesters = new RequesterIndex(station.store);
    assertThat(asked(requesters, "ann")).isFalse();

    ask("ann", id);
    ask("bob", other);

    assertThat(asked(requesters, "ann")).isTrue();
    assertThat(asked(requesters, "bob")).isFalse();
  }

  @Test
  void requesterIsOnePersonUnderAllNamesOfThePerson() {
    var requesters = new RequesterIndex(station.store, 1);
    ask("Ann", id);
    ask("local:bob", id);

    assertThat(asked(requesters, "ann")).isTrue();
    assertThat(asked(requesters, "local:ANN")).isTrue();
    assertThat(asked(requesters, "Bob")).as("found in the ledger").isTrue();
    assertThat(asked(requesters, "carl")).isFalse();
  }

  @Test
  void othersCannotPushARequesterOut() {
    var requesters = new RequesterIndex(station.store, 3);
    ask("ann", station.publish("beta", "1.0.0", 1));
    for (int i = 0; i < 10; i++) {
      ask("other" + i, id);
    }
    ask("ann", id);

    assertThat(asked(requesters, "ann")).isTrue();
    assertThat(asked(requesters, "other9")).isTrue();
    assertThat(asked(requesters, "bob")).isFalse();
  }

  @Test
  void requesterMayNotApproveWherePolicyForbidsIt() {
    EvidencePolicy rules = Policy.DEFAULT.evidence();
    station.policy(
        Policy.DEFAULT.withEvidence(
            new EvidencePolicy(
                rules.violation(),
                rules.criteria(),
                rules.cooldown(),
                rules.secondPerson(),
                rules.exemption(),
                rules.longest(),
                new ApproverPolicy(new TreeMap<>(), false))));
    ask("ann", id);

    assertThat(refusal(station.decide(Decision.Kind.APPROVE, id)))
        .isEqualTo("ann asked for it, and policy requires that another person approves it");

    assertThat(refusal(station.decide(Decision.Kind.EXEMPT, id)))
        .isEqualTo("ann asked for it, and policy requires that another person exempts it");

    // The own denial does not lift the condition.
    assertThat(station.decide(Decision.Kind.DENY, id).recorded()).hasSize(1);
    assertThat(refusal(station.decide(Decision.Kind.APPROVE, id))).startsWith("ann asked for it");
    assertThat(station.decide(Decision.Kind.EXEMPT, station.publish("beta", "1.0.0", 1)).refused())
        .isEmpty();
  }

  @Test
  void requesterMayApproveByDefault() {
    ask("ann", id);

    DecisionReport report = station.decide(Decision.Kind.APPROVE, id);

    assertThat(Objects.requireNonNull(report.recorded().getFirst().context()).reading()).isEmpty();
  }

  private static String refusal(DecisionReport report) {
    assertThat(report.refused()).hasSize(1);
    return report.refused().getFirst().detail();
  }
}
