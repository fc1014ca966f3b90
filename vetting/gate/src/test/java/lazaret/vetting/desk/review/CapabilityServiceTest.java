package lazaret.vetting.desk.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.inspect.ExecutionContext;
import lazaret.vetting.inspect.source.Capability;
import lazaret.vetting.review.CapabilityChange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CapabilityServiceTest {
  private static final String A = "    let _ = std::env::var(\"A\");\n";
  private static final String B = "    let _ = std::env::var(\"B\");\n";
  private static final String C = "    let _ = std::env::var(\"C\");\n";

  private final GateFixture station = new GateFixture();

  @AfterEach
  void close() {
    station.close();
  }

  private CrateId publish(String version, int daysOld, String script) {
    CrateBuilder crate =
        CrateBuilder.crate("alpha", version).buildScript("fn main() {\n" + script + "}\n");
    return station.publish(crate, daysOld);
  }

  private CapabilityReport report(CrateId id) {
    return report(id, null);
  }

  private CapabilityReport report(CrateId id, @Nullable String base) {
    return station
        .desk
        .capabilities()
        .report(id.name(), id.version(), base == null ? null : CrateVersion.parse(base))
        .orElseThrow();
  }

  private static CapabilityChange variables(CapabilityReport report) {
    return report.changes().stream()
        .filter(each -> each.where() == ExecutionContext.BUILD)
        .filter(each -> each.what() == Capability.ENV_READ)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void comparesWithTheBaseOfTheReview() {
    publish("1.0.0", 100, A + B);
    CrateId id = publish("1.1.0", 1, A + B + C);

    CapabilityReport report = report(id);

    assertThat(Objects.requireNonNull(report.base()).text()).isEqualTo("1.0.0");
    assertThat(variables(report))
        .extracting(CapabilityChange::before, CapabilityChange::now)
        .containsExactly(2, 3);
    assertThat(report.absent()).isNotEmpty();
    assertThat(report.whole()).isTrue();
    assertThat(report.unread()).isNull();
  }

  @Test
  void aSecondRequestHasTheSameReply() {
    publish("1.0.0", 100, A);
    CrateId id = publish("1.1.0", 1, A + B);

    assertThat(report(id)).isEqualTo(report(id));
  }

  @Test
  void withoutABaseEverythingIsGained() {
    CapabilityReport report = report(publish("1.0.0", 1, A + B));

    assertThat(report.base()).isNull();
    assertThat(report.whole()).isTrue();
    assertThat(report.changes())
        .isNotEmpty()
        .allMatch(each -> each.kind() == CapabilityChange.Kind.GAINED);
  }

  @Test
  void aReviewerNamesAnotherBase() {
    publish("1.0.0", 100, A);
    publish("1.0.1", 2, A + B);
    CrateId id = publish("1.1.0", 1, A + B + C);

    assertThat(variables(report(id, "1.0.1")).before()).isEqualTo(2);
    assertThatThrownBy(() -> report(id, "9.0.0"))
        .isInstanceOf(MalformedException.class)
        .hasMessage("cannot compare with 'alpha 9.0.0': there is no such version");
  }

  @Test
  void aBaseWithoutBytesIsStated() {
    publish("1.0.0", 100, A);
    CrateId id = publish("1.1.0", 1, A + B);
    station.upstream.withoutBytes = "1.0.0";

    CapabilityReport report = report(id, "1.0.0");

    assertThat(report.base()).isNull();
    assertThat(report.changes()).isEmpty();
    assertThat(Objects.requireNonNull(report.unread()).detail()).startsWith("the base 1.0.0: ");
  }

  @Test
  void aHostileArchiveIsStated() {
    CrateId id = station.publish(CrateBuilder.crate("alpha", "1.0.0").traversal(), 1);

    CapabilityReport report = report(id);

    assertThat(Objects.requireNonNull(report.unread()).code())
        .isEqualTo(ErrorCode.REFUSED_BY_POLICY);
    assertThat(report.whole()).isFalse();
  }

  @Test
  void thereIsNoReportOnAVersionThatIsNotListed() {
    CrateId id = publish("1.0.0", 1, A);

    assertThat(station.desk.capabilities().report(id.name(), CrateVersion.parse("2.0.0"), null))
        .isEmpty();
    assertThat(station.desk.capabilities().report(CrateName.parse("ghost"), id.version(), null))
        .isEmpty();
  }
}
