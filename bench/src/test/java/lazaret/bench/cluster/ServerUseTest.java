package lazaret.bench.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import lazaret.bench.cluster.ServerUse.Used;
import org.junit.jupiter.api.Test;

class ServerUseTest {
  @Test
  void theUseOfIdleServersIsLeftOut() {
    Used idle = new Used(20, 600e6, 240).ofOneInASecond(3);

    assertThat(idle).isEqualTo(new Used(1, 10e6, 4));
    assertThat(new Used(2, 1_060e6, 100).without(idle, 3)).isEqualTo(new Used(2, 1_000e6, 76));
  }

  @Test
  void noUseIsNegative() {
    Used idle = new Used(1, 10e6, 4);

    assertThat(new Used(2, 1e6, 7).without(idle, 1)).isEqualTo(new Used(2, 0, 0));
  }
}
