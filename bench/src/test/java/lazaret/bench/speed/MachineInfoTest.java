package lazaret.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class MachineInfoTest {
  @Test
  void readsModelAndMemory() {
    assertThat(MachineInfo.value("processor\t: 0\nmodel name\t: A 1: B\n", "model name"))
        .contains("A 1: B");
    assertThat(MachineInfo.value("processor\t: 0\n", "model name")).isEmpty();
    assertThat(MachineInfo.gibibytes("MemTotal:       24689152 kB\nMemFree: 1 kB\n")).isEqualTo(24);
    assertThatThrownBy(() -> MachineInfo.gibibytes("MemFree: 1 kB\n"))
        .hasMessageStartingWith("no MemTotal");
  }

  @Test
  void describesTheMachine() throws IOException {
    assertThat(new MachineInfo("A 1", 2, 24, "25.0.1 (B)"))
        .hasToString("A 1, 2 cores, 24 GiB, JDK 25.0.1 (B)");
    assertThat(MachineInfo.current().toString()).contains(" cores, ").contains("GiB, JDK ");
  }
}
