package lazaret.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import lazaret.bench.Options.Group;
import org.junit.jupiter.api.Test;

class OptionsTest {
  private static Options options(String... arguments) {
    return Objects.requireNonNull(Options.parse(List.of(arguments)));
  }

  @Test
  void measuresEverythingWithoutACase() {
    assertThat(options().groups()).containsExactlyInAnyOrder(Group.values());
    assertThat(options().quick()).isFalse();
    assertThat(options("--quick").groups()).containsExactlyInAnyOrder(Group.values());
  }

  @Test
  void resultsHaveTwoNames() {
    assertThat(options("cold", "--results").groups()).containsExactly(Group.RESULTS);
    assertThat(options("results").groups()).containsExactly(Group.RESULTS);
  }

  @Test
  void gateStandsForWhatClientsNotice() {
    Options gate = options("gate", "--quick");

    assertThat(gate.quick()).isTrue();
    assertThat(gate.recording()).isFalse();
    assertThat(gate.groups())
        .containsExactlyInAnyOrder(
            Group.INDEX,
            Group.NOT_MODIFIED,
            Group.GZIP,
            Group.ARTIFACT,
            Group.H2C,
            Group.TLS,
            Group.TOUCH,
            Group.START);
  }

  @Test
  void gateCanBeExtended() {
    assertThat(options("gate", "verify").groups()).contains(Group.INDEX, Group.VERIFY).hasSize(9);
  }

  @Test
  void recordsWholeRunsOfTheTableOfSpeed() {
    Options recording = options("--record");

    assertThat(recording.recording()).isTrue();
    assertThat(recording.quick()).isFalse();
    assertThat(recording.hasLoad()).isTrue();
    assertThat(recording.groups())
        .contains(Group.INDEX, Group.MIX, Group.MEMORY, Group.REJUDGE, Group.BUNDLE)
        .doesNotContain(
            Group.SCALE, Group.DESK, Group.FOLLOW, Group.CLUSTER, Group.SANDBOX, Group.SIGNALS);
  }

  @Test
  void recordsCasesThatHaveATableOfTheirOwn() {
    Options recording = options("--record", "cluster", "follow");

    assertThat(recording.recording()).isTrue();
    assertThat(recording.quick()).isFalse();
    assertThat(recording.needsTools()).isFalse();
    assertThat(recording.groups()).containsExactlyInAnyOrder(Group.FOLLOW, Group.CLUSTER);
    assertThat(Options.parse(List.of("--record", "follow", "index"))).isNull();
    assertThat(Options.parse(List.of("follow", "--record"))).isNull();
  }

  @Test
  void refusesToRecordAPart() {
    assertThat(Options.parse(List.of("--record", "index"))).isNull();
    assertThat(Options.parse(List.of("--record", "--quick"))).isNull();
    assertThat(Options.parse(List.of("none-such"))).isNull();
  }

  @Test
  void namesEachCase() {
    assertThat(Options.usage()).contains("--record", "\n  gate ", "\n  304 ", "\n  mix ");
  }
}
