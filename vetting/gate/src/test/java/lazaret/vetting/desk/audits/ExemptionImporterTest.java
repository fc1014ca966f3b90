package lazaret.vetting.desk.audits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.Notice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExemptionImporterTest {
  private final GateFixture station = new GateFixture();

  @AfterEach
  void close() {
    station.close();
  }

  private AuditImportReport importExemption(CrateId id) {
    String config =
        """
        [cargo-vet]
        version = "0.10"
        [[exemptions.%s]]
        version = "%s"
        criteria = "safe-to-deploy"
        """
            .formatted(id.name().published(), id.version().text());
    return station
        .desk
        .audits()
        .take(
            new AuditImportOrder(
                "app",
                "a folder",
                new AuditImportOrder.Content.Project(
                    Bytes.utf8("[audits]\n"), Bytes.utf8(config), Bytes.EMPTY),
                AuditImportOrder.Mapping.PLAIN,
                Validators.NONE,
                false),
            "ann");
  }

  @Test
  void exemptionThatSettlesARequestIsReported() {
    CrateId id = station.publish("alpha", "1.0.0", 1);
    station.download(id);
    assertThat(station.desk.queue()).hasSize(1);
    Notice request =
        new Notice(
            Notice.Kind.REQUEST_MADE,
            station.clock.instant(),
            "bob",
            id.name(),
            id.version().text(),
            "needed");
    station.store.commit(Batch.synced(List.of(new Batch.Write.Append(request))));

    assertThat(importExemption(id).exempted()).isEqualTo(1);

    assertThat(station.desk.queue()).isEmpty();
    assertThat(station.notices()).contains(Notice.Kind.REQUEST_SETTLED);
  }
}
